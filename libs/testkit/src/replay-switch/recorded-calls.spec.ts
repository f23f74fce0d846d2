import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { groundTruth, listCaptures, openCapture } from '../captured-calls/capture-library';
import { headerText, type EventRecord } from '../captured-calls/captured-event';
import { parseWavHeader } from '../recordings/wav-header';
import { ReplaySwitch } from './replay-switch';

const recorded = listCaptures().filter(
  (name) => 'RECORD_STOP' in groundTruth(name).eventCounts && name !== 'fifty-concurrent-calls',
);

describe('recordings of the calls played', () => {
  let replay: ReplaySwitch;
  let recordingsDir: string;

  beforeEach(async () => {
    replay = await ReplaySwitch.start();
    recordingsDir = join(mkdtempSync(join(tmpdir(), 'recorded-')), 'recordings');
  });
  afterEach(async () => {
    await replay.stop();
    rmSync(join(recordingsDir, '..'), { recursive: true });
  });

  it.each(recorded)('are there, playable and of the size the switch states: %s', async (name) => {
    const capture = await openCapture(name);
    await replay.play(capture, { speed: Infinity, recordingsDir });
    const stopped = capture.events
      .map(({ record }) => record)
      .filter(
        (record) => record['Event-Name'] === 'RECORD_STOP' && record['variable_RECORD_DISCARDED'] !== 'true',
      );
    const expected = stopped.map((record) => ({
      file: basename(headerText(record, 'Record-File-Path')),
      bytes: Number(headerText(record, 'variable_record_file_size')),
      seconds: Number(headerText(record, 'variable_record_ms')) / 1000,
    }));
    const files = existsSync(recordingsDir) ? readdirSync(recordingsDir) : [];
    const found = files.map((file) => {
      const wav = readFileSync(join(recordingsDir, file));
      return { file, bytes: wav.length, seconds: parseWavHeader(wav)?.seconds };
    });
    const byFile = (a: { file: string }, b: { file: string }): number => a.file.localeCompare(b.file);
    expect(found.sort(byFile)).toEqual(expected.sort(byFile));
  });

  it('lie there before the event that names them is sent', async () => {
    const stopped = replay.nextEvent((record: EventRecord) => record['Event-Name'] === 'RECORD_STOP');
    const isThere = stopped.then((record) => statSync(headerText(record, 'Record-File-Path')).size);
    await replay.play(await openCapture('inbound-answered-caller-hangs-up'), {
      speed: Infinity,
      recordingsDir,
      uuidSalt: 'x',
    });
    expect(await isThere).toBe(129_324);
    expect(readdirSync(recordingsDir)).not.toContain('41226c57-2262-443c-a8e1-c2f4741acb87.wav');
  });

  it('that cannot be written fail the play, and leave the switch as it was', async () => {
    const call = await openCapture('inbound-answered-caller-hangs-up');
    writeFileSync(recordingsDir, 'a file where a folder should be');
    await expect(replay.play(call, { speed: Infinity, recordingsDir })).rejects.toMatchObject({
      code: 'EEXIST',
    });
    await expect(replay.play(call, { speed: Infinity })).resolves.toMatchObject({ cut: false });
  });

  it('are torn when the switch is killed, if that is wanted', async () => {
    const crash = await openCapture('switch-crash-midcall');
    await replay.play(crash, { speed: Infinity, recordingsDir, tornRecordings: 'header-never-fixed' });
    const sizes = readdirSync(recordingsDir).map((file) => statSync(join(recordingsDir, file)).size);
    expect(sizes.sort((a, b) => a - b)).toEqual([65_580, 65_580, 96_044]);
    rmSync(recordingsDir, { recursive: true });
    await replay.play(crash, { speed: Infinity, recordingsDir });
    expect(readdirSync(recordingsDir)).toHaveLength(1);
  });
});
