import { isTrue, parseCause, type Cause, type Channel } from '../core';
import { transfer } from './transfer';

/** Without continue_on_fail these let the dial plan go on all the same. */
const ALWAYS_GO_ON = new Set<Cause>(['NO_ANSWER', 'NO_USER_RESPONSE', 'ORIGINATOR_CANCEL']);

/**
 * What a failed dial means for who dialled (switch_channel_handle_cause): the dial plan goes on, or the channel ends
 * with the same cause, or it is transferred (transfer_on_fail).
 */
export async function handleCause(channel: Channel, cause: Cause): Promise<void> {
  if (!channel.isUp) return;
  const { variables } = channel;
  if (cause !== 'ATTENDED_TRANSFER') {
    const continueOn = variables.get('continue_on_fail');
    const failOn = variables.get('failure_causes');
    if (continueOn === undefined && failOn === undefined) {
      if (ALWAYS_GO_ON.has(cause)) return;
    } else {
      if (failOn !== undefined && !names(failOn, cause)) return;
      if (continueOn !== undefined && (isTrue(continueOn) || names(continueOn, cause))) return;
    }
    await transferOnFail(channel, cause);
  }
  if (!channel.has('TRANSFER') && channel.state !== 'CS_ROUTING') channel.core.hangUp(channel, cause);
}

/** Whether a list of names and numbers has the cause. */
function names(list: string, cause: Cause): boolean {
  return list.split(',').some((each) => parseCause(each) === cause);
}

/** transfer_on_fail is "causes extension dialplan context". */
async function transferOnFail(channel: Channel, cause: Cause): Promise<void> {
  const [causes, extension, dialplan, context] = channel.variables.get('transfer_on_fail')?.split(' ') ?? [];
  if (causes === undefined || isTrue(causes) || !names(causes, cause)) return;
  const isAuto = extension === undefined || extension.toLowerCase() === 'auto_cause';
  await transfer(channel, { extension: isAuto ? cause : extension, dialplan, context });
}
