/** Text that is HTML already. Only `html` makes it, so whatever else is put into a page gets escaped. */
export class Html {
  constructor(readonly text: string) {}
}

export type Insertable = string | number | Html | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template for HTML and SVG: every inserted text is escaped, for content and for quoted attributes. */
export function html(literals: TemplateStringsArray, ...inserted: readonly Insertable[]): Html {
  // Added up, not joined: the engine then copies the text of a page once, not at every level of it.
  let text = literals[0] ?? '';
  for (const [index, value] of inserted.entries()) text += written(value) + (literals[index + 1] ?? '');
  return new Html(text);
}

/** Pieces with a text between them. */
export function joined(pieces: readonly Html[], between: string): Html {
  return new Html(pieces.map(({ text }) => text).join(escapeHtml(between)));
}

/** Nothing, for what is left out. */
export const NOTHING = new Html('');

function written(value: Insertable): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.reduce((all, { text }) => all + text, '');
  return escapeHtml(String(value));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
