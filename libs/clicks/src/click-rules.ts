import type { AutoAnswer, ClickPhone, ClickRules } from '@app/calls';
import { speakable } from './speech';

/** What holds for portals that have no setting of their own. */
export interface ClickDefaults {
  readonly staleMs: number;
  readonly callbackStaleMs: number;
  readonly allowedPrefixes: readonly string[];
  readonly deniedPrefixes: readonly string[];
  readonly perUserPerMinute: number;
  readonly perPortalPerMinute: number;
  readonly callsPerUser: number;
  readonly ringSeconds: number;
}

type AutoAnswerSetting = 'never' | 'call-info' | { readonly alertInfo: string };

/** What a portal's administrator has set. */
export interface PortalClickSettings {
  readonly allowedPrefixes?: readonly string[];
  readonly deniedPrefixes?: readonly string[];
  readonly perUserPerMinute?: number;
  readonly perPortalPerMinute?: number;
  readonly callsPerUser?: number;
  readonly phone: ClickRules['phone'];
  readonly mobiles: Readonly<Record<string, string>>;
  readonly autoAnswer: {
    readonly everybody: AutoAnswerSetting;
    readonly users: Readonly<Record<string, AutoAnswerSetting>>;
    readonly extensions: Readonly<Record<string, AutoAnswerSetting>>;
  };
}

/** What a portal allows: its own settings, and the deployment's where it has none. What the deployment denies stays denied. */
export function clickRules(defaults: ClickDefaults, clicks: PortalClickSettings): ClickRules {
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
    autoAnswerOf: (userId, phone) => autoAnswer(settingFor(clicks.autoAnswer, userId, phone)),
    speech: speakable,
  };
}

/** What is said of the extension goes before what is said of its user: he may have several. */
function settingFor(
  { everybody, users, extensions }: PortalClickSettings['autoAnswer'],
  userId: number,
  phone: ClickPhone,
): AutoAnswerSetting {
  const own = phone.kind === 'extension' ? extensions[phone.extension] : undefined;
  return own ?? users[String(userId)] ?? everybody;
}

function autoAnswer(setting: AutoAnswerSetting): AutoAnswer | undefined {
  if (setting === 'never') return undefined;
  return setting === 'call-info' ? { kind: 'call-info' } : { kind: 'alert-info', text: setting.alertInfo };
}
