import type { EslClock } from './clock';
import { deferred } from './deferred';
import type { Deferred } from './deferred';
import { EslConnectionLostError, EslTimeoutError, EslUnsafeCommandError } from './errors';
import type { EslError } from './errors';
import type { EslEvent } from './esl-event';

interface Job {
  readonly label: string;
  readonly result: Deferred<string>;
  readonly cancelTimer: () => void;
}

/** The switch keeps 36 characters of a Job-UUID (mod_event_socket, `api_command_struct`); a longer one would never match. */
const JOB_UUID = /^[\w-]{1,36}$/;

/** The bgapi jobs we wait for. Jobs of other clients, whose results arrive here too, leave no trace. */
export class JobBook {
  private readonly jobs = new Map<string, Job>();

  constructor(private readonly clock: EslClock) {}

  /** The promise of a job's result. @throws EslUnsafeCommandError on a bad uuid, or one that is waited for already. */
  expect(jobUuid: string, label: string, timeoutMs: number): Promise<string> {
    if (!JOB_UUID.test(jobUuid)) throw new EslUnsafeCommandError(`${label}: not a usable Job-UUID`);
    if (this.jobs.has(jobUuid)) throw new EslUnsafeCommandError(`${label}: this Job-UUID is in use`);
    const result = deferred<string>();
    const cancelTimer = this.clock.after(timeoutMs, () => {
      this.fail(jobUuid, new EslTimeoutError(label, timeoutMs, true));
    });
    this.jobs.set(jobUuid, { label, result, cancelTimer });
    return result.promise;
  }

  /** Takes in a BACKGROUND_JOB event. */
  settle(event: EslEvent): void {
    this.take(event.get('Job-UUID') ?? '')?.result.resolve(event.body ?? '');
  }

  fail(jobUuid: string, error: Error): void {
    this.take(jobUuid)?.result.reject(error);
  }

  /** The link is gone: the jobs may run on, but their results can't reach us any more. */
  failAll(cause: EslError): void {
    for (const [jobUuid, { label }] of this.jobs) {
      const message = `${label}: the link was lost before the result came, outcome unknown`;
      this.fail(jobUuid, new EslConnectionLostError(message, { cause, sent: true }));
    }
  }

  private take(jobUuid: string): Job | undefined {
    const job = this.jobs.get(jobUuid);
    this.jobs.delete(jobUuid);
    job?.cancelTimer();
    return job;
  }
}
