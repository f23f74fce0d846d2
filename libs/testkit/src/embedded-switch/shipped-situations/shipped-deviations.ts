/** The real switch tells of this from another thread: sometimes before what the embedded one has before it, sometimes after. */
const displayed = ['A missing: CALL_UPDATE', 'A more: CALL_UPDATE'];

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
  // the recording begins while the two are being bridged
  'a click is answered by both': [
    'B Caller-Channel-Bridged-Time: never in place of once (RECORD_START)',
    'B Caller-Channel-Bridged-Time: never in place of once (CALLSTATE RINGING -> ACTIVE)',
    'B variable_last_bridge_to: - in place of A (RECORD_START)',
  ],
  'an employee has himself called back': [
    // a hook gives its command the variables of the leg, and FreeSWITCH makes them an event
    'A missing: REQUEST_PARAMS',
    // as in a click
    'C Caller-Channel-Bridged-Time: never in place of once (RECORD_START)',
    'C Caller-Channel-Bridged-Time: never in place of once (CALLSTATE RINGING -> ACTIVE)',
    'C variable_last_bridge_to: - in place of B (RECORD_START)',
  ],
  // two threads of the real switch: who dials, and who is dialled
  'a click on a colleague': ['B missing: OUTGOING', 'B more: OUTGOING'],
  'the connector lets 1002 ring': displayed,
  'the connector is away: the fallback rings': displayed,
  'the connector lets go: the fallback rings': displayed,
  'the connector freezes: the watchdog takes the call': displayed,
};
