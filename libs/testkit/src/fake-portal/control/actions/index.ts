import { appActions } from './apps';
import { callActions } from './calls';
import { companyActions } from './company';
import { faultActions } from './faults';
import { portalActions } from './portal';
import { tokenActions } from './tokens';

/** Everything that can be done to a portal from outside, by its name in `POST /control/{name}`. */
export const actions = {
  ...callActions,
  ...faultActions,
  ...tokenActions,
  ...appActions,
  ...companyActions,
  ...portalActions,
} as const;

export type ControlActions = typeof actions;
export type ActionName = keyof ControlActions;
