export { causeOfStatus, statusOfCause } from './cause-map';
export type { Gateway } from './gateway';
export { RegistrationTable } from './registration-table';
export { Sofia } from './sofia';
export type { Dialled, DialOptions } from './sofia';
