export { absorb } from './absorb';
export { endOf, isOver, legOf } from './call';
export type { Bridge, Call, Leg, LegEnd, Recording, RoomMove, Transfer, Unbridge } from './call';
export type { Click, ClickEnd, ClickPhone, ClickTrouble, CrmEntity } from './clicks/click';
export { callOfClick } from './clicks/click-call';
export type { ClickCall } from './clicks/click-call';
export { orderFor } from './clicks/click-order';
export type { AutoAnswer, ClickOrder, ClickRefusal, Dialling, StandIn } from './clicks/click-order';
export type {
  ClickFacts,
  ClickMeans,
  ClickRequest,
  ClickRules,
  DialableNumber,
  UserPhone,
} from './clicks/click-request';
export { decideClick } from './clicks/decide-click';
export type { ClickDecision } from './clicks/decide-click';
export type { CallEvent } from './call-event';
export { callFacts } from './call-facts';
export type { CallFacts, HungUpBy } from './call-facts';
export { evolve } from './evolve';
export { compareMoments } from './moment';
export type { Moment } from './moment';
export type { ChannelOrigin, ChannelRouted, ChannelSeen, EndedBy, Observation, Party } from './observation';
export type { Outcome } from './outcome';
export type { CallDirection } from './parties';
export type { Agent, AgentState } from './routing/agent';
export { decideRoute } from './routing/decide-route';
export type { LeaveReason, NotRung, PastRing, RouteDecision, RouteSight } from './routing/decide-route';
export { STRATEGIES } from './routing/registry';
export { asksWhoCalls } from './routing/route-note';
export type { ClientLookup, HandBackReason, RouteNote } from './routing/route-note';
export type { RouteDestination, RoutePlan, RouteSeconds, StrategyName } from './routing/route-plan';
export type { Ring } from './routing/strategy';
export { isOpen } from './routing/working-hours';
export type { OpenSpan, Weekday, WorkingHours } from './routing/working-hours';
export { Switchboard } from './switchboard';
export type { CallAnomaly, Change, SwitchboardOptions, Taken } from './switchboard';
export { desiredPortalCalls } from './portal/desired-portal-calls';
export type { DesiredPortalCall } from './portal/desired-portal-calls';
export type { FiledCall } from './portal/filed-call';
export { cardsDueAt, isSettled, nextStep } from './portal/next-step';
export { mostUrgentStep, portalPairs } from './portal/portal-pairs';
export { beginStep, endStep, unregistered, untouched } from './portal/portal-call';
export type { PortalCall, PortalCallKey } from './portal/portal-call';
export type { CardPolicy, MissedPolicy, NoticeLanguage, PortalPolicy } from './portal/portal-policy';
export { REGISTRATION_MEMORY_MS } from './portal/portal-step';
export type { PortalStep, StepAnswer } from './portal/portal-step';
export type { PortalStatusCode } from './portal/outcome-table';
export { outcomesPage } from './portal/outcomes-page';
export { explainFiling } from './portal/explain-filing';
