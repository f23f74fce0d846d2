/**
 * How parts of pictures look. The colours here are those of the light scheme, written into the SVG itself, for viewers that
 * forbid style sheets (Jenkins does); the style sheet overrides them by class, and has the dark ones.
 */
const LOOKS = {
  grid: '#e3e7ec',
  lifeline: '#c3cad3',
  text: '#1f2733',
  muted: '#5d6a7a',
  'on-bar': '#10202f',
  'on-tone': '#ffffff',
  'step-passed': '#cfe8d5',
  'step-failed': '#f5b5b0',
  'step-broken': '#f6d79a',
  request: '#2f6fd0',
  progress: '#8a95a3',
  success: '#1d8348',
  refusal: '#c0392b',
  dialled: '#d5dbe2',
  ringing: '#f3cf7a',
  answered: '#a9d0f5',
  bridged: '#7ccf97',
  held: '#9b86d8',
  card: '#8fd3e8',
  'card-false': '#f0837a',
  rest: '#5b8def',
  'rest-error': '#d9534a',
  judged: '#eef1f5',
  sound: '#6fbf8b',
  'sound-wrong': '#e08a7d',
  'no-packets': '#d9534a',
  tone: '#2b7a4b',
  'tone-odd': '#b9770e',
  failure: '#c0392b',
  'failure-band': '#fbe3e1',
  pause: '#f4f6f8',
  'dialog-0': '#1f6fb5',
  'dialog-1': '#a3501c',
  'dialog-2': '#2b7d4f',
  'dialog-3': '#8a3f9e',
  'dialog-4': '#0b7a83',
  'dialog-5': '#a02c5c',
} as const;

export type Look = keyof typeof LOOKS;

/** How many dialogs can be told apart by colour; then the colours come again. */
export const DIALOG_LOOKS = 6;

export function dialogLook(dialog: number): Look {
  const looks = ['dialog-0', 'dialog-1', 'dialog-2', 'dialog-3', 'dialog-4', 'dialog-5'] as const;
  return looks[dialog % DIALOG_LOOKS] ?? 'dialog-0';
}

export function colourOf(look: Look): string {
  return LOOKS[look];
}
