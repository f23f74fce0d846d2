import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { safeText } from '../../demo/live/safe-text';
import { answers, rings } from '../call/behaviour';
import { PhoneError } from '../call/phone-error';
import { describeEvent, type PhoneEvent } from '../call/phone-event';
import { WaitError } from '../journal/wait-error';
import { PhoneLab } from '../lab/phone-lab';
import { Phone } from '../phone/phone';
import { WireError } from '../transport/wire';
import { CallChoice } from './call-choice';
import { runLine, type Desk } from './commands';
import { promptFor } from './meter';
import { terminalOptions, type TerminalOptions } from './options';

/** How often the line with the level is drawn again, ms. */
const REDRAW_MS = 300;
const FAILED = 1;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Too quick for reading: shown in the prompt instead. */
const QUIET_KINDS: readonly PhoneEvent['kind'][] = ['sound', 'tone-over'];

/**
 * `./run phone NUMBER ...`: a test phone for one terminal. Commands come from the keyboard, or line by line from a pipe.
 *
 * @returns the exit code: 0, or 1 when it could not connect or register
 * @throws UsageError when the command line makes no sense
 */
export async function phoneCommand(args: readonly string[]): Promise<number> {
  const options = terminalOptions(args, process.env);
  const lab = new PhoneLab();
  try {
    await withPhone(lab, options);
    return 0;
  } catch (error) {
    if (!isExpected(error)) throw error;
    process.stderr.write(`phone: ${error.message}\n`);
    return FAILED;
  } finally {
    if (options.sipLog !== undefined) writeFileSync(options.sipLog, lab.sipLog.toText());
  }
}

async function withPhone(lab: PhoneLab, options: TerminalOptions): Promise<void> {
  const { answers: answersItself, ...phoneOptions } = options;
  const phone = await Phone.open(lab, { ...phoneOptions, behaviour: answersItself ? answers : rings });
  try {
    if (options.registers) await phone.register();
    await converse(phone);
  } finally {
    await phone.close();
  }
}

/** Takes commands until the input ends, "quit" or Ctrl-C. */
async function converse(phone: Phone): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const choice = new CallChoice(() => phone.openCalls);
  const screen = new Screen(terminal, () => promptFor(phone.number, choice.current, phone.isRegistered));
  const desk: Desk = { phone, choice, print: (line) => screen.print(line), quit: () => terminal.close() };
  const stopListening = phone.listen((event) => {
    if (!QUIET_KINDS.includes(event.kind)) screen.print(describeEvent(event));
  });
  screen.print(`${phone.number} says ${phone.toneHz} Hz; "help" lists what it can do, "quit" ends it`);
  // One after the other, as a person would: a pipe has all its lines ready at once.
  let work = Promise.resolve();
  terminal.on('line', (line) => {
    work = work.then(() => obey(desk, line));
  });
  const hangUp = (): void => terminal.close();
  terminal.on('SIGINT', hangUp);
  for (const signal of SIGNALS) process.on(signal, hangUp);
  await once(terminal, 'close');
  await work;
  for (const signal of SIGNALS) process.off(signal, hangUp);
  stopListening();
  screen.end();
}

async function obey(desk: Desk, line: string): Promise<void> {
  try {
    await runLine(desk, line);
  } catch (error) {
    if (!isExpected(error)) throw error;
    desk.print(error.message);
  }
}

function isExpected(error: unknown): error is Error {
  return error instanceof PhoneError || error instanceof WireError || error instanceof WaitError;
}

/** Lines above, the prompt with the level below; in a pipe, lines only. */
class Screen {
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly terminal: Interface,
    private readonly prompt: () => string,
  ) {
    if (process.stdout.isTTY) this.#timer = setInterval(() => this.#redraw(), REDRAW_MS);
  }

  /** Whatever others have chosen as their names must not steer the terminal. */
  print(line: string): void {
    if (this.#timer) process.stdout.write('\r\u001b[K');
    process.stdout.write(`${safeText(line)}\n`);
    this.#redraw();
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.#timer) process.stdout.write('\n');
  }

  #redraw(): void {
    if (!this.#timer) return;
    this.terminal.setPrompt(this.prompt());
    this.terminal.prompt(true);
  }
}
