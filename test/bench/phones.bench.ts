/**
 * How many calls the test phones of one process can hold, both phones of each call in it: CPU, whether everybody really
 * hears the other, and how late the clock of the sound was. Signalling goes directly from phone to phone over UDP.
 *
 * Figures of the machine it was written on (2 shared cores, node 20): see apps/harness/src/phones/README.md.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { answers } from '../../apps/harness/src/phones/call/behaviour';
import type { PhoneCall } from '../../apps/harness/src/phones/call/phone-call';
import { PhoneLab } from '../../apps/harness/src/phones/lab/phone-lab';
import { Phone } from '../../apps/harness/src/phones/phone/phone';

const SIZES = [10, 50, 100, 200];
const WINDOW_MS = 5_000;
/** Calls begun at once; more would only wait for each other. */
const AT_ONCE = 10;
/** All callers say one tone, and all who are called another: there are more phones than tones. */
const CALLER_HZ = 1150;
const CALLEE_HZ = 1850;

interface Pair {
  readonly out: PhoneCall;
  readonly into: PhoneCall;
}

async function phone(lab: PhoneLab, number: string, toneHz: number): Promise<Phone> {
  const network = { transport: 'udp', listen: { host: '127.0.0.1', port: 0 } } as const;
  return Phone.open(lab, { number, domain: 'bench.example', network, toneHz, behaviour: answers });
}

async function talk(caller: Phone, callee: Phone): Promise<Pair> {
  const out = caller.call(callee.contact);
  const into = await callee.untilCalled({ withinMs: 30_000 });
  await out.untilHears(CALLEE_HZ, { withinMs: 30_000 });
  return { out, into };
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** One row of the table. */
async function measure(calls: number): Promise<string> {
  const lab = new PhoneLab();
  const phones: Phone[] = [];
  for (let i = 0; i < calls; i++) {
    phones.push(await phone(lab, `1${i}`, CALLER_HZ), await phone(lab, `2${i}`, CALLEE_HZ));
  }
  const before = cpuMs();
  const pairs: Pair[] = [];
  for (let i = 0; i < calls; i += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, calls - i) }, (_, k) => 2 * (i + k));
    pairs.push(...(await Promise.all(batch.map((k) => talk(phones[k]!, phones[k + 1]!)))));
  }
  const setUpMs = (cpuMs() - before) / (2 * calls);
  const [from, startedAt] = [cpuMs(), performance.now()];
  await pause(WINDOW_MS);
  const cpu = ((cpuMs() - from) / (performance.now() - startedAt)) * 100;
  const hearing = pairs.filter(({ out }) => out.tonesNow.includes(CALLEE_HZ)).length;
  const heard = pairs.filter(({ into }) => into.tonesNow.includes(CALLER_HZ)).length;
  const lost = pairs.reduce((sum, { out, into }) => sum + out.audio.lost + into.audio.lost, 0);
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  await Promise.all(phones.map((one) => one.close()));
  return [
    String(calls).padStart(5),
    `${cpu.toFixed(0)} %`.padStart(8),
    `${(cpu / (2 * calls)).toFixed(2)} %`.padStart(14),
    `${setUpMs.toFixed(1)} ms`.padStart(16),
    `${hearing + heard}/${2 * calls}`.padStart(12),
    String(lost).padStart(7),
    `${lab.clock.worstLateMs.toFixed(0)} ms`.padStart(11),
    `${memory} MB`.padStart(8),
  ].join(' ');
}

/** Prints the table. */
export async function run(): Promise<void> {
  console.log('calls      CPU  CPU/endpoint  CPU/leg, set-up     hearing    lost  clock late   memory');
  for (const calls of SIZES) console.log(await measure(calls));
}

export { run as main };

if (require.main === module) void run();
