import type { ScenarioRecord } from '../../run-record';
import { html, type Html } from '../html';
import { audioTable } from './audio-table';
import { cardsTable, complaintsTable, filedTable } from './portal-tables';
import { requestsTable } from './requests-table';
import { eventsTable, factsTable, legsTable } from './switch-tables';

const TABLES = [
  requestsTable,
  audioTable,
  cardsTable,
  filedTable,
  factsTable,
  complaintsTable,
  legsTable,
  eventsTable,
];

/** All evidence as tables, in the order in which people look at it. */
export function tables(scenario: ScenarioRecord): Html {
  return html`${TABLES.map((table) => table(scenario))}`;
}
