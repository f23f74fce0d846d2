/** Names of providers that are no classes. */
export const SETTINGS = Symbol('GatewaySettings');
export const LOG = Symbol('Logger');
export const QUEUE_BACKEND = Symbol('QueueBackend');
export const DOORBELL = Symbol('Doorbell');
export const SWITCH_PAST = Symbol('SwitchPast');
