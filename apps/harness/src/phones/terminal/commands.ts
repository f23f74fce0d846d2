import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneCall } from '../call/phone-call';
import { PhoneError } from '../call/phone-error';
import { SILENCE, tone } from '../media/tones';
import type { Phone } from '../phone/phone';
import type { CallChoice } from './call-choice';

/** What a command may use. */
export interface Desk {
  readonly phone: Phone;
  readonly choice: CallChoice;
  readonly print: (line: string) => void;
  readonly quit: () => void;
}

interface Command {
  readonly usage: string;
  readonly help: string;
  run(desk: Desk, argument: string): Promise<void>;
}

const isRinging = (call: PhoneCall): boolean => call.direction === 'incoming' && !call.state.wasAnswered;
const isTalking = (call: PhoneCall): boolean => call.state.status === 'talking';
const isHeld = (call: PhoneCall): boolean => isTalking(call) && call.state.isHeldByUs;
const isActive = (call: PhoneCall): boolean => isTalking(call) && !call.state.isHeldByUs;

/** An attended transfer begins with a second call, and this one waits on hold for it. */
const waiting = new WeakMap<PhoneCall, PhoneCall>();

export const COMMANDS: Readonly<Record<string, Command>> = {
  call: {
    usage: 'call NUMBER',
    help: 'calls a number of the domain, or a whole sip: address',
    run: (desk, number) => {
      desk.phone.call(required(number, 'call NUMBER'));
      return Promise.resolve();
    },
  },
  answer: {
    usage: 'answer',
    help: 'takes the call that rings',
    run: ({ choice }) => choice.one('answered', isRinging).answer(),
  },
  decline: {
    usage: 'decline [CODE]',
    help: 'refuses the call that rings: 486 busy, 603 no, or another code',
    run: ({ choice }, code) =>
      choice.one('declined', isRinging).decline(code === '' ? 486 : statusCode(code)),
  },
  redirect: {
    usage: 'redirect NUMBER',
    help: 'sends the call that rings to another number (302)',
    run: ({ choice }, to) => choice.one('redirected', isRinging).redirect(required(to, 'redirect NUMBER')),
  },
  hangup: {
    usage: 'hangup',
    help: 'ends the call, however far it is',
    run: ({ choice }) => choice.one('hung up').hangUp(),
  },
  hold: {
    usage: 'hold',
    help: 'puts the far end on hold',
    run: ({ choice }) => choice.one('held', isActive).hold(),
  },
  unhold: {
    usage: 'unhold',
    help: 'takes it off hold',
    run: ({ choice }) => choice.one('taken off hold', isHeld).unhold(),
  },
  dtmf: {
    usage: 'dtmf DIGITS',
    help: 'dials 0-9 * # A-D in the talk',
    run: ({ choice }, digits) => choice.one('dialled in', isActive).dial(required(digits, 'dtmf DIGITS')),
  },
  transfer: {
    usage: 'transfer NUMBER',
    help: 'blind: the far end calls that number instead',
    run: ({ choice }, to) => choice.one('transferred', isTalking).transfer(required(to, 'transfer NUMBER')),
  },
  'att-transfer': {
    usage: 'att-transfer [NUMBER]',
    help: 'with a number: holds the call and calls that; without: joins the two, and is out of it',
    run: (desk, to) => (to === '' ? join(desk) : consult(desk, to)),
  },
  say: {
    usage: 'say HZ|silence',
    help: 'says another tone in the call',
    run: ({ choice }, what) => {
      choice.one('spoken in').play(what === 'silence' ? SILENCE : tone(frequency(what)));
      return Promise.resolve();
    },
  },
  line: {
    usage: 'line N',
    help: 'the next commands are for call N',
    run: ({ choice }, number) => {
      choice.choose(number);
      return Promise.resolve();
    },
  },
  status: {
    usage: 'status',
    help: 'shows the registration and all calls, with what was sent and heard',
    run: ({ phone, print }) => {
      for (const line of statusLines(phone)) print(line);
      return Promise.resolve();
    },
  },
  register: {
    usage: 'register',
    help: 'registers again',
    run: ({ phone }) => phone.register(),
  },
  unregister: {
    usage: 'unregister',
    help: 'is not called any more',
    run: ({ phone }) => phone.unregister(),
  },
  wait: {
    usage: 'wait SECONDS',
    help: 'does nothing for so long: for commands from a file',
    run: (_desk, seconds) => pause(1000 * duration(seconds)),
  },
  quit: {
    usage: 'quit',
    help: 'hangs up everything and ends',
    run: ({ quit }) => {
      quit();
      return Promise.resolve();
    },
  },
};

/** All commands, one a line. */
export function helpLines(): string[] {
  return Object.values(COMMANDS).map(({ usage, help }) => `  ${usage.padEnd(24)} ${help}`);
}

/** @throws PhoneError for what cannot be done, and for words that mean nothing */
export async function runLine(desk: Desk, line: string): Promise<void> {
  const [word = '', ...rest] = line.trim().split(/\s+/);
  if (word === '') return;
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (word === 'help') for (const one of helpLines()) desk.print(one);
  else if (command) await command.run(desk, rest.join(' '));
  else throw new PhoneError(`"${word}" means nothing here; "help" lists what does`);
}

async function consult({ phone, choice }: Desk, to: string): Promise<void> {
  const first = choice.one('transferred', isTalking);
  if (!first.state.isHeldByUs) await first.hold();
  waiting.set(phone.call(to), first);
}

async function join({ choice }: Desk): Promise<void> {
  const second = choice.one('joined', (call) => isTalking(call) && waiting.has(call));
  await waiting.get(second)?.transferTo(second);
}

function statusLines(phone: Phone): string[] {
  const registered = phone.isRegistered ? 'registered' : 'not registered';
  return [`${phone.number} is ${registered} and says ${phone.toneHz} Hz`, ...phone.openCalls.map(callLine)];
}

function callLine({ ref, far, state, audio, tonesNow }: PhoneCall): string {
  const held = [state.isHeldByUs ? 'held by us' : '', state.isHeldByThem ? 'held by them' : ''].filter(
    Boolean,
  );
  const heard = tonesNow.length > 0 ? `${tonesNow.join('+')} Hz` : audio.state;
  const flow = `sent ${audio.sentPackets}, got ${audio.packets}, lost ${audio.lost}, gaps ${audio.gaps}`;
  const jitter = `jitter ${audio.jitterMs.toFixed(1)} ms`;
  const digits = state.digits === '' ? '' : `, digits ${state.digits}`;
  return `  ${ref} with ${far.number || far.uri}: ${[state.status, ...held].join(', ')}; hears ${heard}; ${flow}, ${jitter}${digits}`;
}

function required(argument: string, usage: string): string {
  if (argument === '') throw new PhoneError(`say ${usage}`);
  return argument;
}

function statusCode(text: string): number {
  const code = Number(text);
  if (!Number.isInteger(code) || code < 400 || code > 699) throw new PhoneError('a code is from 400 to 699');
  return code;
}

function duration(text: string): number {
  const seconds = Number(text);
  if (text === '' || !(seconds >= 0 && seconds <= 3600))
    throw new PhoneError('a wait is from 0 to 3600 seconds');
  return seconds;
}

function frequency(text: string): number {
  const hz = Number(text);
  if (!(hz >= 300 && hz <= 3400)) throw new PhoneError('a tone is from 300 to 3400 Hz');
  return hz;
}
