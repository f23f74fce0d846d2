import type { Channel } from './channel';

/**
 * Runs the applications that variables of that name (or beginning with it: execute_on_answer_1 ...) hold:
 * "application data" at once, "application::data" by the channel itself as soon as it can.
 *
 * @returns whether there was one
 */
export async function executeOn(channel: Channel, prefix: string): Promise<boolean> {
  const found = channel.variables
    .entries()
    .filter(([name]) => name.toLowerCase().startsWith(prefix))
    .flatMap(([, value]) => value);
  for (const line of found) await executeApplicationLine(channel, line);
  return found.length > 0;
}

/** Runs "application data" (or queues "application::data"), with variables in the data expanded. */
export async function executeApplicationLine(channel: Channel, line: string): Promise<void> {
  const [, application = '', separator = '', data = ''] = /^([^\s:]+)(::|[\s:])?(.*)$/s.exec(line) ?? [];
  const expanded = channel.core.expand(channel, data);
  if (separator === '::') {
    channel.queue(async () => {
      await channel.core.execute(channel, application, expanded);
    });
  } else {
    await channel.core.execute(channel, application, expanded);
  }
}
