import { html, type Html } from '../html';

/**
 * How parts of pictures look, in the light and in the dark colour scheme. The light colours are written into the SVG
 * itself, for viewers that forbid style sheets (Jenkins does); a style sheet brings the dark ones.
 */
const LOOKS = {
  grid: ['#e3e7ec', '#26303b'],
  lifeline: ['#c3cad3', '#44505e'],
  text: ['#1f2733', '#dfe5ec'],
  muted: ['#5d6a7a', '#97a4b3'],
  'on-bar': ['#10202f', '#f2f6fa'],
  'on-tone': ['#ffffff', '#ffffff'],
  'step-passed': ['#cfe8d5', '#2c5a3c'],
  'step-failed': ['#f5b5b0', '#8c3530'],
  'step-broken': ['#f6d79a', '#7a5a1c'],
  request: ['#2f6fd0', '#7ba9f0'],
  progress: ['#8a95a3', '#8593a3'],
  success: ['#1d8348', '#57c785'],
  refusal: ['#c0392b', '#f08379'],
  dialled: ['#d5dbe2', '#3c4653'],
  ringing: ['#f3cf7a', '#7d611b'],
  answered: ['#a9d0f5', '#2b5a88'],
  bridged: ['#7ccf97', '#2c7548'],
  held: ['#9b86d8', '#8b76d2'],
  card: ['#8fd3e8', '#1f6478'],
  'card-false': ['#f0837a', '#9a3b33'],
  rest: ['#5b8def', '#5b8def'],
  'rest-error': ['#d9534a', '#e0645b'],
  judged: ['#eef1f5', '#222b36'],
  sound: ['#6fbf8b', '#3d8a59'],
  'sound-wrong': ['#e08a7d', '#a3564b'],
  'no-packets': ['#d9534a', '#e0645b'],
  tone: ['#2b7a4b', '#2f8653'],
  'tone-odd': ['#b9770e', '#a86d12'],
  failure: ['#c0392b', '#f08379'],
  'failure-band': ['#fbe3e1', '#43211f'],
  pause: ['#f4f6f8', '#1e252e'],
  'dialog-0': ['#1f6fb5', '#6fb3ef'],
  'dialog-1': ['#a3501c', '#e59a66'],
  'dialog-2': ['#2b7d4f', '#6cc793'],
  'dialog-3': ['#8a3f9e', '#c98fdb'],
  'dialog-4': ['#0b7a83', '#56c2cc'],
  'dialog-5': ['#a02c5c', '#e887ae'],
  'outcome-failed': ['#c0392b', '#f08379'],
  'outcome-broken': ['#9a6208', '#e4b45c'],
  'outcome-passed': ['#1d8348', '#57c785'],
  'outcome-skipped': ['#5d6a7a', '#97a4b3'],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type Look = keyof typeof LOOKS;

/** How many dialogs can be told apart by colour; then the colours come again. */
const DIALOG_LOOKS = ['dialog-0', 'dialog-1', 'dialog-2', 'dialog-3', 'dialog-4', 'dialog-5'] as const;

export function dialogLook(dialog: number): Look {
  return DIALOG_LOOKS[dialog % DIALOG_LOOKS.length] ?? 'dialog-0';
}

/** What fills a shape; `more` is another class of it. */
export function fillOf(look: Look, more = ''): Html {
  return html`class="${`f-${look} ${more}`.trim()}" fill="${LOOKS[look][0]}"`;
}

/** What draws a line. */
export function strokeOf(look: Look): Html {
  return html`class="s-${look}" stroke="${LOOKS[look][0]}"`;
}

/** The style sheet of the dark scheme: it overrides what stands in the SVG. */
export function darkLooks(): string {
  const rules = Object.entries(LOOKS).map(
    ([look, [, dark]]) => `.f-${look}{fill:${dark}}.s-${look}{stroke:${dark}}`,
  );
  return `@media (prefers-color-scheme: dark){${rules.join('')}}`;
}
