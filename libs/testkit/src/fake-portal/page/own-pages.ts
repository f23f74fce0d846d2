import { htmlReply, jsonReply } from '../http/wire';
import type { PortalReply, PortalRequest } from '../http/wire';
import { control } from '../control/control';
import type { Controllable } from '../control/controllable';
import type { Route } from '../rest/route';
import { page } from './page';
import { recordingFile } from './recording-file';
import { portalView } from './view/portal-view';

/** The routes that no portal has, or has for its users only. */
export type OwnRoute = Extract<Route, { kind: 'page' | 'state' | 'recording' | 'control' | 'nowhere' }>;

const NOWHERE = htmlReply(404, '<html><body><h1>404 Not Found</h1></body></html>');

/** The page, its data as JSON, recordings, and the control API. */
export async function ownPage(
  portal: Controllable,
  route: OwnRoute,
  request: PortalRequest,
): Promise<PortalReply> {
  const { state } = portal;
  switch (route.kind) {
    case 'page': {
      const phones = state.company.crm.flatMap((client) => client.phones);
      return page(portalView(state, portal.audit(), portal.requests), phones);
    }
    case 'state':
      return jsonReply(200, portalView(state, portal.audit(), portal.requests));
    case 'recording':
      return recordingFile(state, route.fileId, request.headers.range) ?? NOWHERE;
    case 'control':
      return control(portal, route.name, request);
    case 'nowhere':
      return NOWHERE;
  }
}
