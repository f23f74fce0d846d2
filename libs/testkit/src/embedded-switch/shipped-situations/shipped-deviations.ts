/** The recording begins while the two are being bridged. */
function recordedWhileBridged(leg: string, other: string, call = 'click-0001'): string[] {
  return [
    `${leg} Caller-Channel-Bridged-Time: never in place of once (EXECUTE_COMPLETE record_session REC/${call}.wav)`,
    `${leg} Caller-Channel-Bridged-Time: never in place of once (RECORD_START)`,
    `${leg} Caller-Channel-Bridged-Time: never in place of once (CALLSTATE RINGING -> ACTIVE)`,
    `${leg} variable_last_bridge_to: - in place of ${other} (RECORD_START)`,
  ];
}

/** The leg of a click goes to the dialplan by two threads of the real switch: seen once, it told so before it had noted whence. */
const ROUTED_BY_ANOTHER = [
  'A Caller-Transfer-Source: EPOCH:uuid:bl_xfer:79161234567/click-to-call/XML in place of - (STATE ROUTING)',
];

/**
 * Where the embedded switch may differ from a real one in what the shipped dialplan does, by situation; everything else has
 * to be equal.
 */
export const SHIPPED_DEVIATIONS: Readonly<Record<string, readonly string[]>> = {
  // who has the floor, and who is talking, is not simulated
  'three in a room': [
    'A missing: conference::maintenance floor-change',
    'A missing: conference::maintenance start-talking',
    'B missing: conference::maintenance floor-change',
    'B missing: conference::maintenance start-talking',
    'C missing: conference::maintenance floor-change',
    'C missing: conference::maintenance start-talking',
    // seen once on a busy machine: the real switch told of the end of the bridge before the transfer had begun
    'A Caller-Destination-Number: 3001 in place of 1001 (UNBRIDGE)',
    'A Caller-Channel-Bridged-Time: never in place of once (UNBRIDGE)',
    'A Caller-Transfer-Source: EPOCH:uuid:bl_xfer:3001/default/XML in place of EPOCH:uuid:bl_xfer:1001/default/XML (UNBRIDGE)',
    'A Other-Type: - in place of originatee (UNBRIDGE)',
    'A Other-Leg-Unique-ID: - in place of B (UNBRIDGE)',
    'A variable_transfer_history: EPOCH:uuid:bl_xfer:1001/default/XML | EPOCH:uuid:bl_xfer:3001/default/XML in place of EPOCH:uuid:bl_xfer:1001/default/XML (UNBRIDGE)',
  ],
  'a click is answered by both': recordedWhileBridged('B', 'A'),
  'a click, and the keys *1': recordedWhileBridged('B', 'A'),
  'a click, and a blind transfer by REFER': recordedWhileBridged('B', 'A'),
  'a click: the client is busy': ROUTED_BY_ANOTHER,
  'an employee has himself called back': [
    // a hook gives its command the variables of the leg, and FreeSWITCH makes them an event
    'A missing: REQUEST_PARAMS',
    ...recordedWhileBridged('C', 'B', 'B'),
  ],
  // two threads of the real switch: who dials, and who is dialled
  'a click on a colleague': ['B missing: OUTGOING', 'B more: OUTGOING', ...recordedWhileBridged('B', 'A')],
  // who is quick enough to let go before the real switch parks the call, is not told of the parking
  'the connector lets go: the fallback rings': ['A more: PARK', 'A more: UNPARK'],
};
