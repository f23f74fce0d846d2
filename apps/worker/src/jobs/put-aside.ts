import { DelayedError, type Job } from 'bullmq';

/** Takes a job out of hand until a time (epoch ms), without counting a failure. Always throws, as BullMQ wants it. */
export async function putAside(
  job: Job,
  token: string | undefined,
  until: number,
  afterwards: () => Promise<void> = () => Promise.resolve(),
): Promise<never> {
  // Whole milliseconds: the Postgres backend takes no fractions.
  await job.moveToDelayed(Math.ceil(until), token);
  await afterwards();
  throw new DelayedError();
}
