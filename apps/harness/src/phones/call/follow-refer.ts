import { SessionState, type Referral, type Session } from 'sip.js';
import { readNamedAddress } from '../wire/address';
import type { PhoneCall } from './phone-call';
import type { PhoneEvent } from './phone-event';

/** Begins a call. */
export type PlaceCall = (uri: string, options: { readonly extraHeaders: readonly string[] }) => PhoneCall;

/**
 * The far end asks us to call somebody else: we do, tell it how that goes, and it will hang up when it likes the result.
 * SIP.js can follow a transfer itself, but calls every notification the last one, the "100 Trying" too.
 */
export function followRefer(referral: Referral, session: Session, call: PhoneCall, place: PlaceCall): void {
  const { uri, headers } = splitHeaders(readNamedAddress(referral.request.getHeader('refer-to') ?? '').uri);
  const referredBy = referral.request.getHeader('referred-by');
  const replaces = headers.get('replaces');
  const by = readNamedAddress(referredBy ?? '').address?.user ?? call.far.number;
  call.report({ kind: 'transfer-asked', to: readNamedAddress(uri).address?.user ?? uri, by });
  void referral.accept({ statusCode: 202 });
  const extraHeaders = [
    ...(referredBy === undefined ? [] : [`Referred-By: ${referredBy}`]),
    ...(replaces === undefined ? [] : [`Replaces: ${replaces}`]),
  ];
  notify(session, 100, 'Trying');
  try {
    const stop = place(uri, { extraHeaders }).listen((event) => {
      if (tellProgress(session, event)) stop();
    });
  } catch {
    notify(session, 400, 'Bad Request');
  }
}

/** @returns whether that was the last word */
function tellProgress(session: Session, event: PhoneEvent): boolean {
  if (event.kind === 'progress' && event.statusCode > 100) notify(session, event.statusCode, event.reason);
  if (event.kind === 'answered') notify(session, 200, 'OK');
  if (event.kind === 'ended') notify(session, event.end.statusCode ?? 500, event.end.reason ?? 'Failed');
  return event.kind === 'answered' || event.kind === 'ended';
}

function notify(session: Session, statusCode: number, reason: string): void {
  if (session.state !== SessionState.Established || !session.dialog) return;
  const subscription = statusCode < 200 ? 'active;expires=60' : 'terminated;reason=noresource';
  session.dialog.notify(undefined, {
    extraHeaders: ['Event: refer', `Subscription-State: ${subscription}`],
    body: {
      contentDisposition: 'render',
      contentType: 'message/sipfrag',
      content: `SIP/2.0 ${statusCode} ${reason}`,
    },
  });
}

/** An address may carry headers for the request that is sent to it (RFC 3261, section 19.1.1). */
function splitHeaders(uri: string): { uri: string; headers: ReadonlyMap<string, string> } {
  const at = uri.indexOf('?');
  if (at < 0) return { uri, headers: new Map() };
  const headers = new Map<string, string>();
  for (const part of uri.slice(at + 1).split('&')) {
    const [name = '', value = ''] = part.split('=', 2);
    headers.set(name.toLowerCase(), unescaped(value));
  }
  return { uri: uri.slice(0, at), headers };
}

/** Percent-encoding taken back; a line end in it would become a header of its own. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).replace(/[\r\n]/g, '');
  } catch {
    return '';
  }
}
