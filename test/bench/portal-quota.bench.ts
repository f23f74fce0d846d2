/**
 * What a call costs of a portal's request limit, by how many others wait for a turn at the same time: requests that the
 * portal counts (a batch is one), and the commands they carry. Virtual time and a fake portal, so the numbers are the same
 * on any machine.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakePortal, ManualClock, writeRecording } from '@app/testkit';
import { Desk } from '../../libs/sync/src/testing/desk';
import { PhoneCall } from '../../libs/sync/src/testing/phone-call';

const PATH = '/recordings/talk.wav';
const HOUR = 3_600_000;

/** A call that two phones ring for, with a talk that is recorded: from its start to its end. */
const TURNS: readonly ((phone: PhoneCall) => PhoneCall)[] = [
  (phone) => phone.comesIn().rings('1001', '1002'),
  (phone) => phone.wait(4).answers('1001', PATH),
  (phone) => phone.wait(60).recorded(PATH).hangsUp(),
];

interface Cost {
  readonly requests: number;
  readonly uploads: number;
  readonly commands: number;
}

/** So many calls side by side; after each of their turns they wait, and are sent for. */
async function together(calls: number, localPath: string, ageMs: number): Promise<Cost> {
  const clock = new ManualClock();
  const portal = new FakePortal({ clock, rateLimit: false });
  const desk = new Desk(portal, clock);
  desk.recording = { kind: 'file', localPath, bytes: statSync(localPath).size, torn: false };
  const phones = Array.from({ length: calls }, (_, n) => new PhoneCall(`call-${n}`, clock.now() - ageMs));
  const live = ageMs === 0 ? TURNS : [(phone: PhoneCall) => TURNS.reduce((one, turn) => turn(one), phone)];
  for (const turn of live) {
    for (const phone of phones) {
      // A single one does not wait: its turn is at once.
      if (calls > 1) desk.turns.answers.push({ kind: 'listed', isFirst: true });
      await desk.sync(turn(phone).call);
    }
    while ((await desk.sendWaiting()).kind === 'wait') clock.advance(2_000);
  }
  if (portal.state.recordings.size !== calls) throw new Error('not every call was filed with its recording');
  const counted = portal.requests.filter(({ inBatch }) => inBatch === undefined);
  const isUpload = ({ method }: { readonly method: string }) => method === 'upload';
  return {
    requests: counted.length / calls,
    uploads: counted.filter(isUpload).length / calls,
    commands: portal.requests.filter(({ method }) => method !== 'batch').length / calls,
  };
}

/** Prints requests and commands per call. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'quota-'));
  try {
    const localPath = join(folder, 'talk.wav');
    writeRecording(localPath, { seconds: 0.1 });
    const rows = [];
    for (const [what, calls, ageMs] of [
      ['a call alone', 1, 0],
      ['10 calls side by side', 10, 0],
      ['50 calls side by side', 50, 0],
      ['a backlog of 50', 50, 3 * HOUR],
    ] as const) {
      const { requests, uploads, commands } = await together(calls, localPath, ageMs);
      const row = { requests, uploads, commands };
      rows.push({ what, ...Object.fromEntries(Object.entries(row).map(([k, v]) => [k, v.toFixed(2)])) });
    }
    console.table(rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
