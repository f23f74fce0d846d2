import { CLICKS } from '../verbs/clicks';
import { OPERATOR } from '../verbs/operator';
import { PHONE_DOES } from '../verbs/phone-does';
import { PHONE_SEES } from '../verbs/phone-sees';
import { PORTAL } from '../verbs/portal';
import { PROCESSES } from '../verbs/processes';
import { SCREENS } from '../verbs/screens';
import { SWITCH } from '../verbs/switch';
import type { Verb } from './verb';

/** Every verb of the language. */
export const VERBS: readonly Verb[] = [
  ...PHONE_DOES,
  ...PHONE_SEES,
  ...SCREENS,
  ...PORTAL,
  ...SWITCH,
  ...PROCESSES,
  ...CLICKS,
  ...OPERATOR,
];
