export { addressOf, originateArguments } from './originate';
export type { OriginateOptions } from './originate';
export { originateValue } from './originate-value';
export { numberReader } from './read-number';
export { speakable } from './speech';
