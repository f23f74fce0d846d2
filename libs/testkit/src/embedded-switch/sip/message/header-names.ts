/** Compact forms (RFC 3261 section 7.3.3, and those of REFER, Replaces and session timers). */
const COMPACT: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
};
/** Names that are not simply written With-Capitals. */
const IRREGULAR: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  'mime-version': 'MIME-Version',
};
const known = new Map<string, string>();

/** The usual spelling of a header's name. */
export function usualName(written: string): string {
  const cached = known.get(written);
  if (cached !== undefined) return cached;
  const lower = written.toLowerCase();
  const name =
    (lower.length === 1 ? COMPACT[lower] : undefined) ??
    IRREGULAR[lower] ??
    lower.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  // names come from outside: the cache must not grow without end
  if (known.size < 500) known.set(written, name);
  return name;
}
