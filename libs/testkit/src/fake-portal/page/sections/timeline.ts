import { RECORDING_PATH } from '../../telephony/store-recording';
import { html } from '../html';
import type { Html } from '../html';
import type { FiledCall, RecordingView } from '../view/filed-call';
import type { PortalView } from '../view/portal-view';
import type { ClientView } from '../view/timeline';
import { fileSize, minutes, outcomeWord, timeOfDay } from '../words';

/** So many clients, and so many calls of each, are shown. */
const CLIENTS = 30;
const CALLS = 20;

/** The timeline of each client, as the CRM would show it, and the calls that belong to nobody. */
export function timelineSection({ clients, filed }: PortalView): Html {
  const strangers = filed.filter(({ client }) => client === '');
  return html`<section>
    <h2>CRM timeline</h2>
    <div class="timelines" id="timelines" data-list>
      ${strangers.length > 0 && timeline('strangers', strangerHead(), strangers)}
      ${clients
        .slice(0, CLIENTS)
        .map((client) => timeline(`client-${client.type}-${client.id}`, clientHead(client), client.calls))}
      ${filed.length === 0 && html`<p class="empty" id="no-calls">No call has been filed yet.</p>`}
      ${
        clients.length > CLIENTS &&
        html`<p class="empty" id="more-clients">and ${clients.length - CLIENTS} more clients</p>`
      }
    </div>
  </section>`;
}

const strangerHead = (): Html =>
  html`<h3>Unknown callers <span class="dim">no client in the CRM, so no timeline either</span></h3>`;

const clientHead = ({ name, type, id, phones, responsibleName }: ClientView): Html =>
  html`<h3>
    ${name} <span class="tag">${type.toLowerCase()} ${id}</span>
    <span class="dim">${phones.join(', ')} · responsible ${responsibleName}</span>
  </h3>`;

function timeline(id: string, title: Html, calls: readonly FiledCall[]): Html {
  return html`<article class="timeline" id="${id}">
    ${title}
    <ol>
      ${calls.slice(0, CALLS).map(entry)}
    </ol>
    ${calls.length > CALLS && html`<p class="empty">and ${calls.length - CALLS} older ones</p>`}
  </article>`;
}

function entry(call: FiledCall): Html {
  const mood = call.statusCode === '200' ? 'good' : call.statusCode === '304' ? 'bad' : 'fair';
  return html`<li class="${call.direction}">
    <div class="line">
      <time>${timeOfDay(call.startedAt)}</time>
      <span class="arrow">${call.direction === 'incoming' ? '↙' : '↗'}</span>
      <span class="outcome ${mood}" title="${call.statusCode} ${call.reason}"
        >${outcomeWord(call.statusCode)}</span
      >
      <b>${call.user}</b>
      <span class="clock">${call.seconds > 0 ? minutes(call.seconds) : '–'}</span>
    </div>
    <div class="small dim" title="${call.callId}">
      +${call.phone} ·
      ${call.line}${call.reason !== '' && ` · ${call.reason}`}${call.externalCallId !== null && ` · ${call.externalCallId}`}
    </div>
    ${call.recording && player(call.recording)} ${call.transcript.length > 0 && transcript(call)}
  </li>`;
}

function player({ fileId, fileName, bytes }: RecordingView): Html {
  const address = `${RECORDING_PATH}${fileId}/`;
  return html`<div class="recording">
    <audio controls preload="none" src="${address}"></audio>
    <a href="${address}" download="${fileName}">${fileName}</a> <span class="dim">${fileSize(bytes)}</span>
  </div>`;
}

const transcript = ({ transcript: lines }: FiledCall): Html =>
  html`<dl class="transcript">
    ${lines.map(
      ({ side, startSeconds, text }) =>
        html`<dt>${minutes(startSeconds)} ${side}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`;
