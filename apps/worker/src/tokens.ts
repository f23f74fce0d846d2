/** Names of providers that are no classes. */
export const SETTINGS = Symbol('WorkerSettings');
export const LOG = Symbol('Logger');
export const QUEUE_BACKEND = Symbol('QueueBackend');
export const DOORBELLS = Symbol('JobQueue<SyncCallJob>');
export const PORTAL_EVENTS = Symbol('JobQueue<PortalEventJob>');
export const PORTAL_CHORES = Symbol('JobQueue<PortalChoreJob>');
export const SET_UPS = Symbol('JobQueue<SetUpPortalJob>');
export const PORTAL_CLIENTS = Symbol('PortalClients');
export const REGULAR_TASKS = Symbol('RegularTask[]');
export const JOB_PROCESSORS = Symbol('JobProcessor[]');
