import type { Session } from 'sip.js';
import { PhoneError } from './phone-error';
import { answerTo } from './within';

/** A NOTIFY about a transfer says how far it is with the first line of a response (RFC 3515, section 2.4.5). */
export function readTransferProgress(body: string): { statusCode: number; reason: string } | undefined {
  const [, statusCode, reason = ''] = /^SIP\/2\.0 (\d{3}) ?([^\r\n]*)/.exec(body) ?? [];
  return statusCode === undefined ? undefined : { statusCode: Number(statusCode), reason };
}

/**
 * Asks the far end of a call to call somebody else. SIP.js can do that itself, but puts the other's display name into the
 * header as it came, and forgets the brackets that an address with parameters needs.
 *
 * @throws PhoneError when it will not
 */
export async function sendRefer(
  session: Session,
  {
    what,
    referTo,
    referredBy,
  }: { readonly what: string; readonly referTo: string; readonly referredBy: string },
): Promise<void> {
  const { dialog } = session;
  if (!dialog) throw new PhoneError(`${what}: there is no talk to transfer`);
  const extraHeaders = [
    `Refer-To: <${referTo}>`,
    `Referred-By: <${referredBy}>`,
    `Contact: ${session.userAgent.contact.toString()}`,
  ];
  await answerTo(what, ({ accepted, refused }) => {
    dialog.refer(
      {
        onAccept: accepted,
        onRedirect: ({ message }) => refused(message.statusCode, message.reasonPhrase),
        onReject: ({ message }) => refused(message.statusCode, message.reasonPhrase),
      },
      { extraHeaders },
    );
    return Promise.resolve();
  });
}

/** The address that makes the one who calls it take the place of this call (RFC 3891). @throws PhoneError */
export function replacingAddress(session: Session): string {
  const { dialog } = session;
  if (!dialog) throw new PhoneError('only a talk can be the target of an attended transfer');
  const { callId, remoteTag, localTag, remoteTarget } = dialog;
  const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
  return `${remoteTarget.toString()}?Replaces=${replaces}`;
}
