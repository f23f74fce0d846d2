/** What every scenario has to keep without saying so, by the name under which it can be tolerated otherwise. */
export const ALWAYS = {
  'portal is content': 'the audit of the portal finds nothing: no call finished twice, no impossible request',
  'no card left': 'no card is left on any screen',
  'cards are true':
    'nobody sees a card whose phone neither rings nor talks; a card is gone soon after the phone is',
  'filed once':
    'every call with somebody outside stands in the portal exactly once, and no internal one does',
  'no call lost': 'the database knows every call that the phones made, and how it ended',
  'true times': 'the filed start and duration are what the phones lived through, give or take a second',
  settled: 'the connector has nothing left to do',
  'legs ended': 'no phone and no channel of the switch is left in a call',
  'no errors logged': 'gateway, worker and switch log no error',
  'nobody died': 'no process ends by itself',
} as const satisfies Record<string, string>;

export type AlwaysName = keyof typeof ALWAYS;

export const ALWAYS_NAMES = Object.keys(ALWAYS) as AlwaysName[];

export function isAlwaysName(text: string): text is AlwaysName {
  return Object.hasOwn(ALWAYS, text);
}
