import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { RunRecord } from '../run-record';
import { sipLog } from '../sip-log';
import { answeredCall } from '../testing/answered-call';
import { aRun } from '../testing/build';
import { cardLeftOpen } from '../testing/card-left-open';
import { HOSTILE, hostileRun } from '../testing/hostile';
import { attribute, elementsBelow, hasClass, ParsedPage, rawTextOf, textOf } from '../testing/parsed-page';
import { bigRun, sampleRun } from '../testing/sample-run';
import { visibleText } from '../text/visible-text';
import { htmlReport } from './page';
import { scenarioBody } from './scenario';

const sample = new ParsedPage(htmlReport(sampleRun()));

describe.each([
  ['a run of every kind', sampleRun()],
  ['a hostile run', hostileRun()],
  ['an empty run', aRun([])],
])('the page of %s', (_, run) => {
  const page = new ParsedPage(htmlReport(run));

  it('is HTML without a mistake', () => {
    expect(page.errors).toEqual([]);
  });

  it('has one script, and runs or loads nothing else', () => {
    expect(page.all('script')).toHaveLength(1);
    expect(page.all('style')).toHaveLength(1);
    const foreign = [
      'iframe',
      'object',
      'embed',
      'link',
      'base',
      'img',
      'image',
      'use',
      'foreignobject',
      'applet',
    ];
    expect(foreign.flatMap((tag) => page.all(tag))).toEqual([]);
    const attributes = page.elements.flatMap(({ attrs }) => attrs);
    expect(attributes.filter(({ name }) => name.startsWith('on') || name === 'style')).toEqual([]);
    const refresh = page.all('meta').filter((meta) => attribute(meta, 'http-equiv') === 'refresh');
    expect(refresh).toEqual([]);
  });

  it('has no address but places in itself, and data of harmless types', () => {
    const addresses = page.elements.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name)),
    );
    for (const { value } of addresses)
      expect(value).toMatch(/^#|^data:(?:text\/plain|audio\/wav|application\/octet-stream);/);
    const downloads = page.all('a').filter((link) => attribute(link, 'href')?.startsWith('data:'));
    expect(downloads.every((link) => attribute(link, 'download') !== undefined)).toBe(true);
  });

  it('forbids itself everything but its own style and script', () => {
    const meta = page
      .all('meta')
      .find((candidate) => attribute(candidate, 'http-equiv') === 'Content-Security-Policy');
    const policy = attribute(meta!, 'content') ?? '';
    const hash = (tag: string): string =>
      `'sha256-${createHash('sha256')
        .update(rawTextOf(page.all(tag)[0]!))
        .digest('base64')}'`;
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        `default-src 'none'`,
        `script-src ${hash('script')}`,
        `style-src ${hash('style')}`,
      ]),
    );
    expect(policy).not.toContain('unsafe');
  });

  it('has every id once, and no link into nowhere', () => {
    expect(new Set(page.ids).size).toBe(page.ids.length);
    const links = page.all('a').flatMap((link) => attribute(link, 'href') ?? []);
    const targets = links.filter((href) => href.startsWith('#')).map((href) => href.slice(1));
    expect(targets.filter((target) => !page.ids.includes(target))).toEqual([]);
  });
});

