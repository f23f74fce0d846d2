import type { RequestRecord } from '../../evidence';
import type { ScenarioRecord } from '../../run-record';
import { lengthText, momentText } from '../../text/durations';
import { visibleLines, visibleText } from '../../text/visible-text';
import { html, NOTHING, type Html } from '../html';
import { isBad } from '../timeline/requests-band';
import { tableOf, type Row } from './table';

const MOST_PARAMS = 4000;

/** Every request with its parameters and its answer. */
export function requestsTable({ requests }: ScenarioRecord): Html {
  const columns = [
    { heading: 'at', isNumber: true },
    { heading: 'method' },
    { heading: 'answer' },
    { heading: 'took', isNumber: true },
  ];
  const rows = requests.map((request): Row => {
    const { atMs, method, batchId, durationMs } = request;
    const batch = batchId !== undefined && method !== 'batch' ? ' (in a batch)' : '';
    return {
      atMs,
      isWrong: isBad(request),
      cells: [
        momentText(atMs),
        html`<details class="params">
          <summary>${visibleText(method)}<small>${batch}</small></summary>
          <pre>${paramsText(request)}</pre>
        </details>`,
        answerOf(request),
        durationMs === undefined ? '' : lengthText(durationMs),
      ],
    };
  });
  return tableOf('REST requests', columns, rows);
}

function paramsText({ params, batchId }: RequestRecord): string {
  const text = visibleLines(JSON.stringify(params, null, 2));
  const batch = batchId === undefined ? '' : `batch ${visibleText(batchId)}\n`;
  return batch + (text.length > MOST_PARAMS ? `${text.slice(0, MOST_PARAMS)}…` : text);
}

function answerOf({ status, error, fault }: RequestRecord): Html {
  const what =
    error === undefined
      ? NOTHING
      : html` <b>${visibleText(error.code)}</b> ${visibleText(error.description)}`;
  const why = fault === undefined ? NOTHING : html` <small>(on purpose: ${visibleText(fault)})</small>`;
  return html`${status ?? 'no answer'}${what}${why}`;
}
