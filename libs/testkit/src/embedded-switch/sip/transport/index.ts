export type { Flow, FlowEvents, RemoteAddress, SipProtocol } from './flow';
export { SipTransport } from './sip-transport';
export type { ListenOn } from './sip-transport';