describe('the list of scenarios', () => {
  const entries = sample.all('details', 'scenario');

  it('begins with those that went wrong, and opens the first', () => {
    expect(entries.map((entry) => attribute(entry, 'data-outcome'))).toEqual([
      'failed',
      'broken',
      'passed',
      'passed',
      'skipped',
    ]);
    expect(entries.map((entry) => attribute(entry, 'open') !== undefined)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('tells in a line what a scenario is and what is wrong with it', () => {
    const [summary] = elementsBelow(entries[0]!).filter(({ tagName }) => tagName === 'summary');
    expect(textOf(summary!)).toMatch(
      /^✗failed: Three ring at once, and when one answers the others lose the card queue\/simultaneous.yaml U2a queueline 14: Anna has no card within 1s: her card.* 9\.1 s$/,
    );
  });

  it('opens nothing when all is well', () => {
    const page = new ParsedPage(htmlReport(aRun([answeredCall()])));
    expect(page.all('details', 'scenario').map((entry) => attribute(entry, 'open'))).toEqual([undefined]);
  });

  it('shows hostile names as text', () => {
    const titles = new ParsedPage(htmlReport(hostileRun())).all('span', 'title');
    expect(titles.map(rawTextOf)).toEqual([HOSTILE, HOSTILE, HOSTILE].map(visibleText));
  });
});

describe('what is inside of a scenario', () => {
  const failed = sample.byId('queue-simultaneous')!;
  const inside = elementsBelow(failed);

  it('says what was expected and what came', () => {
    const boxes = inside.filter((element) => hasClass(element, 'wrong'));
    expect(boxes.map(textOf)).toEqual([
      expect.stringMatching(
        /^line 14 Anna has no card within 1s at 4\.062 s expected no card of .* came her card, .* at 3\.141 s$/,
      ),
      expect.stringMatching(/^line 15 Boris hears the client, .* came packets, but silence in them/),
    ]);
  });

  it('marks the failed steps and their lines in the scenario', () => {
    const rows = inside.filter((element) => hasClass(element, 'step'));
    expect(rows).toHaveLength(cardLeftOpen().steps.length);
    expect(rows.filter((row) => hasClass(row, 'failed')).map(textOf)).toEqual([
      '14 ✗ Anna has no card within 1s (failed) 3.060 s 1.0 s of 5.0 s',
      '15 ✗ Boris hears the client, and the client hears Boris, for 2s (failed) 4.062 s 2.1 s of 5.0 s',
    ]);
    const marked = inside.filter(({ tagName }) => tagName === 'mark');
    expect(marked.map(rawTextOf)).toEqual([
      '14    - Anna has no card within 1s',
      '15    - Boris hears the client, and the client hears Boris, for 2s',
    ]);
  });

  it('has every message with its text, without digests', () => {
    const texts = inside.filter(({ tagName }) => tagName === 'pre').map(rawTextOf);
    for (const { startLine } of cardLeftOpen().messages)
      expect(texts.some((text) => text.startsWith(startLine))).toBe(true);
    expect(texts.join('')).not.toContain('6629fae49393a05397450978507c4ef1');
  });

  it('has the SIP log to download, byte by byte', () => {
    const link = inside.find((element) => attribute(element, 'download') === 'queue-simultaneous-sip.log');
    const [, data] = (attribute(link!, 'href') ?? '').split(',');
    expect(decodeURIComponent(data!)).toBe(sipLog(cardLeftOpen()));
  });

  it('has a table of each kind of evidence, and tells how much of it is wrong', () => {
    const summaries = inside.filter(({ tagName, parentNode }) => {
      return tagName === 'summary' && parentNode && 'attrs' in parentNode && hasClass(parentNode, 'more');
    });
    expect(summaries.map(textOf)).toEqual([
      'The scenario: queue/simultaneous.yaml',
      'REST requests (8, 1 wrong)',
      'Audio checks (3, 1 wrong)',
      'Cards (3, 1 wrong)',
      'Filed in the portal (1)',
      'Complaints of the portal (1, 1 wrong)',
      'Legs (4)',
      'Events of the switch (4)',
      '39 SIP messages',
    ]);
  });

  it('plays recordings', () => {
    const [player] = sample.all('audio');
    const recording = answeredCall().attachments[0]!.content as { base64: string };
    expect(attribute(player!, 'src')).toBe(`data:audio/wav;base64,${recording.base64}`);
  });
});

describe('a run that is too big for plain HTML', () => {
  const run = bigRun(24);
  const page = new ParsedPage(htmlReport(run, 700_000));
  const isPacked = (entry: Parameters<typeof elementsBelow>[0]): boolean =>
    elementsBelow(entry).some(({ tagName }) => tagName === 'template');

  it('has the bad scenarios as they are, and as many of the others as there is room for', () => {
    const entries = page.all('details', 'scenario');
    const isBad = entries.map((entry) => hasClass(entry, 'failed'));
    expect(isBad.indexOf(false)).toBe(2);
    expect(isBad.lastIndexOf(true)).toBe(1);
    const packed = entries.map(isPacked);
    expect(packed.slice(0, 4)).toEqual([false, false, false, false]);
    expect(packed.at(-1)).toBe(true);
  });

  it('has the others packed, whole', () => {
    const last = run.scenarios.findLast(({ outcome }) => outcome.kind === 'passed')!;
    const [template] = elementsBelow(page.byId(last.id)!).filter(({ tagName }) => tagName === 'template');
    const base64 = rawTextOf((template as unknown as { content: Parameters<typeof rawTextOf>[0] }).content);
    expect(inflateSync(Buffer.from(base64, 'base64')).toString('utf8')).toBe(scenarioBody(last).text);
  });

  it('stays below 10 MB with three hundred scenarios', () => {
    expect(htmlReport(bigRun(300)).length).toBeLessThan(10_000_000);
  });
});

it('is made of nothing but the record, also when that has been a file', () => {
  const run = sampleRun();
  expect(htmlReport(JSON.parse(JSON.stringify(run)) as RunRecord)).toBe(htmlReport(run));
});
