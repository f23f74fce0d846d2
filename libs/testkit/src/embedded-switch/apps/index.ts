import type { ApplicationParts, App } from './application-parts';
import { dialApps } from './dial-apps';
import { digitApps } from './digit-apps';
import { eavesdrop } from './eavesdrop';
import { planApps } from './plan-apps';
import { signallingApps } from './signalling-apps';
import { soundApps } from './sound-apps';
import { variableApps } from './variable-apps';

export type { App, ApplicationParts } from './application-parts';

/** The applications of the dial plan, but for those that bring something of their own (valet_park, conference, socket). */
export function commonApplications(parts: ApplicationParts): readonly App[] {
  return [
    ...variableApps,
    ...signallingApps,
    ...planApps(parts),
    ...dialApps(parts),
    ...soundApps,
    ...digitApps,
    { name: 'eavesdrop', needsMedia: true, run: eavesdrop },
  ];
}
