export { fifoApps } from './fifo-app';
export { fifoCommands } from './fifo-commands';
export { Lines } from './lines';
export { MemberCalls } from './ring-members';
