export { clickRules } from './click-rules';
export type { ClickDefaults, PortalClickSettings } from './click-rules';
export { addressOf, originateArguments } from './originate';
export type { OriginateOptions } from './originate';
export { originateValue } from './originate-value';
export { numberReader } from './read-number';
export { speakable } from './speech';
