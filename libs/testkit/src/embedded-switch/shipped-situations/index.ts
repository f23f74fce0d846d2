import { CLICKS } from './situations/clicks';
import { FEATURES } from './situations/features';
import { FROM_OUTSIDE, type ShippedScript } from './situations/from-outside';
import { IN_THE_HOUSE } from './situations/in-the-house';
import { MENU } from './situations/menu-and-hours';
import { ROUTED } from './situations/routed';
import { TO_THE_OUTSIDE } from './situations/to-the-outside';
import { UNANSWERED } from './situations/unanswered';

export type { ShippedScript } from './situations/from-outside';
export { ShippedStage } from './shipped-stage';
export type { SwitchAddress } from './shipped-stage';
export { quickSettings, startShippedSwitch, type ShippedSwitch } from './shipped-switch';

/** What the shipped dialplan can do (the README says what is not played), each as a script for phones; they run on the embedded switch and on a real one. */
export const SHIPPED_SITUATIONS: Readonly<Record<string, ShippedScript>> = {
  ...FROM_OUTSIDE,
  ...MENU,
  ...UNANSWERED,
  ...IN_THE_HOUSE,
  ...FEATURES,
  ...TO_THE_OUTSIDE,
  ...CLICKS,
  ...ROUTED,
};
