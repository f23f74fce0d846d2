import type { ScenarioRecord } from '../../run-record';
import { momentText } from '../../text/durations';
import { visibleText } from '../../text/visible-text';
import { html, type Html, type Insertable } from '../html';
import { nameIn } from '../timeline/sound-words';
import { tableOf, type Row } from './table';

/** Every leg with its moments. */
export function legsTable({ legs, actors }: ScenarioRecord): Html {
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

/** What the switch told. */
export function eventsTable({ switchEvents, actors }: ScenarioRecord): Html {
  const columns = [
    { heading: 'at', isNumber: true },
    { heading: 'event' },
    { heading: 'leg' },
    { heading: 'cause' },
    { heading: 'detail' },
  ];
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

/** What our database says of the calls. */
export function factsTable({ callFacts }: ScenarioRecord): Html {
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
