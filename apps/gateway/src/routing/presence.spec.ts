import { Presence } from './presence';
import { callOf, ended, legOf } from './testing/calls';

const anna = { extension: '1001', domain: 'pbx.internal' };

describe('Presence', () => {
  it('knows by the legs who is in a call, and tells when he is in none any more', () => {
    const presence = new Presence();
    const freed = jest.fn();
    presence.onFreed(freed);
    presence.see([callOf('a', [legOf('1001')])], 0);
    expect(presence.isInCall(anna)).toBe(true);
    expect(presence.isInCall({ extension: '1002' })).toBe(false);
    presence.see([callOf('a', [ended(legOf('1001')), legOf('1002')])], 5_000);
    expect([presence.isInCall(anna), freed.mock.calls.length]).toEqual([false, 1]);
    expect(presence.idleSinceOf('1001')).toBe(5_000);
  });

  it('does not take a ring for a talk', () => {
    const presence = new Presence();
    const ringing = legOf('1001', { answered: undefined });
    presence.see([callOf('a', [ringing])], 0);
    presence.see([callOf('a', [ended(ringing, 'ORIGINATOR_CANCEL')])], 5_000);
    expect(presence.idleSinceOf('1001')).toBeUndefined();
  });

  it('takes all phones of a person for one, and calls of his own for calls', () => {
    const presence = new Presence();
    const desk = legOf('1001');
    const mobile = legOf('1001', { channelUuid: 'mobile', answered: undefined });
    presence.see([callOf('a', [desk, mobile])], 0);
    presence.see([callOf('a', [desk, ended(mobile)])], 1);
    expect(presence.isInCall(anna)).toBe(true);
    expect(presence.isInCall(anna, 'a')).toBe(false);
    presence.see([callOf('b', [legOf('1001', { channelUuid: 'own' })])], 2);
    expect(presence.isInCall(anna, 'a')).toBe(true);
  });

  it('tells people of two domains apart', () => {
    const presence = new Presence();
    presence.see([callOf('a', [legOf('1001')])], 0);
    expect(presence.isInCall({ extension: '1001', domain: 'other.example' })).toBe(false);
  });

  it('takes who has clicked for busy before his phone rings', () => {
    const presence = new Presence();
    const click = {
      kind: 'click' as const,
      portalId: 'p',
      userId: 11,
      agentUuid: 'u',
      number: '+79161234567',
      phone: { kind: 'extension' as const, extension: '1001' },
    };
    presence.see([callOf('a', [], { click })], 0);
    expect(presence.isInCall(anna)).toBe(true);
  });
});
