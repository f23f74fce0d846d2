/** The portal's law, without any client: schemas, enumerations and documented refusals of every method in use. */
export { contract } from './contract';
export type { MethodName, ParamsOf, ResultOf, WireResultOf } from './contract';
export type { DocumentedRefusal, MethodContract } from './method-contract';
export { commonRefusals } from './common-refusals';
export { errorEnvelope, successEnvelope, timeBlock } from './envelope';
export type { ErrorEnvelope, TimeBlock } from './envelope';
export { uploadResult } from './external-call-attach-record';
export { statisticFields } from './voximplant-statistic-get';
export { crmEntityTypes, portalCallTypes, portalStatusCodes, timemanStatuses } from './call-enums';
export type { CrmEntityType, PortalCallType, PortalStatusCode, TimemanStatus } from './call-enums';
