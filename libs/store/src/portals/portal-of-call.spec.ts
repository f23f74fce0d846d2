import type { Call, Leg } from '@app/calls';
import { clientLeg, employeeLeg, ringingCall } from '../testing/some-call';
import { portalOfCall, type CallDirectory } from './portal-of-call';

const ACME = { portalId: 'acme', memberId: 'a'.repeat(32), domain: 'acme.bitrix24.com' };
const GLOBEX = { portalId: 'globex', memberId: 'b'.repeat(32), domain: 'globex.bitrix24.com' };

const nothing: CallDirectory = { portals: [ACME, GLOBEX], lines: [], people: [], domains: [] };
const line = (portalId: string, domain = '', did = '+74950000001') => ({ portalId, domain, did });
const person = (portalId: string, domain = '', extension = '1001') => ({ portalId, domain, extension });

/** A client calls +74950000001; 1001@acme.example rings. */
const inbound = (): Call => ringingCall('c1');

function naming(portal: string): Call {
  const leg = clientLeg('c1-a');
  return ringingCall('c1', { legs: [{ ...leg, origin: { ...leg.origin, portal } }, employeeLeg('c1-b')] });
}

describe('the portal of a call', () => {
  it('is the one that the dial plan names, by domain or member id, before everything else', () => {
    const directory = {
      ...nothing,
      lines: [line('globex')],
      people: [person('globex')],
      defaultPortal: GLOBEX.domain,
    };
    expect(portalOfCall(naming('Acme.Bitrix24.com'), directory)).toBe('acme');
    expect(portalOfCall(naming(ACME.memberId), directory)).toBe('acme');
  });

  it('is none when the dial plan names one that is not there: not another company either', () => {
    expect(
      portalOfCall(naming('gone.bitrix24.com'), { ...nothing, lines: [line('globex')] }),
    ).toBeUndefined();
  });

  it('is not named by an empty variable', () => {
    expect(portalOfCall(naming(''), { ...nothing, lines: [line('globex')] })).toBe('globex');
  });

  it('is the one of the line that was called, before whose phones ring', () => {
    expect(portalOfCall(inbound(), { ...nothing, lines: [line('globex')], people: [person('acme')] })).toBe(
      'globex',
    );
  });

  it('is the one of the line that the client was called from', () => {
    const dialler: Leg = {
      ...employeeLeg('c1-a'),
      origin: { ...employeeLeg('x').origin, direction: 'inbound', dialled: '89161234567' },
    };
    const client = clientLeg('c1-b', {
      origin: {
        direction: 'outbound',
        party: { kind: 'outside' },
        callerNumber: '74950000001',
        dialled: '89161234567',
      },
    });
    expect(
      portalOfCall(ringingCall('c1', { legs: [dialler, client] }), { ...nothing, lines: [line('globex')] }),
    ).toBe('globex');
  });

  it('is the one of the line in the domain of the phones, where several companies share a number', () => {
    const shared = [line('globex', 'globex.example'), line('acme', 'acme.example')];
    expect(portalOfCall(inbound(), { ...nothing, lines: shared })).toBe('acme');
    const beforeAnyPhone = ringingCall('c1', { legs: [clientLeg('c1-a')] });
    expect(portalOfCall(beforeAnyPhone, { ...nothing, lines: shared })).toBeUndefined();
    expect(portalOfCall(beforeAnyPhone, { ...nothing, lines: [line('acme', 'acme.example')] })).toBe('acme');
  });

  it('is the one of whose extension rings, in its domain first', () => {
    const people = [person('globex', 'globex.example'), person('acme', 'acme.example'), person('globex')];
    expect(portalOfCall(inbound(), { ...nothing, people })).toBe('acme');
    expect(
      portalOfCall(inbound(), { ...nothing, people: [person('globex', 'globex.example'), person('acme')] }),
    ).toBe('acme');
  });

  it('is not guessed from an extension of the same number in another domain', () => {
    expect(
      portalOfCall(inbound(), { ...nothing, people: [person('globex', 'globex.example')] }),
    ).toBeUndefined();
  });

  it('is the one whose people the domain holds, though the portal does not know this extension', () => {
    const domains = [{ portalId: 'acme', domain: 'acme.example' }];
    expect(portalOfCall(inbound(), { ...nothing, domains })).toBe('acme');
    const shared = [...domains, { portalId: 'globex', domain: 'acme.example' }];
    expect(portalOfCall(inbound(), { ...nothing, domains: shared })).toBeUndefined();
  });

  it('is the default of the switch when nothing else tells, also when two portals could be meant', () => {
    const directory = { ...nothing, defaultPortal: GLOBEX.memberId };
    expect(portalOfCall(inbound(), directory)).toBe('globex');
    const ambiguous = { ...directory, people: [person('acme'), person('globex')] };
    expect(portalOfCall(inbound(), ambiguous)).toBe('globex');
  });

  it('is none when the default is not installed, or there is none', () => {
    expect(portalOfCall(inbound(), { ...nothing, defaultPortal: 'gone.bitrix24.com' })).toBeUndefined();
    expect(portalOfCall(inbound(), nothing)).toBeUndefined();
  });
});
