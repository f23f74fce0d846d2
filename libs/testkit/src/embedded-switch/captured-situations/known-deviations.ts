const ITS_END = `y % % end ${'X'.repeat(58)}`;
const HOSTILE_NAME_SEEN = [
  'Evil\nHangup-Cause: FAKE\r\n\nContent-Length: 5 \\"quoted\\" {a=b,c=d}[e=f] %{uuid} \'single\', semi;colon',
  ` | pipe <tag> \\\\ back ^^:x:${ITS_END}`,
].join('');

/** Where the embedded switch is known to differ from the real one, by capture; everything else has to be equal. */
export const KNOWN_DEVIATIONS: Readonly<Record<string, readonly string[]>> = {
  // who has the floor, and who is talking, is not simulated
  'three-way-conference': [
    'A missing: conference::maintenance floor-change',
    'A missing: conference::maintenance start-talking',
    'A missing: conference::maintenance floor-change',
    'B missing: conference::maintenance start-talking',
    'B missing: conference::maintenance floor-change',
    'C missing: conference::maintenance start-talking',
    'C missing: conference::maintenance floor-change',
    'C missing: conference::maintenance floor-change',
  ],
  // the real phone rang before the loopback leg was made, for which its caller is given media: here it takes longer
  'loopback-leg-in-group': ['A Caller-Channel-Progress-Time: never in place of once (PROGRESS_MEDIA)'],
  // in this one event the real switch takes what stands behind "^^:" in a name for a list
  'caller-name-injection': [
    `B Caller-Caller-ID-Name: ${HOSTILE_NAME_SEEN} in place of ${ITS_END} (OUTGOING)`,
  ],
};

/** Captured situations that the embedded switch cannot produce, and why. */
export const NOT_PRODUCED: Readonly<Record<string, string>> = {
  'ivr-answered-then-abandoned': 'menus of ivr.conf are not simulated; read and play_and_get_digits are',
};
