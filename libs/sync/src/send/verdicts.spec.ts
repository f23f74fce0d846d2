import { PortalError, type PortalErrorFacts } from '@app/bitrix24';
import type { PortalStep } from '@app/calls';
import { consequenceOf } from './verdicts';

const NOW = Date.UTC(2026, 2, 7, 7);
const SHOW: PortalStep = { kind: 'show', portalCallId: 'externalCall.1', userIds: [2] };
const ATTACH: PortalStep = {
  kind: 'attach-record',
  portalCallId: 'externalCall.1',
  path: '/r.wav',
  torn: false,
};

function meaningOf(facts: Pick<PortalErrorFacts, 'kind' | 'verdict'>, step: PortalStep) {
  const error = new PortalError({
    method: 'telephony.externalCall.show',
    code: '',
    description: '',
    ...facts,
  });
  const { answer, then } = consequenceOf(error, step, { callStartedAt: NOW - 60_000, now: NOW });
  return [answer.kind, then.kind];
}

it('a card that is refused for good does not keep the call from being filed', () => {
  expect(meaningOf({ kind: 'refused', verdict: 'give-up' }, SHOW)).toEqual(['done', 'go-on']);
});

it('a card request whose answer was lost may have opened the card, though it does no harm to repeat it', () => {
  expect(meaningOf({ kind: 'timeout', verdict: 'retry' }, SHOW)).toEqual(['unknown', 'retry']);
});

it('a portal that cannot tell who is responsible is no reason to wait', () => {
  const owner: PortalStep = { kind: 'find-owner', phoneNumber: '+79161234567' };
  expect(meaningOf({ kind: 'method-not-found', verdict: 'ask-a-person' }, owner)).toEqual([
    'refused',
    'go-on',
  ]);
});

it('a request that never left has opened nothing', () => {
  expect(meaningOf({ kind: 'not-connected', verdict: 'retry' }, SHOW)).toEqual(['not-done', 'retry']);
});

it('a recording that comes before the statistics is early, and the call stays finished', () => {
  expect(meaningOf({ kind: 'not-finished-yet', verdict: 'retry' }, ATTACH)).toEqual(['not-done', 'retry']);
});

describe('an error that a person must mend', () => {
  const about = (facts: Partial<PortalErrorFacts> & Pick<PortalErrorFacts, 'kind'>) => {
    const error = new PortalError({
      ...{ method: 'telephony.externalCall.show', code: 'SOME_CODE', description: '' },
      ...{ verdict: 'ask-a-person', ...facts },
    });
    return consequenceOf(error, SHOW, { callStartedAt: NOW - 60_000, now: NOW }).then.kind;
  };

  it.each([
    'refresh-token-dead',
    'client-rejected',
    'no-rest-on-this-plan',
    'portal-deleted',
    'blocked-by-vendor',
    'https-required',
    'access-denied',
  ] as const)('is the trouble of the whole portal: %s', (kind) => {
    expect(about({ kind })).toBe('trouble');
  });

  it.each([
    'method-not-found',
    'confirmation-needed',
    'redirected',
    'bad-address',
    'untrusted-certificate',
  ] as const)('concerns the step alone, or may pass by itself: %s', (kind) => {
    expect(about({ kind })).toBe('wait');
  });

  it('is no trouble of the portal when a firewall refuses, or when only the statistics are closed', () => {
    expect(about({ kind: 'access-denied', code: '' })).toBe('wait');
    expect(about({ kind: 'access-denied', method: 'voximplant.statistic.get' })).toBe('wait');
  });
});

describe('what the OAuth server says', () => {
  it('leaves no doubt about the step, whatever became of the request for a token', () => {
    const error = new PortalError({
      ...{ method: 'oauth.token', kind: 'timeout', verdict: 'retry' },
      ...{ code: '', description: '' },
    });
    const { answer, then } = consequenceOf(error, ATTACH, { callStartedAt: NOW, now: NOW });
    expect([answer.kind, then.kind]).toEqual(['not-done', 'retry']);
  });
});
