import type { ScenarioRecord } from '../../run-record';
import { momentText } from '../../text/durations';
import { visibleText } from '../../text/visible-text';
import { html, type Html } from '../html';
import { nameIn } from '../timeline/sound-words';
import { tableOf, type Row } from './table';

/** Every card on every screen. */
export function cardsTable({ cards, actors }: ScenarioRecord): Html {
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

/** What the portal holds of the calls in the end. */
export function filedTable({ filed }: ScenarioRecord): Html {
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

/** What the portal found fault with. */
export function complaintsTable({ complaints }: ScenarioRecord): Html {
  const rows = complaints.map(({ kind, detail }): Row => ({
    isWrong: true,
    cells: [visibleText(kind), visibleText(detail)],
  }));
  return tableOf('Complaints of the portal', [{ heading: 'kind' }, { heading: 'what' }], rows);
}
