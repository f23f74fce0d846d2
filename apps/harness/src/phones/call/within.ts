import { PhoneError } from './phone-error';

/** Answers of the far end come within this, ms; over UDP requests are repeated meanwhile. */
export const ANSWER_MS = 10_000;

/** How a far end answered a request: `resolve` and `reject` of the promise that waits for it. */
export interface Answering {
  readonly accepted: () => void;
  readonly refused: (statusCode: number | undefined, reason: string | undefined) => void;
}

/**
 * Waits for the far end's answer to a request.
 *
 * @param what for the message: "putting 1001#1 on hold"
 * @throws PhoneError when it is refused, or not answered in time
 */
export async function answerTo(
  what: string,
  send: (answering: Answering) => Promise<unknown>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new PhoneError(`${what}: no answer within ${ANSWER_MS / 1000} s`)),
        ANSWER_MS,
      );
      send({
        accepted: resolve,
        refused: (statusCode, reason = '') =>
          reject(new PhoneError(`${what}: refused with ${statusCode ?? '?'} ${reason}`, statusCode)),
      }).catch((cause: unknown) => reject(new PhoneError(`${what}: ${String(cause)}`, undefined, { cause })));
    });
  } finally {
    clearTimeout(timer);
  }
}
