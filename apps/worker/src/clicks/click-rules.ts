import type { AutoAnswer, ClickRules } from '@app/calls';
import { speakable } from '@app/clicks';
import type { WorkerSettings } from '@app/config';
import type { PortalSettings } from '@app/store';

/** What a portal allows: its own settings, and the deployment's where it has none. */
export function clickRules(defaults: WorkerSettings['clicks'], { clicks }: PortalSettings): ClickRules {
  const { everybody, users } = clicks.autoAnswer;
  return {
    staleAfterMs: defaults.staleMs,
    staleCallbackAfterMs: defaults.callbackStaleMs,
    allowedPrefixes: clicks.allowedPrefixes ?? defaults.allowedPrefixes,
    deniedPrefixes: [...(clicks.deniedPrefixes ?? []), ...defaults.deniedPrefixes],
    clicksPerUser: clicks.perUserPerMinute ?? defaults.perUserPerMinute,
    clicksPerPortal: clicks.perPortalPerMinute ?? defaults.perPortalPerMinute,
    callsPerUser: clicks.callsPerUser ?? defaults.callsPerUser,
    ringSeconds: defaults.ringSeconds,
    phone: clicks.phone,
    mobileOf: (userId) => clicks.mobiles[String(userId)],
    autoAnswerOf: (userId) => autoAnswer(users[String(userId)] ?? everybody),
    speech: speakable,
  };
}

function autoAnswer(setting: PortalSettings['clicks']['autoAnswer']['everybody']): AutoAnswer | undefined {
  if (setting === 'never') return undefined;
  return setting === 'call-info' ? { kind: 'call-info' } : { kind: 'alert-info', text: setting.alertInfo };
}
