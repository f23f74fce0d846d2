export type { Application } from './application';
export { flipCallerId, sortCallerId } from './caller-id';
export { cloneProfile, newProfile, noTimes, profileHeaders } from './caller-profile';
export type { CallDirection, CallerProfile } from './caller-profile';
export { CAUSES, parseCause } from './causes';
export type { Cause } from './causes';
export { Channel } from './channel';
export type { KeyHook } from './channel';
export { channelData, fire, fireCustom } from './channel-events';
export { stateNumber } from './channel-states';
export type { ChannelState } from './channel-states';
export type { HuntTarget, PlannedApplication } from './core-port';
export type { Endpoint } from './endpoint';
export type { EventBus, EventListener } from './event-bus';
export { executeApplicationLine, executeOn } from './execute-on';
export { expand } from './expand';
export { markHold, setLegHolding } from './hold';
export { lookUpVariable, profileField, setProfileField } from './lookup-variable';
export {
  answer,
  markAnswered,
  markEarlyMedia,
  markRinging,
  preAnswer,
  ringReady,
  setCallState,
} from './milestones';
export { setOriginator } from './originator-mark';
export {
  moveRecordings,
  pauseRecordings,
  resumeRecordings,
  startRecording,
  stopRecording,
} from './recordings';
export { Signal, turn, until } from './signal';
export type { StateHandler } from './state-handler';
export { SwitchCore } from './switch-core';
export type { CoreParts } from './switch-core';
export { isTrue, Variables } from './variables';
