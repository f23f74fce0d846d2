import type { BridgeRecord, LegRecord, Stretch } from '../../report/evidence';
import type { TappedEvent } from '../../world/switch-tap';
import { handsetOfChannel } from '../checks/legs';
import type { Scene } from '../run/scene';

/** The channels of the switch over time. */
export function legRecords(scene: Scene): LegRecord[] {
  const { events } = scene;
  const created = events.filter(({ name }) => name === 'CHANNEL_CREATE');
  return created.flatMap((first) => {
    const { channelUuid } = first;
    if (channelUuid === undefined) return [];
    return [legRecord(scene, first, channelUuid, events)];
  });
}

function legRecord(
  scene: Scene,
  first: TappedEvent,
  channelUuid: string,
  all: readonly TappedEvent[],
): LegRecord {
  const ms = (at: number): number => at - scene.beginning.at;
  const own = all.filter((event) => event.channelUuid === channelUuid);
  const at = (...names: string[]): number | undefined => {
    const event = own.find(({ name }) => names.includes(name));
    return event && ms(event.at);
  };
  const end = own.find(({ name }) => name === 'CHANNEL_HANGUP_COMPLETE');
  const rangMs = at('CHANNEL_PROGRESS', 'CHANNEL_PROGRESS_MEDIA');
  const answeredMs = at('CHANNEL_ANSWER');
  return {
    channelUuid,
    actor: handsetOfChannel(scene, channelUuid)?.id ?? 'switch',
    direction: first.direction ?? 'inbound',
    createdMs: ms(first.at),
    holds: stretches(own, 'CHANNEL_HOLD', 'CHANNEL_UNHOLD', ms),
    bridges: bridgesOf(channelUuid, all, ms),
    ...(first.dialled !== undefined && { number: first.dialled }),
    ...(rangMs !== undefined && { rangMs }),
    ...(answeredMs !== undefined && { answeredMs }),
    ...(end && { endedMs: ms(end.at) }),
    ...(end?.hangupCause !== undefined && { hangupCause: end.hangupCause }),
  };
}

function stretches(
  events: readonly TappedEvent[],
  begin: string,
  end: string,
  ms: (at: number) => number,
): Stretch[] {
  return events
    .filter(({ name }) => name === begin)
    .map(({ at }) => {
      const over = events.find((event) => event.name === end && event.at >= at);
      return { fromMs: ms(at), ...(over && { toMs: ms(over.at) }) };
    });
}

function bridgesOf(
  channelUuid: string,
  events: readonly TappedEvent[],
  ms: (at: number) => number,
): BridgeRecord[] {
  const involves = ({ bridge }: TappedEvent): boolean =>
    bridge?.a === channelUuid || bridge?.b === channelUuid;
  return events
    .filter((event) => event.name === 'CHANNEL_BRIDGE' && involves(event))
    .map(({ at, bridge }) => {
      const over = events.find(
        (event) =>
          event.at >= at &&
          ((event.name === 'CHANNEL_UNBRIDGE' && involves(event)) ||
            (event.name === 'CHANNEL_HANGUP_COMPLETE' && event.channelUuid === channelUuid)),
      );
      const other = bridge?.a === channelUuid ? bridge.b : (bridge?.a ?? '');
      return { with: other, fromMs: ms(at), ...(over && { toMs: ms(over.at) }) };
    });
}
