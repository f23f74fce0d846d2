import type { AttachmentRecord } from '../evidence';
import type { ScenarioRecord } from '../run-record';
import { sipLog } from '../sip-log';
import { visibleText } from '../text/visible-text';
import { html, NOTHING, type Html } from './html';

/** Bigger files stay where they are: a page of hundreds of megabytes opens nowhere. */
const MOST_BYTES = 2_000_000;
/** Anything else could run in the browser of whoever opens it. */
const SAFE_TYPES = /^(?:text\/plain|application\/json|audio\/(?:wav|x-wav|mpeg|ogg)|image\/png)$/;

const NO_BASE64 = /[^A-Za-z0-9+/=]/g;

/** The files of a scenario: to download, and recordings to listen to. */
export function attachments(scenario: ScenarioRecord): Html {
  const { messages, id } = scenario;
  const items = [
    ...(messages.length > 0 ? [logLink(sipLog(scenario), `${id}-sip.log`)] : []),
    ...scenario.attachments.map(attachment),
  ];
  if (items.length === 0) return NOTHING;
  return html`<ul class="files">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

function logLink(text: string, name: string): Html {
  if (text.length > MOST_BYTES) return html`the SIP log is too big for this page (${sizeText(text.length)})`;
  const address = `data:text/plain;charset=utf-8,${encodeText(text)}`;
  return html`<a download="${name}" href="${address}">SIP log</a> <small>${sizeText(text.length)}</small>`;
}

function attachment({ name, kind, mediaType, bytes, content }: AttachmentRecord): Html {
  const label = visibleText(name);
  const size = html`<small>${sizeText(bytes)}</small>`;
  if ('path' in content) return html`${label} ${size} in <code>${visibleText(content.path)}</code>`;
  if (bytes > MOST_BYTES) return html`${label} ${size}, too big for this page`;
  const type = SAFE_TYPES.test(mediaType) ? mediaType : 'application/octet-stream';
  const data =
    'text' in content
      ? `charset=utf-8,${encodeText(content.text)}`
      : `base64,${content.base64.replace(NO_BASE64, '')}`;
  const address = `data:${type};${data}`;
  // Its menu has the download; a link would need the sound a second time. Nothing is read before it is played.
  if (kind === 'recording' && type.startsWith('audio/'))
    return html`<audio controls preload="none" src="${address}"></audio> ${label} ${size}`;
  return html`<a download="${fileName(name)}" href="${address}">${label}</a> ${size}`;
}

/** Halves of pairs cannot be encoded. */
function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** A name without a way to another folder. */
function fileName(name: string): string {
  return visibleText(name).replace(/[/\\]/g, '_');
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
