import type { CardRecord } from '../../evidence';
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
    const { actor, portalUserId, label, portalCallId, shownMs, hiddenMs, shownBy, hiddenBy } = card;
    return {
      atMs: shownMs,
      isWrong: !card.isTrue,
      cells: [
        momentText(shownMs),
        hiddenMs === undefined ? 'never' : momentText(hiddenMs),
        actor === undefined ? `user ${portalUserId}` : nameIn(actors, actor),
        html`${visibleText(label)} <small>${visibleText(portalCallId)}</small>`,
        [shownBy, hiddenBy ?? ''].filter(Boolean).join(', '),
        truthOf(card),
      ],
    };
  });
  return tableOf('Cards', columns, rows);
}

function truthOf({ isTrue, falseFromMs, why }: CardRecord): string {
  if (isTrue) return 'yes';
  const since = falseFromMs === undefined ? 'no' : `not from ${momentText(falseFromMs)} s on`;
  return why === undefined ? since : `${since}: ${visibleText(why)}`;
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
