import { contract, errorEnvelope, successEnvelope } from './contract';
import type { ErrorEnvelope, MethodName, ResultOf, TimeBlock } from './contract';
import { PortalError } from './errors';
import type { HttpReply } from './http-reply';
import { judge } from './judge';
import type { RequestName } from './method-safety';
import { redactText } from './redact';
import type { Secret } from './secret';

/** What a method answered. `total` and `next` (offset of the next page) come with lists only. */
export interface PortalAnswer<Result> {
  readonly result: Result;
  readonly total?: number;
  readonly next?: number;
  readonly time?: TimeBlock;
  /** The portal was renamed, and this REST root has answered: store it. */
  readonly movedTo?: string;
}

const LONGEST_DESCRIPTION = 300;

/** The body as JSON, or undefined if it is something else. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Beginning of a text, in one line, for a description. */
export function snippet(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_DESCRIPTION);
}

/** What reading an answer needs to know about its request. */
export interface AnswerContext<M extends RequestName = RequestName> {
  readonly method: M;
  /** Whose safety decides what a lost answer means; the method's own unless it is a batch. */
  readonly judgedAs: RequestName;
  /** Masked in every description: a portal may quote the request in its refusal. */
  readonly secrets: readonly Secret[];
  /** Epoch ms. */
  readonly now: number;
  readonly movedTo?: string;
}

/** The refusal in an answer, if it is one. The `error` key is looked for first: some methods refuse with HTTP 200. */
export function refusalIn(context: AnswerContext, reply: HttpReply, body: unknown): PortalError | undefined {
  const envelope = errorEnvelope.safeParse(body).data;
  const isSuccess = reply.status >= 200 && reply.status <= 299;
  if (isSuccess && !envelope) return undefined;
  return failure(
    context,
    reply,
    envelope,
    envelope ? (envelope.error_description ?? '') : describeBare(reply),
  );
}

/** The typed result of a successful answer. Throws PortalError `unreadable-answer` if it breaks the contract. */
export function readAnswer<M extends MethodName>(
  context: AnswerContext<M>,
  reply: HttpReply,
  body: unknown,
): PortalAnswer<ResultOf<M>> {
  const envelope = successEnvelope.safeParse(body);
  if (!envelope.success) throw unreadable(context, reply, reply.text);
  const { result, total, next, time } = envelope.data;
  const parsed = contract[context.method].result.safeParse(result);
  if (!parsed.success) throw unreadable(context, reply, describeIssues(parsed.error.issues));
  // The compiler cannot follow that `method` picked both the schema and M.
  return { result: parsed.data as ResultOf<M>, total, next, time, movedTo: context.movedTo };
}

/** Names what breaks a schema, without the values: those may be anybody's. */
export function describeIssues(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  return issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('; ');
}

/** The error of an answer that breaks the contract. */
export function unreadable(context: AnswerContext, reply: HttpReply, description: string): PortalError {
  return failure(context, reply, undefined, description);
}

/** An address as it may be shown: without its query, which may repeat the request's own. */
export function addressOf(url: URL): string {
  return url.origin + url.pathname;
}

function failure(
  { method, judgedAs, secrets, now }: AnswerContext,
  reply: HttpReply,
  envelope: ErrorEnvelope | undefined,
  description: string,
): PortalError {
  return new PortalError({
    method,
    ...judge(reply.status, envelope, judgedAs, now),
    code: envelope?.error ?? '',
    description: snippet(redactText(description, secrets)),
    httpStatus: reply.status,
  });
}

function describeBare(reply: HttpReply): string {
  if (reply.location === undefined) return reply.text;
  const target = URL.canParse(reply.location) ? new URL(reply.location) : undefined;
  return `moved to ${target ? addressOf(target) : 'an address that is none'}`;
}
