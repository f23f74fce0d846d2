export { Dialog, dialogKey, keyOfRequest, sequenceOf } from './dialog';
export { IncomingInvite } from './incoming-invite';
export { InviteSession } from './invite-session';
export { OutgoingInvite } from './outgoing-invite';
export type { Invitation } from './outgoing-invite';
export type { DialogUser, InviteEvents, SessionEvents, SessionHome } from './session-ports';
