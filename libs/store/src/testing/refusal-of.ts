import { StoreError } from '../store-error';

/** The StoreError that the work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<StoreError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
