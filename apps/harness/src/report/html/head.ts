import type { RunRecord } from '../run-record';
import { lengthText } from '../text/durations';
import { visibleText } from '../text/visible-text';
import { OUTCOME_KINDS, totalsOf, type Totals } from '../totals';
import { html, NOTHING, type Html } from './html';
import { fillOf } from './svg/look';

/** More tags than this are no filter any more. */
const MOST_TAGS = 40;

/** What was run, where, and how it ended. */
export function header(run: RunRecord): Html {
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
    const part = html`<rect x="${x}" y="0" width="${width}" height="6" ${fillOf(`outcome-${kind}`)} />`;
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

/** Which scenarios are listed. The script shows it: without it nothing would happen. */
export function filters({ scenarios }: RunRecord): Html {
  const totals = totalsOf(scenarios);
  const kinds = OUTCOME_KINDS.filter((kind) => totals[kind] > 0);
  const tags = [...new Set(scenarios.flatMap((scenario) => scenario.tags.map(visibleText)))]
    .sort()
    .slice(0, MOST_TAGS);
  // prettier-ignore
  return html`<form class="filters" role="search" hidden>
<input type="search" name="text" placeholder="Search titles, files, reasons" aria-label="Search titles, files and reasons">
<fieldset><legend class="hidden">Outcome</legend>${kinds.map((kind) => html`<label><input type="checkbox" name="outcome" value="${kind}" checked><span>${kind}</span></label>`)}</fieldset>
<fieldset><legend class="hidden">Tag</legend>${tags.map((tag) => html`<label><input type="checkbox" name="tag" value="${tag}"><span>${tag}</span></label>`)}</fieldset>
<output></output>
</form>`;
}
