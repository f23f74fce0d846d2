/** Text that is HTML already. Only `html` makes it, so whatever else is put into a page gets escaped. */
export class Html {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template for HTML: every inserted text is escaped, for content and for quoted attributes. */
export function html(literals: TemplateStringsArray, ...inserted: readonly (string | Html)[]): Html {
  const parts = literals.map((literal, index) => {
    const value = inserted[index] ?? '';
    return literal + (value instanceof Html ? value.text : escapeHtml(value));
  });
  return new Html(parts.join(''));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
