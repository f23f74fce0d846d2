import type { PortalAnswer } from '../answer';
import type { MethodName, ParamsOf, ResultOf, TimeBlock } from '../contract';
import type { PortalError } from '../errors';
import { UPLOAD, OAUTH_TOKEN } from '../method-safety';
import type { RequestName } from '../method-safety';
import type { ResultReference } from './result-reference';

/** A method that may be a command of a batch: all but batch itself. */
export type BatchableMethod = Exclude<MethodName, 'batch'>;

/**
 * Whether a request may be a command of a batch. A batch within a batch and uploads are refused by the portal;
 * attachRecord is taken (seen in the field), but here without FILE_CONTENT: a file has no place in a query.
 */
export function batchable(request: RequestName): request is BatchableMethod {
  return request !== 'batch' && request !== UPLOAD && request !== OAUTH_TOKEN;
}

/** Parameters each of which may be a result of an earlier command instead. */
export type Referring<Params> = { readonly [Name in keyof Params]: Params[Name] | ResultReference };

/** Commands by their keys, which are words and no numbers: PHP would make a list of those, and JavaScript sort them. */
export type BatchCommands<Methods extends Readonly<Record<string, BatchableMethod>>> = {
  readonly [Key in keyof Methods]: {
    readonly method: Methods[Key];
    readonly params: Referring<ParamsOf<Methods[Key]>>;
  };
};

/** What became of one command. */
export type CommandOutcome<M extends BatchableMethod> =
  | { readonly ok: true; readonly answer: PortalAnswer<ResultOf<M>> }
  | { readonly ok: false; readonly error: PortalError };

/** What a batch answered. */
export interface BatchAnswer<Methods extends Readonly<Record<string, BatchableMethod>>> {
  readonly outcomes: { readonly [Key in keyof Methods]: CommandOutcome<Methods[Key]> };
  readonly time?: TimeBlock;
  /** The portal was renamed, and this REST root has answered: store it. */
  readonly movedTo?: string;
}
