import type { IncomingResponse } from './sip-types';
import { SessionState, type Inviter } from 'sip.js';
import type { CallEnd } from '../call/call-end';
import type { PhoneCall } from '../call/phone-call';
import { readNamedAddress } from '../wire/address';

/** Sends the INVITE of a call and reports how it is answered. */
export function sendInvite(inviter: Inviter, call: PhoneCall): void {
  inviter
    .invite({
      requestDelegate: {
        onAccept: () => {
          if (inviter.state === SessionState.Established) call.report({ kind: 'answered', by: 'them' });
        },
        onRedirect: (response) => call.expectEnd(redirection(response)),
        onReject: (response) => call.expectEnd(refusal(response)),
      },
    })
    .catch((error: unknown) => call.expectEnd({ how: 'failed', by: 'nobody', reason: String(error) }));
}

function redirection({ message }: IncomingResponse): CallEnd {
  const { address, uri } = readNamedAddress(message.getHeader('contact') ?? '');
  return {
    how: 'redirected',
    by: 'them',
    statusCode: message.statusCode,
    reason: message.reasonPhrase,
    target: address?.user ?? uri,
  };
}

/** SIP.js makes up responses of its own when none comes (408) or nothing can be sent (503): they have no headers. */
function refusal({ message }: IncomingResponse): CallEnd {
  const { statusCode, reasonPhrase } = message;
  if (message.hasHeader('via')) return { how: 'refused', by: 'them', statusCode, reason: reasonPhrase };
  const reason = statusCode === 408 ? 'no response at all' : 'it could not be sent';
  return { how: 'failed', by: 'nobody', reason };
}
