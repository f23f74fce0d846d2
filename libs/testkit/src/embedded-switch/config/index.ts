export { loadSwitchConfig } from './load-switch-config';
export type { SwitchConfig } from './switch-config';
export { SwitchConfigError } from './switch-config-error';
export type { Origin } from './switch-config-error';
export type { DirectoryDomain, DirectoryUser } from './directory';
export type { SipGateway, SipProfile } from './sip-profiles';
export type { NetworkList } from './network-list';
export type { CoreSettings, EventSocketSettings, JsonCdrSettings } from './module-settings';
export type { FifoLine, FifoMember, FifoSettings } from './fifo-settings';
export type { Params } from './params';
export { STRATEGIES, AGENT_STATUSES, USUAL_AGENT, USUAL_QUEUE } from './callcenter/settings';
export type {
  AgentSettings,
  AgentStatus,
  CallcenterSettings,
  QueueSettings,
  Strategy,
  TierSettings,
} from './callcenter/settings';
export { hunt } from './dialplan/hunt';
export type { Hunted, HuntedAction } from './dialplan/hunt';
export { scopeOf } from './dialplan/judge';
export type { HuntCall } from './dialplan/judge';
export { expand } from './dialplan/expand';
export type { ExpandScope } from './dialplan/expand';
export { compilePattern, PatternError } from './dialplan/pattern';
export type { DialplanContext, DialplanExtension, DialplanCondition, DialplanAction } from './dialplan/plan';
