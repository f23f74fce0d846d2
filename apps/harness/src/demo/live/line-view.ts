import type { LiveCall } from './live-call';
import type { LiveView } from './live-view';
import { fit } from './safe-text';

const NEW_CALL: Omit<LiveCall, 'callId' | 'startedAt' | 'who' | 'to'> = { phones: [], cards: [] };
const WHO_WIDTH = 30;

/** One line per change of a call: for logs, pipes and terminals that cannot be redrawn. */
export class LineView implements LiveView {
  readonly #last = new Map<string, LiveCall>();
  readonly #startedAt: number;

  /** @param print prints one line. @param now epoch ms */
  constructor(
    private readonly print: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.#startedAt = now();
  }

  show(calls: readonly LiveCall[]): void {
    for (const call of calls) {
      const before = this.#last.get(call.callId);
      this.#last.set(call.callId, call);
      const changes = changesOf(call, before ?? { ...call, ...NEW_CALL, end: undefined });
      const intro = before ? '' : `→ ${call.to}  `;
      if (changes.length > 0 || !before) this.#line(call, `${intro}${changes.join('; ')}`);
    }
  }

  end(): void {
    this.print('');
  }

  #line(call: LiveCall, text: string): void {
    const seconds = ((this.now() - this.#startedAt) / 1000).toFixed(1);
    this.print(`${seconds.padStart(6)} s  ${fit(call.who, WHO_WIDTH)} ${text}`.trimEnd());
  }
}

/** What is new about a call, in words. */
function changesOf(call: LiveCall, before: LiveCall): string[] {
  const isNewTo = (list: LiveCall['cards'], key: string, isOpen: boolean): boolean =>
    !list.some((card) => card.key === key && card.isOpen === isOpen);
  const shown = call.cards.filter(({ key }) => !before.cards.some((card) => card.key === key));
  const hidden = call.cards.filter(({ key, isOpen }) => !isOpen && isNewTo(before.cards, key, false));
  return [
    ...phoneChanges(call, before),
    ...named('card on', shown),
    ...named('card off', hidden),
    ...(call.end !== undefined && before.end === undefined ? [`over: ${call.end}`] : []),
    ...(call.filed !== undefined && before.filed === undefined ? [`FILED ${call.filed}`] : []),
    ...(call.recording !== undefined && before.recording === undefined
      ? [`recording of ${call.recording}`]
      : []),
  ];
}

function phoneChanges(call: LiveCall, before: LiveCall): string[] {
  const changed = call.phones.filter(({ state }, index) => before.phones[index]?.state !== state);
  const states = [...new Set(changed.map(({ state }) => state))];
  return states.map((state) => {
    const names = changed.filter((phone) => phone.state === state).map(({ name }) => name);
    return `${[...new Set(names)].join(', ')} ${names.length > 1 ? plural(state) : state}`;
  });
}

function plural(state: LiveCall['phones'][number]['state']): string {
  return state.replace(/^is /, 'are ').replace(/s$/, '');
}

function named(what: string, cards: LiveCall['cards']): string[] {
  return cards.length === 0 ? [] : [`${what}: ${cards.map(({ name }) => name).join(', ')}`];
}
