import { html, type Html } from './html';

export interface PanePart {
  readonly width: number;
  readonly height: number;
  readonly content: readonly Html[];
}

export interface Pane {
  readonly kind: 'timeline' | 'ladder';
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  readonly corner: PanePart;
  readonly top: PanePart;
  readonly left: PanePart;
  readonly body: PanePart;
  /** Attributes for the script. */
  readonly data?: Readonly<Record<`data-${string}`, string>>;
}

/**
 * A picture in four parts that scrolls in both directions: what names the rows stays at the left, what names the columns
 * at the top. It is a table, so that the parts meet also where no style sheet is allowed.
 */
export function scrollPane({ kind, label, corner, top, left, body, data = {} }: Pane): Html {
  const attributes = Object.entries(data).map(([name, value]) => html` ${name}="${value}"`);
  // prettier-ignore
  return html`<div class="pane ${kind}" tabindex="0"${attributes}>
<table role="presentation" cellspacing="0" cellpadding="0">
<tr><td class="corner">${svg(corner)}</td><td class="top">${svg(top)}</td></tr>
<tr><td class="left">${svg(left)}</td><td class="body">${svg(body, label)}</td></tr>
</table>
</div>`;
}

/** Without a viewBox: where the page is narrow the names are cut off, not made smaller. */
function svg({ width, height, content }: PanePart, label?: string): Html {
  const name = label === undefined ? html` aria-hidden="true"` : html` role="group" aria-label="${label}"`;
  return html`<svg width="${Math.ceil(width)}" height="${Math.ceil(height)}" ${name}>${content}</svg>`;
}
