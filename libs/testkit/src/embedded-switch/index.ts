export { EmbeddedSwitch, startEmbeddedSwitch } from './embedded-switch';
export type { EmbeddedSwitchOptions } from './options';
export { planOfConfig } from './plan-of-config';
export type {
  DialplanAction,
  Hunted,
  HuntCall,
  PlannedDomain,
  PlannedEventSocket,
  PlannedGateway,
  PlannedJsonCdr,
  PlannedProfile,
  PlannedUser,
  SwitchPlan,
} from './dialplan-port';
