import { contract } from '@app/bitrix24/contract';
import type { MethodName, ParamsOf, WireResultOf } from '@app/bitrix24/contract';
import type { Caller } from './access';
import type { PortalState } from './portal-state';
import { wrongArgument } from './refusal';
import type { RawParams } from './wire';

/** One request to a method, after all that is common to methods has been checked. */
export interface MethodCall {
  readonly params: RawParams;
  readonly caller: Caller;
  /** The token it came with; the upload address carries it. */
  readonly token: string;
  /** Scheme and host of the request. */
  readonly origin: string;
  /** A fault for this request: its lead cannot be created. */
  readonly leadCreationError?: string;
}

/** What a method answers, in the form it has on the wire. */
export interface MethodAnswer<M extends MethodName> {
  readonly result: WireResultOf<M>;
  readonly total?: number;
  readonly next?: number;
}

/** Refuses by throwing Refusal. */
export type MethodHandler<M extends MethodName> = (
  state: PortalState,
  call: MethodCall,
) => MethodAnswer<M> | Promise<MethodAnswer<M>>;

/**
 * Parameters by the contract. The refusals with a documented text come first, in the method itself; what is still
 * wrong here has no text of its own.
 *
 * @throws Refusal ERROR_ARGUMENT
 */
export function paramsBy<M extends MethodName>(method: M, raw: RawParams): ParamsOf<M> {
  const parsed = contract[method].params.safeParse(raw);
  const [issue] = parsed.error?.issues ?? [];
  if (issue) throw wrongArgument(issue.path.map(String).join('.'), issue.message);
  return parsed.data as ParamsOf<M>;
}

/** True if a parameter was not sent or sent empty. */
export const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';
