import { html, NOTHING, type Html, type Insertable } from '../html';

export interface Column {
  readonly heading: string;
  readonly isNumber?: boolean;
}

export interface Row {
  readonly cells: readonly Insertable[];
  readonly isWrong?: boolean;
  /** The moment that the cursor goes to when the row is clicked. */
  readonly atMs?: number;
}

/** More rows than this make a page slow, and nobody reads them; the record has them all. */
const MOST_ROWS = 500;

/** A table that is opened when wanted; nothing when it has no rows. */
export function tableOf(
  title: string,
  columns: readonly Column[],
  rows: readonly Row[],
  options: { readonly isOpen?: boolean } = {},
): Html {
  if (rows.length === 0) return NOTHING;
  const wrong = rows.filter(({ isWrong }) => isWrong).length;
  const count =
    wrong > 0 ? html`${rows.length}, <span class="bad">${wrong} wrong</span>` : html`${rows.length}`;
  const left = rows.length - MOST_ROWS;
  const open = options.isOpen ? html` open` : NOTHING;
  return html`<details class="more" ${open}>
    <summary>${title} (${count})</summary>
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${columns.map(({ heading, isNumber }) => html`<th scope="col" class="${isNumber ? 'number' : ''}">${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MOST_ROWS).map((row) => rowOf(row, columns))}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p>${left} more are in the record of the run.</p>` : NOTHING}
  </details>`;
}

function rowOf({ cells, isWrong, atMs }: Row, columns: readonly Column[]): Html {
  const at = atMs === undefined ? NOTHING : html` data-at="${atMs}"`;
  // prettier-ignore
  return html`<tr class="${isWrong ? 'wrong-row' : ''}"${at}>${cells.map((cell, i) => html`<td class="${columns[i]?.isNumber ? 'number' : ''}">${cell}</td>`)}</tr>`;
}
