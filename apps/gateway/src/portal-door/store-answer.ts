import { StoreError } from '@app/store';
import { Refusal } from './refusal';

/**
 * What a store answers, or a refusal as soon as it fails or `ms` have passed. A store that answers later is not
 * stopped: what it writes then is written.
 *
 * @throws Refusal `store-unavailable`; `internal` when the store refuses what it was given
 */
export async function storeAnswer<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } catch (error) {
    const isOurMistake = error instanceof StoreError && error.verdict === 'ask-a-person';
    throw new Refusal(isOurMistake ? 'internal' : 'store-unavailable', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
