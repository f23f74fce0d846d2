import type { Call } from '@app/calls';
import type { Registration } from '@app/store';
import { callOf } from '../testing/calls';
import { TooLateError } from '../within';
import { RegisterClient } from './register-client';

const ANNA = { type: 'CONTACT', id: 101 } as const;

/** A caller whose registration is found as told, one look after another. */
function calling(...looks: readonly Registration[]) {
  const left = [...looks];
  const registrations = {
    of: jest.fn(() => Promise.resolve(left.shift() ?? ({ kind: 'awaited' } as const))),
  };
  const clients = { responsibleFor: jest.fn(() => Promise.resolve({ userId: 12, isOffDuty: false })) };
  let call: Call | undefined;
  const note = { step: 'register', why: 'who-calls', client: 'not-asked', whom: [], passedOver: [] } as const;
  const at = { channelUuid: 'a', moment: { at: 1, seq: 0 } };
  const caller = {
    number: '+79161234567',
    registerAtOnce: jest.fn(() => {
      call = callOf('c1', [], { version: 2, route: [{ ...note, ...at }] });
    }),
    call: () => call,
  };
  const ask = (waitMs = 5_000) =>
    new RegisterClient(registrations, clients, waitMs).responsibleFor('portal', caller);
  return { registrations, clients, caller, ask };
}

describe('a client by the registration of his call', () => {
  it('is whom the portal names, whose responsible person is then read', async () => {
    const { ask, registrations, clients } = calling(
      { kind: 'awaited' },
      { kind: 'registered', client: ANNA },
    );
    expect(await ask()).toEqual({ userId: 12, isOffDuty: false });
    expect(registrations.of).toHaveBeenLastCalledWith({ portalId: 'portal', callId: 'c1', version: 2 });
    expect(clients.responsibleFor).toHaveBeenCalledWith('portal', ANNA);
  });

  it.each<[string, Registration]>([
    ['whom the portal did not know before', { kind: 'registered' }],
    ['of a call that is not registered, for it is to be ignored', { kind: 'none' }],
  ])('is nobody %s', async (_who, registration) => {
    const { ask, clients } = calling(registration);
    expect(await ask()).toBeUndefined();
    expect(clients.responsibleFor).not.toHaveBeenCalled();
  });

  it('is not looked for before the switch has told of the call', async () => {
    const { ask, caller, registrations } = calling({ kind: 'registered', client: ANNA });
    const known = caller.call;
    let looks = 0;
    caller.call = () => ((looks += 1) > 2 ? known() : undefined);
    expect(await ask()).toMatchObject({ userId: 12 });
    expect(registrations.of).toHaveBeenCalledTimes(1);
  });

  it('is not waited for without end', async () => {
    await expect(calling().ask(1)).rejects.toThrow(TooLateError);
  });
});
