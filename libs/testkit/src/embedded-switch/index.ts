export { EmbeddedSwitch, startEmbeddedSwitch } from './embedded-switch';
export type { EmbeddedSwitchOptions } from './options';
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
