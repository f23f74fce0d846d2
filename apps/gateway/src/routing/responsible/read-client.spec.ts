import { PortalError } from '@app/bitrix24';
import { ReadClient } from './read-client';

const CONTACT = { type: 'CONTACT', id: 101 } as const;

function refused(kind: 'method-not-found' | 'access-denied'): PortalError {
  const facts = { method: 'crm.item.get', verdict: 'ask-a-person', code: '', description: '' } as const;
  return new PortalError({ ...facts, kind });
}

/** A portal that answers its methods as told. */
function portal(answers: Readonly<Record<string, unknown>>) {
  const asked: unknown[][] = [];
  const ask = (...request: readonly [string, string, unknown]): Promise<never> => {
    asked.push([...request]);
    const answer = answers[request[1]];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
  };
  return { clients: new ReadClient({ ask }), asked };
}

describe('who is responsible for a client', () => {
  it('is read with his kind and id', async () => {
    const { clients, asked } = portal({ 'crm.item.get': { item: { id: 101, assignedById: 12 } } });
    expect(await clients.responsibleFor('p', CONTACT)).toEqual({ userId: 12, isOffDuty: false });
    expect(asked).toEqual([['p', 'crm.item.get', { entityTypeId: 3, id: 101 }]]);
  });

  it('is nobody where the CRM names nobody', async () => {
    const { clients } = portal({ 'crm.item.get': { item: { id: 101, assignedById: null } } });
    expect(await clients.responsibleFor('p', CONTACT)).toMatchObject({ userId: 0 });
  });

  it('is read with the older method in a portal that has no other, which is found out once', async () => {
    const { clients, asked } = portal({
      'crm.item.get': refused('method-not-found'),
      'crm.contact.get': { ID: 101, ASSIGNED_BY_ID: 12 },
      'crm.lead.get': { ID: 5, ASSIGNED_BY_ID: 13 },
    });
    expect(await clients.responsibleFor('p', CONTACT)).toMatchObject({ userId: 12 });
    expect(await clients.responsibleFor('p', { type: 'LEAD', id: 5 })).toMatchObject({ userId: 13 });
    expect(asked.map(([, method]) => method)).toEqual(['crm.item.get', 'crm.contact.get', 'crm.lead.get']);
  });

  it('is not told without the right to see clients', async () => {
    const { clients, asked } = portal({ 'crm.item.get': refused('access-denied') });
    await expect(clients.responsibleFor('p', CONTACT)).rejects.toMatchObject({ kind: 'access-denied' });
    expect(asked).toHaveLength(1);
  });
});
