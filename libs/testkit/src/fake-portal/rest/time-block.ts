import { isoSeconds } from '../clock';
import type { OperatingBudget } from '../limits/operating-budget';

/** The `time` of an answer. Times in epoch ms; a batch and an upload have no operating budget of their own. */
export function timeBlock(
  startedAt: number,
  finishedAt: number,
  operatingKey: string | undefined,
  operating: OperatingBudget,
): object {
  const seconds = (finishedAt - startedAt) / 1000;
  return {
    start: startedAt / 1000,
    finish: finishedAt / 1000,
    duration: seconds,
    processing: seconds,
    date_start: isoSeconds(startedAt),
    date_finish: isoSeconds(finishedAt),
    ...(operatingKey === undefined
      ? {}
      : {
          operating: operating.used(operatingKey, finishedAt),
          operating_reset_at: operating.resetAt(operatingKey, finishedAt),
        }),
  };
}
