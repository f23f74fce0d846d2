import { extensionMap, type Employee } from './extension-map';

const employee = (userId: number, extension?: string): Employee => ({
  userId,
  name: `E${userId}`,
  extension,
});

describe('the map of extensions', () => {
  it('has every extension with its owner, without the spaces that somebody typed', () => {
    expect(extensionMap([employee(2, ' 1002 '), employee(1, '1001')]).phones).toEqual([
      { extension: '1001', userId: 1 },
      { extension: '1002', userId: 2 },
    ]);
  });

  it.each([undefined, '', ' ', '\t\n'])('has no key for the extension %j', (extension) => {
    const { phones, without } = extensionMap([employee(1, extension), employee(2, extension)]);
    expect(phones).toEqual([]);
    expect(without.map(({ userId }) => userId)).toEqual([1, 2]);
  });

  it('gives an extension that two have to the one who was there first, and tells of it', () => {
    const { phones, shared } = extensionMap([employee(7, '1001'), employee(3, '1001'), employee(5, '1005')]);
    expect(phones).toEqual([
      { extension: '1001', userId: 3 },
      { extension: '1005', userId: 5 },
    ]);
    expect(shared).toEqual([{ extension: '1001', employees: [employee(3, '1001'), employee(7, '1001')] }]);
  });
});
