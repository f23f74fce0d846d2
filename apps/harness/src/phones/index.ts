export {
  announcesAndRefuses,
  answers,
  answersAfter,
  redirectsTo,
  refuses,
  rings,
  ringsAudibly,
  saysNothing,
  type Behaviour,
} from './call/behaviour';
export { describeEnd, type CallEnd } from './call/call-end';
export { PhoneError } from './call/phone-error';
export { describeEvent, type PhoneEvent } from './call/phone-event';
export type { PhoneCall } from './call/phone-call';
export type { Caller } from './endpoint/caller';
export { WaitError } from './journal/wait-error';
export { PhoneLab } from './lab/phone-lab';
export type { AudioReport } from './media/rtp-session';
export { SILENCE, tone } from './media/tones';
export { Phone } from './phone/phone';
export type { PhoneOptions } from './phone/phone-options';
export { describeMessage, type SipLog, type SipLogEntry } from './sip-log/sip-log';
export { WireError } from './transport/wire';
export { Trunk } from './trunk/trunk';
export type { TrunkOptions } from './trunk/trunk-options';
