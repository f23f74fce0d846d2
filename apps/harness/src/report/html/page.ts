import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../run-record';
import { lengthText } from '../text/durations';
import { visibleText } from '../text/visible-text';
import { OUTCOME_KINDS, totalsOf, totalsText, type Totals } from '../totals';
import { Html, html, NOTHING } from './html';
import { scenarioBodies, worstFirst } from './packing';
import { scenarioEntry } from './scenario';

const STYLE = readFileSync(join(__dirname, 'browser/report.css'), 'utf8');
const SCRIPT = readFileSync(join(__dirname, 'browser/report.cjs'), 'utf8');
/** More tags than this are no filter any more. */
const MOST_TAGS = 40;

/**
 * The run as one HTML file that needs nothing else, opens from a disk or out of a CI, and can be read without scripts.
 *
 * It forbids itself to load or run anything but what it was made with: should something hostile ever get through the
 * escaping, the browser refuses it.
 */
export function htmlReport(run: RunRecord): string {
  const bodies = scenarioBodies(run);
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

function header(run: RunRecord): Html {
  const { suite, target, startedAt, endedAt, scenarios, interrupted, environment } = run;
  const totals = totalsOf(scenarios);
  const where = target.kind === 'embedded' ? 'embedded switch' : 'FreeSWITCH';
  const facts = environment.map(
    ({ name, value }) => html`<li>${visibleText(name)} <b>${visibleText(value)}</b></li>`,
  );
  return html`<header>
    <h1>${visibleText(suite)} <small>on the ${where} ${visibleText(target.version)}</small></h1>
    <p class="when">
      <time datetime="${startedAt}">${startedAt.slice(0, 19).replace('T', ' ')} UTC</time>, took
      ${lengthText(Date.parse(endedAt) - Date.parse(startedAt))}
    </p>
    ${interrupted === undefined ? NOTHING : html`<p class="interrupted">Interrupted: ${visibleText(interrupted)}</p>`}
    ${totalsBar(totals)}
    <ul class="facts">
      ${facts}
    </ul>
  </header>`;
}

function totalsBar(totals: Totals): Html {
  const kinds = OUTCOME_KINDS.filter((kind) => totals[kind] > 0);
  const all = kinds.reduce((sum, kind) => sum + totals[kind], 0);
  let x = 0;
  const parts = kinds.map((kind) => {
    const width = (totals[kind] / all) * 100;
    const part = html`<rect
      x="${x}"
      y="0"
      width="${width}"
      height="6"
      class="o-${kind}"
      fill="${OUTCOME_COLOURS[kind]}"
    />`;
    x += width;
    return part;
  });
  return html`<ul class="totals">
      ${kinds.map((kind) => html`<li class="${kind}"><b>${totals[kind]}</b> ${kind}</li>`)}
    </ul>
    <svg
      class="bar"
      viewBox="0 0 100 6"
      width="100%"
      height="6"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      ${parts}
    </svg>`;
}

const OUTCOME_COLOURS = {
  failed: '#c0392b',
  broken: '#b9770e',
  passed: '#1d8348',
  skipped: '#8a95a3',
} as const;

/** Shown by the script: without it nothing would happen. */
function filters({ scenarios }: RunRecord): Html {
  const totals = totalsOf(scenarios);
  const kinds = OUTCOME_KINDS.filter((kind) => totals[kind] > 0);
  const tags = [...new Set(scenarios.flatMap((scenario) => scenario.tags))].sort().slice(0, MOST_TAGS);
  // prettier-ignore
  return html`<form class="filters" role="search" hidden>
<input type="search" name="text" placeholder="Search titles, files, reasons" aria-label="Search titles, files and reasons">
<fieldset><legend class="hidden">Outcome</legend>${kinds.map((kind) => html`<label><input type="checkbox" name="outcome" value="${kind}" checked><span>${kind}</span></label>`)}</fieldset>
<fieldset><legend class="hidden">Tag</legend>${tags.map((tag) => html`<label><input type="checkbox" name="tag" value="${tag}"><span>${visibleText(tag)}</span></label>`)}</fieldset>
<output></output>
</form>`;
}
