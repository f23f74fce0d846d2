import { sortCallerId, type Channel } from '../core';
import { transfer } from '../ivr';
import { separate } from '../originate';
import type { ApiCommand } from './api-desk';
import { usage, type ApiParts } from './api-parts';

const SYNTAX =
  '<call url> <exten>|&<application_name>(<app_args>) [<dialplan>] [<context>] [<cid_name>] [<cid_num>] [<timeout_sec>]';

/**
 * `originate {vars}user/1001 &bridge(...)` or `... 79161234567 XML context`: dials, and when that is answered runs an
 * application or goes into the dial plan with it. The answer comes when the first leg has answered.
 */
export function originateCommand({ originate }: ApiParts): ApiCommand {
  return async (text) => {
    const args = separate(text, ' ');
    if (args.length < 2 || args.length > 7) return usage(SYNTAX);
    const known = args.map((arg) => (arg.toLowerCase() === 'undef' ? undefined : arg));
    const [dialString = '', extension = '', dialplan, context, name, number, seconds] = known;
    const variables = new Map<string, string>();
    if (name !== undefined) variables.set('origination_caller_id_name', name);
    if (number !== undefined) variables.set('origination_caller_id_number', number);
    const result = await originate({
      dialString,
      variables,
      timeoutSeconds: Number(seconds) || undefined,
    });
    if ('cause' in result) return `-ERR ${result.cause}\n`;
    await goOn(result.channel, extension, dialplan ?? 'XML', context ?? 'default');
    return `+OK ${result.channel.uuid}\n`;
  };
}

async function goOn(channel: Channel, extension: string, dialplan: string, context: string): Promise<void> {
  const application = /^&([^()]+)(?:\((.*?)\))?/s.exec(extension);
  if (!application) {
    await transfer(channel, { extension, dialplan, context });
    return;
  }
  channel.plan = [{ application: application[1] ?? '', data: application[2] ?? '' }];
  sortCallerId(channel);
  channel.setState('CS_EXECUTE');
}
