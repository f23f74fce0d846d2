import type { App } from '../apps/application-parts';
import { fireCustom, lookUpVariable, type Channel } from '../core';
import { playFile, transfer, uuidBridge, type PlaybackEnd } from '../ivr';
import { separate } from '../originate';
import type { ValetLots } from './valet-lots';

const SUBCLASS = 'valet_parking::info';
/** valet_parking_timeout with an orbit extension and no time of its own. */
const ORBIT_SECONDS = 60;

/**
 * `valet_park lot extension` (or `lot auto in|out min max`): who comes first waits there with music, who comes second
 * gets him. After valet_parking_timeout seconds he goes to valet_parking_orbit_exten.
 */
export function valetPark(lots: ValetLots): App {
  return {
    name: 'valet_park',
    needsMedia: true,
    run: (channel, data) => parkOrRetrieve(lots, channel, data),
  };
}

async function parkOrRetrieve(lots: ValetLots, channel: Channel, data: string): Promise<void> {
  const [lot = '', place = '', direction = '', min = '', max = ''] = separate(data, ' ');
  const isAuto = place.toLowerCase() === 'auto';
  const way = direction.toLowerCase() === 'out' ? 'out' : 'in';
  const extension = isAuto ? lots.find(lot, [Number(min), Number(max)], way) : place;
  if (lot === '' || extension === undefined || extension === '') return;
  const uuid = lots.waitingAt(lot, extension);
  const waiting = uuid === undefined ? undefined : channel.core.locate(uuid);
  if (!waiting) {
    await wait(lots, channel, lot, extension);
    return;
  }
  tell(waiting, lot, extension, 'bridge', { 'Bridge-To-UUID': channel.uuid });
  lots.take(lot, extension);
  uuidBridge(waiting, channel);
}

async function wait(lots: ValetLots, channel: Channel, lot: string, extension: string): Promise<void> {
  lots.park(lot, extension, channel.uuid);
  tell(channel, lot, extension, 'hold');
  channel.variables.set('valet_lot_extension', extension);
  const end = await listen(channel);
  if (end === 'timeout') await goToOrbit(channel);
  lots.leave(lot, extension, channel.uuid);
  tell(channel, lot, extension, 'exit');
}

/** Music until somebody comes, the time is over, or the one who waits presses `#`. */
async function listen(channel: Channel): Promise<'timeout' | 'left'> {
  const named =
    channel.variables.get('valet_hold_music') ?? lookUpVariable(channel, 'hold_music') ?? 'silence';
  const music = named.toLowerCase() === 'silence' ? 'silence_stream://-1' : named;
  const ms = secondsOf(channel) * 1000;
  const deadline = ms > 0 ? performance.now() + ms : undefined;
  const pressed = { hash: false };
  for (let end: PlaybackEnd = 'done'; channel.isReady && end === 'done';) {
    const left = deadline === undefined ? undefined : Math.max(1, deadline - performance.now());
    end = await playFile(channel, music, {
      ms: left,
      onDigit: (digit) => {
        pressed.hash = digit === '#';
        return pressed.hash;
      },
    });
  }
  const isOverdue = deadline !== undefined && performance.now() >= deadline;
  return isOverdue && !pressed.hash && channel.isReady ? 'timeout' : 'left';
}

function secondsOf({ variables }: Channel): number {
  const own = Number.parseInt(variables.get('valet_parking_timeout') ?? '', 10);
  if (own > 0) return own;
  return variables.get('valet_parking_orbit_exten') === undefined ? 0 : ORBIT_SECONDS;
}

async function goToOrbit(channel: Channel): Promise<void> {
  const { variables } = channel;
  const extension = variables.get('valet_parking_orbit_exten');
  if (extension === undefined) return;
  await transfer(channel, {
    extension,
    dialplan: variables.get('valet_parking_orbit_dialplan'),
    context: variables.get('valet_parking_orbit_context'),
  });
}

function tell(
  channel: Channel,
  lot: string,
  extension: string,
  action: string,
  more: Readonly<Record<string, string>> = {},
): void {
  fireCustom(channel, SUBCLASS, {
    'Valet-Lot-Name': lot,
    'Valet-Extension': extension,
    Action: action,
    ...more,
  });
}
