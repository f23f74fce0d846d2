import { html } from '../html';
import type { Html } from '../html';
import type { EventLine, LogLine, PortalView } from '../view/portal-view';
import { timeOfDay } from '../words';

/** What was asked, and what came of it. */
export function requestsSection({ log }: PortalView): Html {
  return html`<section>
    <h2>Requests</h2>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Time</th>
            <th>Method</th>
            <th>Answer</th>
            <th class="number">ms</th>
          </tr>
        </thead>
        <tbody id="log" data-list>
          ${log.map(request)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function request(line: LogLine): Html {
  const isLost = !line.delivered && line.inBatch === undefined;
  return html`<tr
    id="request-${line.number}"
    class="${moodOf(line)} ${line.inBatch !== undefined && 'inner'}"
  >
    <td class="time">${timeOfDay(line.at)}</td>
    <td>
      <code>${line.inBatch !== undefined && `${line.inBatch}: `}${line.method}</code>
      <div class="params" title="${line.params}">${line.params}</div>
    </td>
    <td>
      <span class="outcome">${line.outcome}</span>
      ${line.fault !== undefined && html`<span class="tag">${line.fault}</span>`}
      ${isLost && html`<span class="tag">answer lost</span>`}
    </td>
    <td class="number">${line.took}</td>
  </tr>`;
}

function moodOf({ ok, delivered, fault }: LogLine): string {
  if (!ok) return 'bad';
  return delivered && fault === undefined ? 'good' : 'fair';
}

/** What was sent to applications. */
export function eventsSection({ events }: PortalView): Html {
  return html`<section id="events" data-live>
    <h2>Events</h2>
    ${events.length === 0 && html`<p class="empty">No event has been sent yet.</p>`}
    ${
      events.length > 0 &&
      html`<table>
        <thead>
          <tr>
            <th>Time</th>
            <th>Event</th>
            <th>To</th>
            <th>Outcome</th>
          </tr>
        </thead>
        <tbody>
          ${events.map(event)}
        </tbody>
      </table>`
    }
  </section>`;
}

const event = ({ at, event: name, handler, outcome, status }: EventLine): Html =>
  html`<tr class="${outcome === 'delivered' ? 'good' : 'bad'}">
    <td class="time">${timeOfDay(at)}</td>
    <td><code>${name}</code></td>
    <td class="address" title="${handler}">${handler}</td>
    <td><span class="outcome">${outcome}</span> ${status}</td>
  </tr>`;

/** What a careful administrator would complain about. */
export function complaintsSection({ complaints }: PortalView): Html {
  return html`<section id="complaints" data-live>
    ${
      complaints.length > 0 &&
      html` <h2>Complaints</h2>
        <ul class="complaints">
          ${complaints.map(({ kind, detail }) => html`<li><b>${kind}</b> ${detail}</li>`)}
        </ul>`
    }
  </section>`;
}
