import type { PhoneCall } from '../../phones';
import { SOUNDS, type PhoneExpectation, type SoundName } from '../language/expectations';
import type { Handset } from '../run/handset';
import type { Scene } from '../run/scene';
import { SOUND_HZ } from '../run/sounds';
import type { Aftermath } from './aftermath';
import { checkMaker, isInOrder, listed, type Check, type MakeCheck } from './check';

/** What phones must have seen and heard. */
export function checkPhones({ scenario, scene }: Aftermath): Check[] {
  return Object.entries(scenario.then.phones ?? {}).flatMap(([who, expected]) => {
    const check = checkMaker(scenario.lineOf, ['then', 'phones', who]);
    const handsets = scene.telephony.of(who);
    return [
      ...signalling(who, expected, handsets, check),
      ...invitations(who, expected, invitationsTo(handsets, scene), check),
      ...sound(who, expected, heardBy(handsets, scene), check),
    ];
  });
}

function signalling(
  who: string,
  expected: PhoneExpectation,
  handsets: readonly Handset[],
  check: MakeCheck,
): Check[] {
  const calls = handsets.flatMap((handset) => handset.calls);
  const codes = calls.filter(({ direction }) => direction === 'outgoing').flatMap(codesOf);
  const { got, 'did not get': notGot, rang, 'was told': told } = expected;
  const rings = calls.filter(hasRung).length;
  const names = calls.filter(({ direction }) => direction === 'incoming').map(({ far }) => far.name);
  return [
    ...(got
      ? [check('got', `${who} got ${listed(got)}`, isInOrder(got, codes), () => `he got ${listed(codes)}`)]
      : []),
    ...(notGot
      ? [
          check(
            'did not get',
            `${who} did not get ${listed(notGot)}`,
            !notGot.some((code) => codes.includes(code)),
            () => `he got ${listed(codes)}`,
          ),
        ]
      : []),
    ...(rang === undefined
      ? []
      : [check('rang', rangText(who, rang), isRight(rang, rings), () => `it rang ${times(rings)}`)]),
    ...(told === undefined
      ? []
      : [
          check(
            'was told',
            `the display of ${who} showed "${told}"`,
            names.includes(told),
            () => `it showed ${listed(names.map((name) => `"${name}"`))}`,
          ),
        ]),
  ];
}

function invitations(
  who: string,
  { 'was sent': words }: PhoneExpectation,
  texts: readonly string[],
  check: MakeCheck,
): Check[] {
  if (words === undefined) return [];
  const isThere = texts.some((text) => text.includes(words));
  const header = words.slice(0, words.indexOf(':') + 1);
  const alike = texts.flatMap((text) => text.split('\r\n')).filter((line) => line.startsWith(header));
  return [
    check('was sent', `${who} was sent "${words}"`, isThere, () => `the INVITEs have ${listed(alike)}`),
  ];
}

function invitationsTo(handsets: readonly Handset[], { telephony }: Scene): string[] {
  const owners = handsets.map(({ id }) => id);
  return telephony.lab.sipLog.entries
    .filter(
      ({ direction, owner, head }) =>
        direction === 'received' && owners.includes(owner) && head?.kind === 'request',
    )
    .map(({ text }) => text)
    .filter((text) => text.startsWith('INVITE '));
}

function rangText(who: string, rang: boolean | number): string {
  if (typeof rang === 'number') return `${who}'s phone rang ${times(rang)}`;
  return `${who}'s phone ${rang ? 'rang' : 'never rang'}`;
}

function isRight(rang: boolean | number, rings: number): boolean {
  return typeof rang === 'number' ? rings === rang : rings > 0 === rang;
}

function times(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
}

/** Responses to a call of a phone, the last one too. */
function codesOf(call: PhoneCall): number[] {
  const provisional = call.events.flatMap((event) =>
    event.kind === 'progress' && event.by === 'them' ? [event.statusCode] : [],
  );
  const { statusCode } = call.end ?? {};
  const last = call.state.wasAnswered ? 200 : statusCode;
  return [...provisional, ...(last === undefined ? [] : [last])];
}

/** It was called and has said so (180 or 183). */
function hasRung({ direction, events }: PhoneCall): boolean {
  return direction === 'incoming' && events.some((event) => event.kind === 'progress' && event.by === 'us');
}

function sound(who: string, expected: PhoneExpectation, heard: readonly string[], check: MakeCheck): Check[] {
  const { heard: wanted = [], 'never heard': unwanted = [] } = expected;
  const came = (): string => `${who} heard ${listed(heard)}`;
  return [
    ...wanted.map((whom) => check('heard', `${who} heard ${whom}`, heard.includes(whom), came)),
    ...unwanted.map((whom) =>
      check('never heard', `${who} never heard ${whom}`, !heard.includes(whom), came),
    ),
  ];
}

/** Names of all people and sounds that were ever heard at some phones. */
export function heardBy(handsets: readonly Handset[], scene: Scene): string[] {
  const calls = handsets.flatMap((handset) => handset.calls);
  const tones = new Set(calls.flatMap(({ audio }) => audio.heard.map(({ hz }) => hz)));
  const people = [...tones].map((hz) => scene.whoSays(hz)).filter((name) => name !== undefined);
  const sounds = SOUNDS.filter((name: SoundName) => SOUND_HZ[name].some((hz) => tones.has(hz)));
  const rangItself = calls.some(
    ({ direction, events }) =>
      direction === 'outgoing' &&
      events.some((event) => event.kind === 'progress' && event.statusCode === 180),
  );
  return [...new Set([...people, ...sounds, ...(rangItself ? ['ringing'] : [])])];
}
