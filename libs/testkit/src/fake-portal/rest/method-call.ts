import { commonRefusals } from '@app/bitrix24/contract';
import type { Installation } from '../apps/installation';
import type { RawParams } from '../http/wire';
import type { PortalState } from '../portal-state';
import type { Caller } from './caller';
import { catalogue } from './catalogue';
import type { FakeMethod, ParamsOf, WireResultOf } from './catalogue';
import { Refusal, wrongArgument } from './refusal';

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
  /** Runs one command of a batch, with the rights of this request. */
  runCommand(key: string, method: string, params: RawParams): Promise<CommandOutcome>;
}

/** What a method answers, in the form it has on the wire. */
export interface MethodAnswer<M extends FakeMethod> {
  readonly result: WireResultOf<M>;
  readonly total?: number;
  readonly next?: number;
}

/** What came of a command of a batch. */
export type CommandOutcome =
  | { readonly ok: true; readonly answer: MethodAnswer<FakeMethod>; readonly time: object }
  | { readonly ok: false; readonly error: { readonly error: string; readonly error_description: string } };

/** Refuses by throwing Refusal. */
export type MethodHandler<M extends FakeMethod> = (
  state: PortalState,
  call: MethodCall,
) => MethodAnswer<M> | Promise<MethodAnswer<M>>;

/**
 * Parameters by the contract. The refusals with a documented text come first, in the method itself; what is still
 * wrong here has no text of its own.
 *
 * @throws Refusal ERROR_ARGUMENT
 */
export function paramsBy<M extends FakeMethod>(method: M, raw: RawParams): ParamsOf<M> {
  const parsed = catalogue[method].params.safeParse(raw);
  const [issue] = parsed.error?.issues ?? [];
  if (issue) throw wrongArgument(issue.path.map(String).join('.'), issue.message);
  return parsed.data as ParamsOf<M>;
}

/** True if a parameter was not sent or sent empty. */
export const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * The application behind a request.
 *
 * @throws Refusal 403 WRONG_AUTH_TYPE if it came through a webhook
 */
export function installationOf(state: PortalState, caller: Caller): Installation {
  const installation = state.installed.byId(caller.appId);
  if (!installation) throw new Refusal(commonRefusals.WRONG_AUTH_TYPE);
  return installation;
}

/** True if the owner of the token is an administrator. */
export function isAdmin({ company }: PortalState, caller: Caller): boolean {
  return company.users.some(({ id, isAdmin: admin }) => id === caller.userId && admin);
}
