import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../run-record';
import { visibleText } from '../text/visible-text';
import { totalsOf, totalsText } from '../totals';
import { Html, html, NOTHING } from './html';
import { filters, header } from './head';
import { MOST_PLAIN_CHARACTERS, scenarioBodies, worstFirst } from './packing';
import { scenarioEntry } from './scenario';
import { darkLooks } from './svg/look';

const STYLE = partOf('report.css') + darkLooks();
const SCRIPT = partOf('report.cjs');

/**
 * The run as one HTML file that needs nothing else, opens from a disk or out of a CI, and can be read without scripts.
 *
 * It forbids itself to load or run anything but what it was made with: should something hostile ever get through the
 * escaping, the browser refuses it.
 *
 * @param room how many characters of details are plain HTML; the others are packed
 */
export function htmlReport(run: RunRecord, room = MOST_PLAIN_CHARACTERS): string {
  const bodies = scenarioBodies(run, room);
  const ordered = worstFirst(run.scenarios);
  const firstBad = ordered.find(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'broken');
  const entries = ordered.map((scenario) =>
    scenarioEntry(scenario, bodies[run.scenarios.indexOf(scenario)] ?? NOTHING, scenario === firstBad),
  );
  // prettier-ignore
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${titleOf(run)}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<svg width="0" height="0" aria-hidden="true" class="patterns"><defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" fill="#ffffff" fill-opacity="0.45"/></pattern></defs></svg>
${header(run)}
${filters(run)}
<main>${entries}</main>
<p class="none" hidden>No scenario is like that.</p>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** A browser counts line breaks as LF, also for the hashes, whatever Git made of them. */
function partOf(file: string): string {
  return readFileSync(join(__dirname, 'browser', file), 'utf8').replace(/\r\n/g, '\n');
}

/** Only this very style and script; data addresses for recordings. */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    `default-src 'none'`,
    `style-src ${hash(STYLE)}`,
    `script-src ${hash(SCRIPT)}`,
    `img-src data:`,
    `media-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

function titleOf({ scenarios, suite }: RunRecord): string {
  return visibleText(`${totalsText(totalsOf(scenarios))}: ${suite}`);
}
