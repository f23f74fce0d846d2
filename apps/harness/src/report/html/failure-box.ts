import { failedSteps } from '../failure-text';
import type { ScenarioRecord, StepRecord } from '../run-record';
import { momentText } from '../text/durations';
import { visibleLines, visibleText } from '../text/visible-text';
import { html, NOTHING, type Html } from './html';

/** What went wrong, before anything else: a box per failed step, or what broke the scenario. */
export function failureBox(scenario: ScenarioRecord): Html {
  const { outcome } = scenario;
  if (outcome.kind === 'skipped') return html`<p class="reason">Skipped: ${visibleText(outcome.reason)}</p>`;
  const broken =
    outcome.kind === 'broken'
      ? html`<section class="wrong broken">
          <h3>The scenario could not be judged</h3>
          <pre>${visibleLines(outcome.error)}</pre>
        </section>`
      : NOTHING;
  const failed = failedSteps(scenario).filter((step) => step.outcome === 'failed');
  return html`${broken}${failed.map(stepBox)}`;
}

function stepBox({ line, text, endedMs, expected, came }: StepRecord): Html {
  const when =
    endedMs === undefined
      ? NOTHING
      : html`<button type="button" class="at" data-at="${endedMs}">at ${momentText(endedMs)} s</button>`;
  return html`<section class="wrong">
    <h3><span class="line">line ${line}</span> ${visibleText(text)} ${when}</h3>
    <dl>${labelled('expected', expected)}${labelled('came', came)}</dl>
  </section>`;
}

function labelled(term: string, text: string | undefined): Html {
  if (text === undefined) return NOTHING;
  return html`<div class="${term}">
    <dt>${term}</dt>
    <dd>${visibleLines(text)}</dd>
  </div>`;
}
