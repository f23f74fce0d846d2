import { moveRecordings, type Channel } from '../core';
import { bridge, uuidBridge } from '../ivr';
import type { Originate } from '../originate';

/** Keys while the two talk: back to who waits, hang up; a conference of three (0) is not simulated. */
const CANCEL_KEY = '#';
const HANGUP_KEY = '*';
/** FreeSWITCH looks that often whether the leg is still there: a talk has ended by then, a ring goes on. */
const GRACE_MS = 100;

/**
 * Dials somebody while the other one of the call waits (att_xfer). Who hangs up while it rings or after he has talked
 * to him transfers the call; otherwise he goes back. It goes on without him: his leg ends when he hangs up.
 */
export async function attendedTransfer(
  originate: Originate,
  channel: Channel,
  dialString: string,
): Promise<void> {
  const work = { isDone: false };
  channel.hold();
  dialAndTalk(originate, channel, dialString)
    .catch((error: unknown) => channel.core.failed(error))
    .finally(() => {
      work.isDone = true;
      channel.release();
    });
  await channel.until(() => work.isDone || !channel.isUp);
  await channel.until(() => work.isDone, GRACE_MS);
}

async function dialAndTalk(originate: Originate, channel: Channel, dialString: string): Promise<void> {
  const { variables, core } = channel;
  const bond = channel.partner;
  variables.set('soft_holding_uuid', bond?.uuid);
  const follows = variables.isTrue('recording_follow_attxfer');
  if (follows && bond) moveRecordings(bond, channel);
  const forget = redirectWhenGone(channel, bond);
  const result = await originate({ caller: channel, dialString });
  if ('cause' in result) {
    variables.set('signal_bond', bond?.uuid);
  } else {
    await talkTo(channel, result.channel);
    variables.set('signal_bond', bond?.uuid);
    if (bond) finish(channel, result.channel, bond, follows);
  }
  forget();
  variables.delete('soft_holding_uuid');
  channel.clearFlag('XFER_ZOMBIE');
  core.locate(channel.uuid)?.poke();
}

async function talkTo(channel: Channel, peer: Channel): Promise<void> {
  for (const leg of [channel, peer]) leg.setFlag('INNER_BRIDGE');
  const key = (name: string, usual: string): string =>
    channel.variables.get(name) ?? peer.variables.get(name) ?? usual;
  const hangup = key('attxfer_hangup_key', HANGUP_KEY)[0];
  const cancel = key('attxfer_cancel_key', CANCEL_KEY)[0];
  await bridge(channel, peer, (digit) => {
    if (digit === hangup) channel.core.hangUp(channel, 'NORMAL_CLEARING');
    else if (digit === cancel) peer.core.hangUp(peer, 'NORMAL_CLEARING');
    return digit === hangup || digit === cancel;
  });
  for (const leg of [channel, peer]) leg.clearFlag('INNER_BRIDGE');
}

function finish(channel: Channel, peer: Channel, bond: Channel, follows: boolean): void {
  if (peer.isUp && !channel.isReady) {
    if (follows) moveRecordings(channel, peer);
    noteResult(peer, uuidBridge(peer, bond));
    return;
  }
  noteResult(channel, uuidBridge(channel, bond));
}

function noteResult({ variables }: Channel, isDone: boolean): void {
  variables.set('att_xfer_result', isDone ? 'success' : 'failure');
}

/** Whoever waits must not be hung up with who transfers him. */
function redirectWhenGone(channel: Channel, bond: Channel | undefined): () => void {
  return channel.signal.on(() => {
    const isGone = channel.state === 'CS_HANGUP' || channel.state === 'CS_ROUTING';
    if (isGone && bond?.isUp && !bond.has('REDIRECT')) bond.setFlag('REDIRECT');
  });
}
