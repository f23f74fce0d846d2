import { hunt, type SwitchConfig } from './config';
import type { SwitchPlan } from './dialplan-port';

/** A configuration that was read from files (`loadSwitchConfig`), in the form in which the switch starts from it. */
export function planOfConfig(config: SwitchConfig): SwitchPlan {
  return { ...config, hunt: (context, call) => hunt(config, context, call) };
}
