import { glanceAt } from '../ladder/glance';
import { actorHeading } from '../ladder/ladder';
import type { ScenarioRecord } from '../run-record';
import { withoutDigests } from '../sip-log';
import { momentText } from '../text/durations';
import { visibleLines, visibleText } from '../text/visible-text';
import { html, NOTHING, type Html } from './html';

/** Longer messages are cut in the page; the log has them whole. */
const MOST_CHARACTERS = 8000;

/** The id of a message in the page. */
export function messageAnchor(scenarioId: string, index: number): string {
  return `${scenarioId}-m${index}`;
}

/** Every SIP message with its text, to be opened one by one. */
export function messagesList({ id, messages, actors }: ScenarioRecord): Html {
  if (messages.length === 0) return NOTHING;
  const names = new Map(actors.map((actor) => [actor.id, actorHeading(actor)]));
  const nameOf = (actor: string): string => names.get(actor) ?? visibleText(actor);
  const items = messages.map((message, index) => {
    const { atMs, from, to, transport, text } = message;
    const cut = text.length > MOST_CHARACTERS ? `\n… ${text.length - MOST_CHARACTERS} more characters` : '';
    const way = `${nameOf(from)} → ${nameOf(to)}`;
    // prettier-ignore
    return html`<li><details id="${messageAnchor(id, index)}"><summary><time>${momentText(atMs)}</time> ${way}: <b>${glanceAt(message).label}</b> <small>${visibleText(transport)}</small></summary><pre>${visibleLines(withoutDigests(text.slice(0, MOST_CHARACTERS)))}${cut}</pre></details></li>`;
  });
  return html`<details class="more">
    <summary>${messages.length} SIP messages</summary>
    <ol class="messages">
      ${items}
    </ol>
  </details>`;
}
