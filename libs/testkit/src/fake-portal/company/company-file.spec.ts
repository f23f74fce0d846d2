import { companyFrom } from './company-file';

const anna = { id: 1, name: 'Anna' };

describe('a company that is written down', () => {
  it('needs nothing but somebody who installs applications', () => {
    expect(companyFrom({ users: [anna] })).toMatchObject({
      users: [{ id: 1, name: 'Anna', extension: '1001', active: true, isAdmin: true, workday: 'OPENED' }],
      crm: [],
      lines: [],
      crmMode: 'leads',
      crmInstalled: true,
    });
  });

  it('has people, departments, clients and lines; numbers may be written as numbers', () => {
    const company = companyFrom({
      crmMode: 'simple',
      users: [anna, { id: 2, name: 'Boris', extension: 205, departments: [7], workday: 'PAUSED' }],
      departments: [{ id: 7, name: 'Sales' }],
      clients: [{ type: 'CONTACT', id: 5, name: 'Oliver', phones: [442079460101], assignedById: 2 }],
      lines: [{ number: 74950000000, name: 'Main' }],
    });
    expect(company.users[1]).toMatchObject({
      extension: '205',
      departments: [7],
      workday: 'PAUSED',
      isAdmin: false,
    });
    expect(company.crm).toEqual([
      { type: 'CONTACT', id: 5, name: 'Oliver', phones: ['442079460101'], assignedById: 2 },
    ]);
    expect(company.lines).toEqual([{ number: '74950000000', name: 'Main', crmAutoCreate: true }]);
    expect(company.crmMode).toBe('simple');
  });

  it.each([
    [undefined, 'the company: Invalid input: expected object'],
    [{ users: [] }, 'users: Too small'],
    [{ users: [{ id: 1 }] }, 'users.0.name: Invalid input: expected string'],
    [{ users: [anna], colour: 'red' }, 'Unrecognized key: "colour"'],
    [{ users: [anna, anna] }, 'users: 1 is there twice'],
    [{ users: [anna, { id: 2, name: 'B', extension: '1001' }] }, 'extensions: 1001 is there twice'],
    [{ users: [{ id: 2, name: 'B' }] }, 'user 1 installs the application'],
    [{ users: [{ ...anna, active: false }] }, 'user 1 installs the application'],
    [
      { users: [anna], clients: [{ type: 'LEAD', id: 3, name: 'x', assignedById: 9 }] },
      'clients: LEAD 3 is assigned to user 9, who is not there',
    ],
  ])('is refused with the place and the fault: %j', (written, sentence) => {
    expect(() => companyFrom(written)).toThrow(sentence);
  });
});
