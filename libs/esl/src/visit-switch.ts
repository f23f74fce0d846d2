import { accepted, apiLabel, apiLine } from './api-command';
import { systemClock } from './clock';
import { deferred } from './deferred';
import { EslTimeoutError } from './errors';
import { EslConnection, type EslAddress } from './esl-connection';
import type { EslEvent } from './esl-event';
import { subscribeCommand, type EslSubscription } from './subscription';

export interface VisitOptions extends EslAddress {
  /** For the log-in, and for each command; ms. */
  readonly timeoutMs: number;
}

/** What a visitor may ask. Every promise rejects with an EslError. */
export interface SwitchVisit {
  /** See `SwitchLink.api`. */
  readonly api: (command: string, args?: string) => Promise<string>;
  /** Whether these events may be heard. */
  readonly subscribe: (subscription: EslSubscription) => Promise<void>;
  /** The switch's clock, epoch ms: from an event of its own, which needs no right but to be told of jobs. */
  readonly clock: () => Promise<number>;
}

/**
 * Looks at a switch once: logs in, asks, and leaves. For people who want to know whether it can be used; whoever follows
 * calls needs a `SwitchLink`.
 *
 * @throws EslError when the switch cannot be entered; whatever `ask` throws
 */
export async function visitSwitch<T>(
  { timeoutMs, ...address }: VisitOptions,
  ask: (visit: SwitchVisit) => Promise<T>,
): Promise<T> {
  const events: ((event: EslEvent) => void)[] = [];
  const connection = new EslConnection(
    { ...address, connectTimeoutMs: timeoutMs, stallMs: timeoutMs, clock: systemClock },
    {
      onEvent: (event) => events.forEach((heard) => heard(event)),
      onAnomaly: () => undefined,
      onClosed: () => undefined,
    },
  );
  await connection.opened;
  try {
    return await ask(visitOn(connection, timeoutMs, (heard) => events.push(heard)));
  } finally {
    connection.close(new EslTimeoutError('the visit', timeoutMs, false));
  }
}

function visitOn(
  connection: EslConnection,
  timeoutMs: number,
  listen: (heard: (event: EslEvent) => void) => void,
): SwitchVisit {
  const ask = async (label: string, line: string): Promise<string> =>
    accepted(label, (await connection.command(label, line, timeoutMs)).text);
  return {
    api: (command, args) => ask(apiLabel('api', command), apiLine('api', command, args)),
    subscribe: async (subscription) => {
      await ask('event json', subscribeCommand(subscription));
    },
    clock: async () => {
      const told = deferred<number>();
      told.promise.catch(() => undefined); // a command that fails first is the one to tell
      listen((event) => event.name === 'BACKGROUND_JOB' && told.resolve(event.timestampMs));
      const late = setTimeout(
        () => told.reject(new EslTimeoutError('BACKGROUND_JOB', timeoutMs, true)),
        timeoutMs,
      );
      try {
        await ask('event json', 'event json BACKGROUND_JOB');
        await ask('bgapi global_getvar', 'bgapi global_getvar core_uuid');
        return await told.promise;
      } finally {
        clearTimeout(late);
      }
    },
  };
}
