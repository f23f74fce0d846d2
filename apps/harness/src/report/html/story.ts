import type { ScenarioRecord, StepRecord } from '../run-record';
import { lengthText, momentText } from '../text/durations';
import { visibleLines, visibleText } from '../text/visible-text';
import { html, joined, type Html } from './html';

const SIGNS: Readonly<Record<StepRecord['outcome'], string>> = {
  passed: '✓',
  failed: '✗',
  broken: '!',
  'not-reached': '·',
};
const WORDS: Readonly<Record<StepRecord['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  broken: 'broken',
  'not-reached': 'not reached',
};

/** The steps of a scenario as a table, and its text. */
export function story({ steps, source, file }: ScenarioRecord): Html {
  if (steps.length === 0) return sourceText(source, file, new Set());
  const failed = new Set(
    steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'broken').map(({ line }) => line),
  );
  return html`<div class="wide">
      <table class="steps">
        <caption>
          Steps
        </caption>
        <thead>
          <tr>
            <th scope="col" class="number">line</th>
            <th scope="col">step</th>
            <th scope="col" class="number">began at</th>
            <th scope="col" class="number">took</th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(stepRow)}
        </tbody>
      </table>
    </div>
    ${sourceText(source, file, failed)}`;
}

function stepRow({ outcome, line, text, beganMs, endedMs, deadlineMs }: StepRecord): Html {
  const began = beganMs === undefined ? '' : `${momentText(beganMs)} s`;
  const took = beganMs === undefined || endedMs === undefined ? '' : lengthText(endedMs - beganMs);
  const most = took === '' || deadlineMs === undefined ? '' : ` of ${lengthText(deadlineMs)}`;
  return html`<tr class="step ${outcome}" data-at="${beganMs ?? ''}">
    <td class="number">${line}</td>
    <td>
      <span class="sign" aria-hidden="true">${SIGNS[outcome]}</span>
      ${visibleText(text)}<span class="hidden"> (${WORDS[outcome]})</span>
    </td>
    <td class="number">${began}</td>
    <td class="number">${took}<small>${most}</small></td>
  </tr>`;
}

function sourceText(source: string, file: string, failed: ReadonlySet<number>): Html {
  const lines = visibleLines(source).replace(/\n$/, '').split('\n');
  const width = String(lines.length).length;
  const rows = lines.map((text, index) => {
    const line = `${String(index + 1).padStart(width)}  ${text}`;
    return failed.has(index + 1) ? html`<mark>${line}</mark>` : html`${line}`;
  });
  return html`<details class="more">
    <summary>The scenario: ${visibleText(file)}</summary>
    <pre class="source">${joined(rows, '\n')}</pre>
  </details>`;
}
