import type { EventRecord } from '../../captured-calls/captured-event';

type Shift = (text: string, seconds: number) => string;

interface Rule {
  readonly headers: RegExp;
  readonly shift: Shift;
}

/** Moves numbers of so many digits; "0" (never) and everything else stays. `unit` is how many of it make a second. */
function digits(pattern: RegExp, unit: bigint): Shift {
  return (text, seconds) => text.replace(pattern, (found) => String(BigInt(found) + BigInt(seconds) * unit));
}

const MICROSECONDS = digits(/(?<!\d)\d{16}(?!\d)/g, 1_000_000n);
const MILLISECONDS = digits(/^\d{13}$/, 1000n);
/** Either the whole value, or the head of "epoch:uuid:bl_xfer:1002/default/XML". */
const SECONDS = digits(/^\d{10}(?=:|$)/, 1n);

const LOCAL: Shift = (text, seconds) => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text) ?? [];
  if (day === undefined || time === undefined) return text;
  return new Date(Date.parse(`${day}T${time}Z`) + seconds * 1000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
};
const GMT: Shift = (text, seconds) => new Date(Date.parse(text) + seconds * 1000).toUTCString();

/**
 * The headers that state an absolute time, and how. Not shifted, because nothing reads a time out of them: the
 * session id in SDP (`o=FreeSWITCH 1795318288 ...`), the RTP SSRC, SIP tags. Durations need no shift.
 */
const RULES: readonly Rule[] = [
  { headers: /^(variable_)?Event-Date-Timestamp$/, shift: MICROSECONDS },
  { headers: /^(Caller|Other-Leg)-(Profile|Channel)-.+-(Time|Hold)$/, shift: MICROSECONDS },
  { headers: /^variable_(.+_uepoch|sip_invite_stamp|hold_events)$/, shift: MICROSECONDS },
  { headers: /^FIFO-.+-Time-us$/, shift: MICROSECONDS },
  { headers: /^FIFO-.+-Time-ms$/, shift: MILLISECONDS },
  { headers: /^FIFO-.+-Time-s$/, shift: SECONDS },
  { headers: /^CC-.+-Time$/, shift: SECONDS },
  { headers: /^variable_.+_epoch(_.+)?$/, shift: SECONDS },
  { headers: /^(Caller-Transfer-Source|variable_transfer_(source|history))$/, shift: SECONDS },
  { headers: /^(variable_)?Event-Date-Local$/, shift: LOCAL },
  { headers: /^variable_(.+_stamp|fifo_(push_)?timestamp)$/, shift: LOCAL },
  { headers: /^(variable_)?Event-Date-GMT$/, shift: GMT },
];

const ruleOf = new Map<string, Shift | undefined>();

/**
 * Moves every time an event states by whole seconds. Whole ones, because the same moment stands there in
 * microseconds, in seconds and as a date: a fraction would make them disagree.
 */
export function shiftTimes(record: EventRecord, seconds: number): EventRecord {
  if (seconds === 0) return record;
  const moved: Record<string, string | readonly string[]> = {};
  for (const [header, value] of Object.entries(record)) {
    const shift = shiftOf(header);
    if (!shift) moved[header] = value;
    else if (typeof value === 'string') moved[header] = shift(value, seconds);
    else moved[header] = value.map((text) => shift(text, seconds));
  }
  return moved;
}

/** Remembered by header: a capture has a few hundred of them, in thousands of events. */
function shiftOf(header: string): Shift | undefined {
  if (!ruleOf.has(header)) ruleOf.set(header, RULES.find(({ headers }) => headers.test(header))?.shift);
  return ruleOf.get(header);
}
