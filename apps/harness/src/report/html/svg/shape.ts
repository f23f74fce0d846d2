import { html, NOTHING, type Html } from '../html';
import { FONT_SIZE, MONO_SIZE } from './text-width';
import { fillOf, strokeOf, type Look } from './look';

/** What pictures are made of; in px, before it becomes SVG, so that tests can reason about it. */
export type Shape = BarShape | TextShape | LineShape | ArrowShape | AreaShape;

export interface BarShape {
  readonly kind: 'bar';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly look: Look;
  /** Shown when the mouse rests on it. */
  readonly title?: string;
  /** What is said while the cursor stands between these moments, ms. */
  readonly during?: { readonly fromMs: number; readonly toMs: number; readonly say: string };
  /** Striped: over something else, or not as it should be. */
  readonly isStriped?: boolean;
}

export interface TextShape {
  readonly kind: 'text';
  /** Of its left end. */
  readonly x: number;
  /** Of the line it stands on. */
  readonly y: number;
  readonly text: string;
  /** How wide it is at most. */
  readonly width: number;
  readonly look: Look;
  readonly isMono?: boolean;
  readonly isBold?: boolean;
}

export interface LineShape {
  readonly kind: 'line';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly look: Look;
  readonly isDashed?: boolean;
}

/** Horizontal or vertical, with its head at the end. */
export interface ArrowShape {
  readonly kind: 'arrow';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly look: Look;
  readonly title?: string;
  readonly isDashed?: boolean;
}

export interface AreaShape {
  readonly kind: 'area';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly look: Look;
}

const HEAD_LENGTH = 7;
const HEAD_HALF_WIDTH = 3.5;

/** Shapes as SVG, in the order in which they are painted. */
export function drawn(shapes: readonly Shape[]): Html[] {
  return shapes.map((shape) => {
    switch (shape.kind) {
      case 'bar':
        return bar(shape);
      case 'text':
        return text(shape);
      case 'line':
        return line(shape, shape.isDashed);
      case 'arrow':
        return arrow(shape);
      case 'area':
        return area(shape);
    }
  });
}

function bar({ x, y, width, height, look, title, during, isStriped }: BarShape): Html {
  const inner = title === undefined ? NOTHING : html`<title>${title}</title>`;
  const when = during
    ? html` data-from="${px(during.fromMs)}" data-to="${px(during.toMs)}" data-say="${during.say}"`
    : NOTHING;
  const place = html`x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="2"`;
  const stripes = isStriped ? html`<rect ${place} fill="url(#stripes)" pointer-events="none" />` : NOTHING;
  return html`<rect ${place} ${fillOf(look)} ${when}>${inner}</rect>${stripes}`;
}

function text({ x, y, text: words, look, isMono, isBold }: TextShape): Html {
  const size = isMono ? MONO_SIZE : FONT_SIZE;
  const family = isMono ? 'monospace' : 'sans-serif';
  const weight = isBold ? html` font-weight="bold"` : NOTHING;
  // prettier-ignore
  return html`<text x="${px(x)}" y="${px(y)}" ${fillOf(look, isMono ? 'mono' : '')} font-size="${size}" font-family="${family}"${weight}>${words}</text>`;
}

function line({ x1, y1, x2, y2, look }: LineShape | ArrowShape, isDashed = false): Html {
  const dashes = isDashed ? html` stroke-dasharray="4 3"` : NOTHING;
  // prettier-ignore
  return html`<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" ${strokeOf(look)}${dashes} />`;
}

function arrow(shape: ArrowShape): Html {
  const { look, title } = shape;
  const inner = title === undefined ? NOTHING : html`<title>${title}</title>`;
  const points = headOf(shape)
    .map(([x, y]) => `${px(x)},${px(y)}`)
    .join(' ');
  // prettier-ignore
  return html`<g>${inner}${line(shape, shape.isDashed)}<polygon points="${points}" ${fillOf(look)} /></g>`;
}

/** The three corners of an arrow's head; the first is its tip. */
export function headOf({ x1, y1, x2, y2 }: ArrowShape): readonly (readonly [number, number])[] {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [baseX, baseY] = [x2 - dx * HEAD_LENGTH, y2 - dy * HEAD_LENGTH];
  return [
    [x2, y2],
    [baseX - dy * HEAD_HALF_WIDTH, baseY + dx * HEAD_HALF_WIDTH],
    [baseX + dy * HEAD_HALF_WIDTH, baseY - dx * HEAD_HALF_WIDTH],
  ];
}

function area({ points, look }: AreaShape): Html {
  const path = points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ');
  return html`<polygon points="${path}" ${fillOf(look)} />`;
}

/** A tenth of a pixel is finer than anybody sees. */
function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
