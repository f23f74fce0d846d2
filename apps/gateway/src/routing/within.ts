/** Something was not there in time. */
export class TooLateError extends Error {
  override readonly name = 'TooLateError';
}

/**
 * What a promise gives, if it does so in time; what it does later concerns nobody.
 *
 * @throws TooLateError after `ms`, and what the promise throws before
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooLateError(`not within ${ms} ms`)), ms);
  });
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
