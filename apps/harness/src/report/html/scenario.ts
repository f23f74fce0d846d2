import { failureLine } from '../failure-text';
import type { OutcomeKind, ScenarioRecord } from '../run-record';
import { lengthText } from '../text/durations';
import { visibleText } from '../text/visible-text';
import { attachments } from './attachments';
import { failureBox } from './failure-box';
import { html, NOTHING, type Html } from './html';
import { ladderPicture } from './ladder-picture';
import { messagesList } from './messages-list';
import { story } from './story';
import { drawn, type Shape } from './svg/shape';
import { tables } from './tables/tables';
import { timelinePicture } from './timeline/timeline';

const SIGNS: Readonly<Record<OutcomeKind, string>> = { passed: '✓', failed: '✗', broken: '!', skipped: '–' };

/** A scenario as one line that opens. `body` is what is inside, or where the script finds it. */
export function scenarioEntry(scenario: ScenarioRecord, body: Html, isOpen: boolean): Html {
  const { id, outcome, title, file, tags, durationMs } = scenario;
  const reason = outcome.kind === 'passed' ? undefined : failureLine(scenario);
  const length = outcome.kind === 'skipped' ? '' : lengthText(durationMs);
  const open = isOpen ? html` open` : NOTHING;
  // prettier-ignore
  return html`<details class="scenario ${outcome.kind}" id="${id}" data-outcome="${outcome.kind}" data-tags="${tags.map(visibleText).join('\n')}"${open}>
<summary><span class="sign" aria-hidden="true">${SIGNS[outcome.kind]}</span><span class="what"><span class="hidden">${outcome.kind}: </span><span class="title" role="heading" aria-level="2">${visibleText(title)}</span> <span class="file">${visibleText(file)}</span>${tags.map((tag) => html` <span class="tag">${visibleText(tag)}</span>`)}${reason === undefined ? NOTHING : html`<br><span class="reason">${reason}</span>`}</span> <span class="length">${length}</span></summary>
<div class="inside">${body}</div>
</details>`;
}

/** All about a scenario. */
export function scenarioBody(scenario: ScenarioRecord): Html {
  return html`${failureBox(scenario)} ${timelineSection(scenario)} ${ladderSection(scenario)}
  ${story(scenario)} ${tables(scenario)} ${messagesList(scenario)} ${attachments(scenario)}`;
}

function timelineSection(scenario: ScenarioRecord): Html {
  const picture = timelinePicture(scenario);
  if (!picture) return NOTHING;
  return html`<section class="picture">
    <h3>What happened when</h3>
    <div class="cursor" hidden>
      <label>moment <input type="range" step="any" /></label> <output></output>
    </div>
    ${picture} ${legend()}
  </section>`;
}

/** Keys are pictures too, so that they have their colours where style sheets are forbidden. */
function legend(): Html {
  const keys = LEGEND.map(([look, words]) => {
    const key: Shape = { kind: 'bar', x: 0, y: 1, width: 11, height: 11, look };
    return html`<span><svg width="11" height="12" aria-hidden="true">${drawn([key])}</svg> ${words}</span> `;
  });
  return html`<p class="legend">${keys}</p>`;
}

const LEGEND = [
  ['request', 'SIP request'],
  ['success', 'success'],
  ['refusal', 'refusal'],
  ['ringing', 'rings'],
  ['bridged', 'bridged'],
  ['held', 'on hold'],
  ['card', 'card on screen'],
  ['card-false', 'false card'],
  ['rest', 'request'],
  ['rest-error', 'request failed'],
  ['tone', 'expected tone'],
  ['tone-odd', 'other tone'],
  ['no-packets', 'no packets'],
] as const;

function ladderSection(scenario: ScenarioRecord): Html {
  const picture = ladderPicture(scenario);
  if (!picture) return NOTHING;
  return html`<section class="picture">
    <h3>SIP ladder</h3>
    <div class="ladder-and-text">
      ${picture}
      <div class="message-text" hidden><pre tabindex="0" aria-live="polite"></pre></div>
    </div>
  </section>`;
}
