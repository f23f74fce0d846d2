import type { SipMessageRecord } from '../../report/evidence';
import type { Scene } from '../run/scene';

/** Every SIP message of the phones and of the people outside. What belongs to nobody is the carrier's own talk, and left out. */
export function messageRecords(scene: Scene): SipMessageRecord[] {
  const { telephony, beginning } = scene;
  return telephony.lab.sipLog.entries.flatMap((entry) => {
    const { head, text, direction } = entry;
    if (!head) return [];
    const owner = telephony.ownerOf(entry.owner, head.callId);
    if (owner === undefined) return [];
    const isSent = direction === 'sent';
    const place = ({ host, port }: { host: string; port: number }): string => `${host}:${port}`;
    return [
      {
        atMs: entry.at - beginning.at,
        from: isSent ? owner : 'switch',
        to: isSent ? 'switch' : owner,
        transport: entry.transport.toUpperCase(),
        startLine: text.slice(0, text.indexOf('\r\n')),
        cseq: /^CSeq:\s*(.+?)\s*$/im.exec(text)?.[1] ?? '',
        callId: head.callId,
        fromAddress: place(isSent ? entry.local : entry.remote),
        toAddress: place(isSent ? entry.remote : entry.local),
        text,
        ...(entry.isRepeat && { isRepeat: true }),
      },
    ];
  });
}
