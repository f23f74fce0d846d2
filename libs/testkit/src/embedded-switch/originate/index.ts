export { Dialler } from './dialler';
export { takeBracketed } from './dial-string/bracketed';
export { parseDialString, splitEnterprises } from './dial-string/parse-dial-string';
export { separate } from './dial-string/separate';
export { errorEndpoint } from './endpoints/error-endpoint';
export { userEndpoint } from './endpoints/user-endpoint';
export type { EndpointKind, NewLeg, Opened } from './new-leg';
export type { Originate, Originated, OriginateRequest } from './originate-options';
