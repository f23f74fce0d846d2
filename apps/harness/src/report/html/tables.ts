import type { AudioCheckRecord, RequestRecord } from '../evidence';
import type { ScenarioRecord } from '../run-record';
import { lengthText, momentText } from '../text/durations';
import { visibleLines, visibleText } from '../text/visible-text';
import { html, NOTHING, type Html, type Insertable } from './html';
import { tableOf, type Row } from './table';
import { expectedText, nameIn } from './timeline/audio-band';
import { isBad } from './timeline/requests-band';

const MOST_PARAMS = 4000;
const AT = { heading: 'at', isNumber: true };

/** All evidence as tables, in the order in which people look at it. */
export function tables(scenario: ScenarioRecord): Html {
  return html`${requestsTable(scenario)}${audioTable(scenario)}${cardsTable(scenario)}${filedTable(scenario)}${factsTable(scenario)}${complaintsTable(scenario)}${legsTable(scenario)}${eventsTable(scenario)}`;
}

export function requestsTable({ requests }: ScenarioRecord): Html {
  const columns = [AT, { heading: 'method' }, { heading: 'answer' }, { heading: 'took', isNumber: true }];
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

export function audioTable({ audio, actors }: ScenarioRecord): Html {
  const columns = [
    { heading: 'from', isNumber: true },
    { heading: 'to', isNumber: true },
    { heading: 'who' },
    { heading: 'should hear' },
    { heading: 'heard' },
    { heading: 'loudness', isNumber: true },
    { heading: 'packets', isNumber: true },
    { heading: 'lost', isNumber: true },
    { heading: 'gaps', isNumber: true },
    { heading: 'jitter', isNumber: true },
  ];
  const rows = audio.map((check): Row => ({
    atMs: check.fromMs,
    isWrong: !check.isRight,
    cells: [
      momentText(check.fromMs),
      momentText(check.toMs),
      nameIn(actors, check.listener),
      expectedText(check.expected, actors),
      visibleText(check.finding),
      loudnessOf(check),
      check.packets,
      check.lost,
      gapsOf(check),
      check.jitterMs === undefined ? '' : `${check.jitterMs.toFixed(1)} ms`,
    ],
  }));
  return tableOf('Audio checks', columns, rows);
}

/** The median of the blocks that came: robust against the silence at the edges. */
function loudnessOf({ levelsDb }: AudioCheckRecord): string {
  const came = levelsDb.filter((level) => level !== null).sort((a, b) => a - b);
  const median = came[Math.floor(came.length / 2)];
  return median === undefined ? 'nothing' : `${median.toFixed(0)} dBov`;
}

function gapsOf({ gaps }: AudioCheckRecord): string {
  const longest = Math.max(0, ...gaps.map(({ fromMs, toMs }) => (toMs ?? fromMs) - fromMs));
  return gaps.length === 0 ? '0' : `${gaps.length}, up to ${lengthText(longest)}`;
}

function cardsTable({ cards, actors }: ScenarioRecord): Html {
  const columns = [
    { heading: 'shown', isNumber: true },
    { heading: 'hidden', isNumber: true },
    { heading: 'who' },
    { heading: 'card' },
    { heading: 'by' },
    { heading: 'true' },
  ];
  const rows = cards.map((card): Row => {
    const { actor, portalUserId, label, portalCallId, shownMs, hiddenMs, shownBy, hiddenBy, isTrue, why } =
      card;
    const who = actor === undefined ? `user ${portalUserId}` : nameIn(actors, actor);
    const verdict = isTrue ? 'yes' : `no${why === undefined ? '' : `: ${visibleText(why)}`}`;
    return {
      atMs: shownMs,
      isWrong: !isTrue,
      cells: [
        momentText(shownMs),
        hiddenMs === undefined ? 'never' : momentText(hiddenMs),
        who,
        html`${visibleText(label)} <small>${visibleText(portalCallId)}</small>`,
        [shownBy, hiddenBy ?? ''].filter(Boolean).join(', '),
        verdict,
      ],
    };
  });
  return tableOf('Cards', columns, rows);
}

function filedTable({ filed }: ScenarioRecord): Html {
  const headings = ['phone', 'direction', 'line', 'user', 'status', 'talk', 'recording', 'bound to'];
  const rows = filed.map(
    ({
      phone,
      direction,
      line,
      portalUserId,
      statusCode,
      failedReason,
      talkSeconds,
      recording,
      crm,
    }): Row => ({
      cells: [
        visibleText(phone),
        visibleText(direction),
        visibleText(line ?? ''),
        portalUserId,
        visibleText([statusCode, failedReason ?? ''].join(' ').trim()),
        `${talkSeconds} s`,
        recording === undefined ? 'none' : recordingText(recording),
        visibleText(crm ?? ''),
      ],
    }),
  );
  return tableOf(
    'Filed in the portal',
    headings.map((heading) => ({ heading })),
    rows,
  );
}

function recordingText({
  fileName,
  seconds,
}: {
  readonly fileName: string;
  readonly seconds?: number;
}): string {
  return visibleText(
    `${fileName}, ${seconds === undefined ? 'cannot be played' : `${seconds.toFixed(1)} s`}`,
  );
}

function factsTable({ callFacts }: ScenarioRecord): Html {
  const rows = callFacts.flatMap(({ callId, facts }) =>
    facts.map(({ name, value }, index): Row => ({
      cells: [index === 0 ? visibleText(callId) : '', visibleText(name), visibleText(value)],
    })),
  );
  return tableOf(
    'Facts in the database',
    [{ heading: 'call' }, { heading: 'fact' }, { heading: 'value' }],
    rows,
  );
}

function complaintsTable({ complaints }: ScenarioRecord): Html {
  const rows = complaints.map(({ kind, detail }): Row => ({
    isWrong: true,
    cells: [visibleText(kind), visibleText(detail)],
  }));
  return tableOf('Complaints of the portal', [{ heading: 'kind' }, { heading: 'what' }], rows);
}

function legsTable({ legs, actors }: ScenarioRecord): Html {
  const headings = ['created', 'rang', 'answered', 'bridged', 'held', 'ended'];
  const columns = [
    { heading: 'who' },
    ...headings.map((heading) => ({ heading, isNumber: true })),
    { heading: 'cause' },
    { heading: 'channel' },
  ];
  const moment = (ms: number | undefined): Insertable => (ms === undefined ? '' : momentText(ms));
  const rows = legs.map((leg): Row => ({
    atMs: leg.createdMs,
    cells: [
      nameIn(actors, leg.actor),
      moment(leg.createdMs),
      moment(leg.rangMs),
      moment(leg.answeredMs),
      leg.bridges.map(({ fromMs }) => momentText(fromMs)).join(', '),
      leg.holds.map(({ fromMs }) => momentText(fromMs)).join(', '),
      moment(leg.endedMs),
      visibleText(leg.hangupCause ?? ''),
      html`<code>${visibleText(leg.channelUuid)}</code>`,
    ],
  }));
  return tableOf('Legs', columns, rows);
}

function eventsTable({ switchEvents, actors }: ScenarioRecord): Html {
  const columns = [AT, { heading: 'event' }, { heading: 'leg' }, { heading: 'cause' }, { heading: 'detail' }];
  const rows = switchEvents.map(({ atMs, name, actor, channelUuid, hangupCause, detail }): Row => ({
    atMs,
    cells: [
      momentText(atMs),
      visibleText(name),
      actor === undefined ? visibleText(channelUuid ?? '') : nameIn(actors, actor),
      visibleText(hangupCause ?? ''),
      visibleText(detail ?? ''),
    ],
  }));
  return tableOf('Events of the switch', columns, rows);
}
