import type { PortalReply, PortalRequest } from './wire';

/** What a server in front of the portal needs of it. */
export interface PortalHandler {
  handle(request: PortalRequest): Promise<PortalReply>;
  markLost(reply: PortalReply): void;
}
