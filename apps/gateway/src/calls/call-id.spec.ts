import { callIdFor } from './call-id';

describe('the id of a call', () => {
  it('is a UUID of version 5, the same for the same channel of the same life of a switch', () => {
    const id = callIdFor('41226c57-2262-443c-a8e1-c2f4741acb87', 'eb713e47-6755-4050-8acc-4eb8d48664ad');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(callIdFor('41226c57-2262-443c-a8e1-c2f4741acb87', 'eb713e47-6755-4050-8acc-4eb8d48664ad')).toBe(
      id,
    );
  });

  it('differs after a restart of the switch: a channel uuid preset from outside may come again', () => {
    expect(callIdFor('same', 'core-1')).not.toBe(callIdFor('same', 'core-2'));
  });
});
