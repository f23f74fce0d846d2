import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from './run-record';
import { sampleRun } from './testing/sample-run';
import { ReportError, writeReports } from './write-reports';

describe('the reports of a run', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'connector-reports-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const read = (name: string): Promise<string> => readFile(join(directory, name), 'utf8');

  it('go where they are wanted', async () => {
    const [html, junit, record] = ['out/report.html', 'junit.xml', 'out/run.json'].map((name) =>
      join(directory, name),
    );
    await writeReports(sampleRun(), { html, junit, record });
    expect(await read('out/report.html')).toMatch(/^<!doctype html>/);
    expect(await read('junit.xml')).toContain('<testsuite name="scenarios on embedded"');
    const written = JSON.parse(await read('out/run.json')) as RunRecord;
    expect(written).toMatchObject({ format: 'sip-harness-run', version: 1 });
    expect(written.scenarios.map(({ id }) => id)).toEqual(sampleRun().scenarios.map(({ id }) => id));
  });

  it('give no digest away', async () => {
    const files = { html: join(directory, 'a.html'), record: join(directory, 'a.json') };
    await writeReports(sampleRun(), files);
    for (const name of ['a.html', 'a.json'])
      expect(await read(name)).not.toContain('6629fae49393a05397450978507c4ef1');
  });

  it('that cannot be written say which and why, and do not cost the others', async () => {
    const blocked = join(directory, 'file');
    await writeFile(blocked, '');
    const junit = join(directory, 'junit.xml');
    const writing = writeReports(sampleRun(), { html: join(blocked, 'report.html'), junit });
    await expect(writing).rejects.toThrow(ReportError);
    await expect(writing).rejects.toThrow(/^The report .*file\/report\.html could not be written: /);
    expect(await read('junit.xml')).toContain('<testsuites>');
  });
});
