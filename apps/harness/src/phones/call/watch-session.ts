import { SessionState, type Bye, type Cancel, type Info, type Notification, type Session } from 'sip.js';
import { readReasons } from './call-end';
import { followRefer, type PlaceCall } from './follow-refer';
import { readInfoDigit } from './info-digits';
import type { PhoneCall } from './phone-call';
import { readTransferProgress } from './refer';

const ACCEPTED = { statusCode: 200 };
const UNKNOWN_TYPE = { statusCode: 415 };

/** Turns what SIP.js tells of a session into what happens in a call. To be called before anything can happen. */
export function watchSession(session: Session, call: PhoneCall, place: PlaceCall): void {
  session.delegate = {
    onAck: () => {
      if (!call.state.isConfirmed) call.report({ kind: 'confirmed' });
    },
    onBye: (bye) => hangUp(bye, call),
    onCancel: (cancel) => giveUp(cancel, call),
    onInfo: (info) => takeInfo(info, call),
    onNotify: (notification) => takeNotification(notification, call),
    onRefer: (referral) => followRefer(referral, session, call, place),
  };
  session.stateChange.addListener((state) => {
    // SIP.js enters the last state before it tells why: the reason comes in the same turn of the event loop.
    if (state === SessionState.Terminated) queueMicrotask(() => call.finish());
  });
}

function hangUp(bye: Bye, call: PhoneCall): void {
  call.expectEnd({ how: 'hung-up', by: 'them', ...readReasons(bye.request.getHeaders('reason')) });
  void bye.accept(ACCEPTED);
}

function giveUp({ request }: Cancel, call: PhoneCall): void {
  call.expectEnd({ how: 'cancelled', by: 'them', ...readReasons(request.getHeaders('reason')) });
}

function takeInfo(info: Info, call: PhoneCall): void {
  const digit = readInfoDigit(info.request.getHeader('content-type') ?? '', info.request.body);
  if (digit !== undefined) call.report({ kind: 'dtmf', digit, via: 'info' });
  void (digit === undefined ? info.reject(UNKNOWN_TYPE) : info.accept(ACCEPTED));
}

function takeNotification(notification: Notification, call: PhoneCall): void {
  const progress = readTransferProgress(notification.request.body);
  void notification.accept(ACCEPTED);
  if (progress) call.report({ kind: 'transfer-progress', ...progress });
}
