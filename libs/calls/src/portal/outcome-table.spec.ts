import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTCOME_TABLE, outcomeRow, type OutcomeQuestion } from './outcome-table';
import { outcomesPage } from './outcomes-page';

describe('the outcome table', () => {
  it('is what the page for people shows (made anew by ./run generate)', () => {
    expect(readFileSync(join(__dirname, '../../../../docs/outcomes.md'), 'utf8')).toBe(outcomesPage());
  });

  it('has no row that another hides', () => {
    const hidden = OUTCOME_TABLE.filter((row) => {
      const asked: OutcomeQuestion = {
        direction: row.direction ?? 'internal',
        talked: row.talked ?? false,
        outcome: row.outcomes?.[0] ?? 'failed',
        hangupCause: row.hangupCauses?.at(-1),
        sipStatus: row.sipStatuses?.at(-1),
        trouble: row.troubles?.at(-1),
      };
      return outcomeRow(asked) !== row;
    });
    expect(hidden).toEqual([]);
  });

  it('has an answer for whatever it has never heard of', () => {
    const strange = {
      talked: false,
      outcome: 'failed',
      hangupCause: 'SOMETHING_NEW',
      sipStatus: 799,
    } as const;
    expect(outcomeRow({ ...strange, direction: 'inbound' }).statusCode).toBe('304');
    expect(outcomeRow({ ...strange, direction: 'outbound' }).statusCode).toBe('OTHER');
  });
});
