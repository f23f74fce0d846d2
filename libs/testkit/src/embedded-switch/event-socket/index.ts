export { EventSocket } from './event-socket';
export type { EventSocketParts } from './event-socket';
export { socketApp } from './socket-app';
