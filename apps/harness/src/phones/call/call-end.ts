/** How a phone's call ended, as this phone saw it. */
export interface CallEnd {
  /**
   * - `hung-up`: after a talk; `cancelled`: by the caller before the answer; `refused`: by a final response of 400 and more;
   * - `redirected`: by a 3xx response; `replaced`: another call took its place (attended transfer);
   * - `failed`: nobody wanted it: no response, no connection, an impossible media description.
   */
  readonly how: 'hung-up' | 'cancelled' | 'refused' | 'redirected' | 'replaced' | 'failed';
  readonly by: 'us' | 'them' | 'nobody';
  /** Of the final response, if one ended it. */
  readonly statusCode?: number;
  /** In the far end's words, or ours. */
  readonly reason?: string;
  /** Q.850 cause of a Reason header (RFC 3326): 16 normal, 17 busy ... */
  readonly q850?: number;
  /** Another phone has answered (Reason: SIP;cause=200 in a CANCEL). */
  readonly isElsewhere?: boolean;
  /** Where a redirected call was sent: the user part of the Contact. */
  readonly target?: string;
}

/** "refused by them with 486 Busy Here". */
export function describeEnd({ how, by, statusCode, reason, isElsewhere, target }: CallEnd): string {
  const parts = [
    `${how}${by === 'nobody' ? '' : ` by ${by}`}`,
    target === undefined ? '' : `to ${target}`,
    statusCode === undefined ? '' : `with ${statusCode}`,
    reason === undefined ? '' : `(${reason})`,
    isElsewhere ? '(answered elsewhere)' : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** What the Reason headers of a BYE or CANCEL say. */
export function readReasons(headers: readonly string[]): Pick<CallEnd, 'reason' | 'q850' | 'isElsewhere'> {
  const all = headers.join(',');
  const q850 = /Q\.850\s*;[^,]*?cause\s*=\s*(\d{1,3})/i.exec(all)?.[1];
  const text = /;\s*text\s*=\s*"([^"]*)"/i.exec(all)?.[1];
  return {
    ...(text === undefined ? {} : { reason: text }),
    ...(q850 === undefined ? {} : { q850: Number(q850) }),
    ...(/SIP\s*;[^,]*?cause\s*=\s*200/i.test(all) ? { isElsewhere: true } : {}),
  };
}
