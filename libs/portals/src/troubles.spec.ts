import { PortalError, type PortalErrorFacts } from '@app/bitrix24';
import { needsInstallation, passingTroubles, troubleOf, uninstalled } from './troubles';

const errorWith = (facts: Partial<PortalErrorFacts>) =>
  new PortalError({
    method: 'telephony.externalCall.register',
    kind: 'access-denied',
    verdict: 'ask-a-person',
    code: '',
    description: '',
    ...facts,
  });

describe('the trouble of a portal', () => {
  it.each(['retry', 'refresh-token', 'wait-until', 'give-up', 'unknown-outcome'] as const)(
    'is none when the error says %s',
    (verdict) => {
      expect(troubleOf(errorWith({ verdict }))).toBeUndefined();
    },
  );

  it('has the words of the portal, and what to do about it', () => {
    const trouble = troubleOf(
      errorWith({
        kind: 'no-rest-on-this-plan',
        code: 'ACCESS_DENIED',
        description: 'REST API is available only on commercial plans',
      }),
    );
    expect(trouble).toEqual({
      kind: 'no-rest-on-this-plan',
      reason:
        'The portal has no plan with REST, or the application is not paid for. Bitrix24 said: ACCESS_DENIED: REST API is available only on commercial plans',
      cure: expect.stringContaining('Renew the plan') as unknown,
    });
  });

  it('is told in general words when nobody knows it', () => {
    expect(troubleOf(errorWith({ kind: 'refused', description: 'No way' }))).toMatchObject({
      kind: 'refused',
      reason: 'The portal refuses the connector. Bitrix24 said: No way',
    });
  });

  it('is ended by an installation only, or may pass', () => {
    const kinds = ['refresh-token-dead', 'client-rejected', 'access-denied', 'blocked-by-vendor'] as const;
    const needing = kinds.filter((kind) => {
      const trouble = troubleOf(errorWith({ kind }));
      return trouble && needsInstallation(trouble);
    });
    expect(needing).toEqual(['refresh-token-dead', 'client-rejected']);
    expect(needsInstallation(uninstalled)).toBe(true);
    expect(passingTroubles).toEqual(
      expect.arrayContaining(['no-rest-on-this-plan', 'bad-address', 'refused']),
    );
  });
});
