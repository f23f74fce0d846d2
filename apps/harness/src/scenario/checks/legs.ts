import type { TappedEvent } from '../../world/switch-tap';
import type { Scene } from '../run/scene';
import type { Aftermath } from './aftermath';
import { checkMaker, isInOrder, listed, type Check } from './check';

/** What the switch must have said of somebody's legs. */
export function checkLegs({ scenario, scene }: Aftermath): Check[] {
  return Object.entries(scenario.then.switch ?? {}).flatMap(([who, expected]) => {
    const check = checkMaker(scenario.lineOf, ['then', 'switch', who]);
    const events = scene.events.filter((event) => whoseEvent(scene, event) === who);
    const names = events.map(({ name }) => name);
    const causes = events
      .filter(({ name }) => name === 'CHANNEL_HANGUP_COMPLETE')
      .map(({ hangupCause = '' }) => hangupCause);
    const { 'ended with': ends, 'had events': wanted } = expected;
    return [
      ...(ends
        ? [
            check(
              'ended with',
              `${who}'s legs ended with ${listed(ends)}`,
              same(ends, causes),
              () => `they ended with ${listed(causes)}`,
            ),
          ]
        : []),
      ...(wanted
        ? [
            check(
              'had events',
              `the switch told of ${who}: ${listed(wanted)}`,
              isInOrder(wanted, names),
              () => `it told: ${listed(names)}`,
            ),
          ]
        : []),
    ];
  });
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Whose leg an event is about: the name of the scenario. */
export function whoseEvent(scene: Scene, { channelUuid }: TappedEvent): string | undefined {
  return channelUuid === undefined ? undefined : handsetOfChannel(scene, channelUuid)?.who;
}

/** The phone at the other end of a channel: by its dialog, else by what the switch says of the leg. */
export function handsetOfChannel(
  scene: Scene,
  channelUuid: string,
): { readonly id: string; readonly who: string } | undefined {
  const events = scene.events.filter((event) => event.channelUuid === channelUuid);
  const callIds = new Set(events.map(({ sipCallId }) => sipCallId).filter((id) => id !== undefined));
  const byDialog = scene.handsets.find(({ calls }) => calls.some(({ callId }) => callIds.has(callId)));
  if (byDialog) return byDialog;
  const extension = events
    .map(({ presenceId }) => presenceId?.replace(/@.*$/, ''))
    .find((one) => one !== undefined);
  const [first] = events;
  const number = extension ?? (first?.direction === 'inbound' ? first.callerNumber : first?.dialled) ?? '';
  const who = scene.whoHasNumber(number);
  return scene.handsets.find((handset) => handset.who === who);
}
