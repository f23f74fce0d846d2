export { SwitchLink } from './switch-link';
export { visitSwitch } from './visit-switch';
export type { SwitchVisit, VisitOptions } from './visit-switch';
export type { SwitchLinkOptions } from './link-options';
export type { LinkDown, LinkState, SwitchCommands, SwitchListener, SwitchUp } from './link-listener';
export type { BgapiOptions } from './switch-session';
export type { BackoffSettings } from './backoff';
export type { EslClock } from './clock';
export type { EslLog } from './esl-log';
export type { EslAnomaly, EslAnomalyKind } from './anomaly';
export {
  EslAuthError,
  EslCommandError,
  EslConnectionLostError,
  EslError,
  EslRefusedError,
  EslTimeoutError,
  EslUnsafeCommandError,
  FramingError,
  MalformedEventError,
} from './errors';
export type { EslVerdict } from './errors';
export type { EslEvent, HeaderValue } from './esl-event';
export { lazyJsonEvent } from './lazy-json-event';
export { plainEvent } from './plain-event';
export { eventFromRecord } from './record-event';
export { FrameDecoder } from './frame-decoder';
export type { Frame } from './frame-decoder';
export type { ChannelData } from './outbound/channel-data';
export { HandedChannel } from './outbound/handed-channel';
export type { HandedChannelOptions } from './outbound/handed-channel';
export { MINIMAL_SUBSCRIPTION, subscribeCommand } from './subscription';
export type { EslSubscription } from './subscription';
export { EVENT_NAMES, isEventName } from './lists/event-names';
export type { EventName } from './lists/event-names';
export { HANGUP_CAUSES, isHangupCause, q850Of } from './lists/hangup-causes';
export type { HangupCause } from './lists/hangup-causes';
export {
  CHANNEL_CALL_STATES,
  CHANNEL_STATES,
  isChannelCallState,
  isChannelState,
} from './lists/channel-states';
export type { ChannelCallState, ChannelState } from './lists/channel-states';
