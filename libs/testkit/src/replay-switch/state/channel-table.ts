import { eventMicroseconds, headerText, type EventRecord } from '../../captured-calls/captured-event';

/** Columns of `show channels as json`, in the switch's order. */
export const CHANNEL_COLUMNS = [
  ...[
    'uuid',
    'direction',
    'created',
    'created_epoch',
    'name',
    'state',
    'cid_name',
    'cid_num',
    'ip_addr',
    'dest',
  ],
  ...['application', 'application_data', 'dialplan', 'context', 'read_codec', 'read_rate', 'read_bit_rate'],
  ...['write_codec', 'write_rate', 'write_bit_rate', 'secure', 'hostname', 'presence_id', 'presence_data'],
  ...['accountcode', 'callstate', 'callee_name', 'callee_num', 'callee_direction', 'call_uuid'],
  ...['sent_callee_name', 'sent_callee_num', 'initial_cid_name', 'initial_cid_num', 'initial_ip_addr'],
  ...['initial_dest', 'initial_dialplan', 'initial_context'],
];

/** One row; every column is there, '' where the switch has nothing. */
export type ChannelRow = Record<string, string>;

type Columns = Readonly<Record<string, string>>;

const CREATED: Columns = {
  uuid: 'Unique-ID',
  direction: 'Call-Direction',
  created: 'Event-Date-Local',
  name: 'Channel-Name',
  state: 'Channel-State',
  callstate: 'Channel-Call-State',
  dialplan: 'Caller-Dialplan',
  context: 'Caller-Context',
  hostname: 'FreeSWITCH-Switchname',
  initial_cid_name: 'Caller-Caller-ID-Name',
  initial_cid_num: 'Caller-Caller-ID-Number',
  initial_ip_addr: 'Caller-Network-Addr',
  initial_dest: 'Caller-Destination-Number',
  initial_dialplan: 'Caller-Dialplan',
  initial_context: 'Caller-Context',
};
const CODECS: Columns = {
  read_codec: 'Channel-Read-Codec-Name',
  read_rate: 'Channel-Read-Codec-Rate',
  read_bit_rate: 'Channel-Read-Codec-Bit-Rate',
  write_codec: 'Channel-Write-Codec-Name',
  write_rate: 'Channel-Write-Codec-Rate',
  write_bit_rate: 'Channel-Write-Codec-Bit-Rate',
};
const PRESENCE: Columns = {
  presence_id: 'Channel-Presence-ID',
  presence_data: 'Channel-Presence-Data',
  accountcode: 'variable_accountcode',
};
const PARTIES: Columns = {
  cid_name: 'Caller-Caller-ID-Name',
  cid_num: 'Caller-Caller-ID-Number',
  callee_name: 'Caller-Callee-ID-Name',
  callee_num: 'Caller-Callee-ID-Number',
  sent_callee_name: 'Sent-Callee-ID-Name',
  sent_callee_num: 'Sent-Callee-ID-Number',
};
const ROUTED: Columns = {
  ...PARTIES,
  ...PRESENCE,
  state: 'Channel-State',
  ip_addr: 'Caller-Network-Addr',
  dest: 'Caller-Destination-Number',
  dialplan: 'Caller-Dialplan',
  context: 'Caller-Context',
};
const EXECUTED: Columns = { ...PRESENCE, application: 'Application', application_data: 'Application-Data' };

/** What each event changes in its channel's row (switch_core_sqldb.c); a header it lacks empties the column. */
const SET_BY: Readonly<Record<string, Columns>> = {
  CHANNEL_ANSWER: CODECS,
  CHANNEL_PROGRESS_MEDIA: CODECS,
  CODEC: CODECS,
  CHANNEL_EXECUTE: EXECUTED,
  CHANNEL_HOLD: EXECUTED,
  CHANNEL_UNHOLD: EXECUTED,
  CHANNEL_ORIGINATE: { ...PRESENCE, call_uuid: 'Channel-Call-UUID' },
  CALL_UPDATE: { ...PARTIES, callee_direction: 'Direction' },
};
const STATES_NOT_SHOWN = new Set(['CS_NEW', 'CS_INIT', 'CS_HANGUP', 'CS_REPORTING', 'CS_DESTROY']);
const CALLSTATES_NOT_SHOWN = new Set(['DOWN', 'HANGUP']);

/**
 * The switch's table of channels, kept from events the way the switch itself keeps it. Held against 20 answers of
 * `show channels as json` of a real switch: every column of every row was equal, but for the codec after a CODEC
 * event, which nobody had subscribed.
 */
export class ChannelTable {
  readonly #rows = new Map<string, ChannelRow>();

  /** Rows in order of creation. */
  rows(): readonly ChannelRow[] {
    return [...this.#rows.values()];
  }

  apply(event: EventRecord): void {
    const name = headerText(event, 'Event-Name');
    const uuid = headerText(event, 'Unique-ID');
    if (name === 'CHANNEL_CREATE') this.#rows.set(uuid, newRow(event));
    else if (name === 'CHANNEL_DESTROY') this.#rows.delete(uuid);
    else if (name === 'CHANNEL_BRIDGE') this.#bridge(event);
    else if (name === 'CHANNEL_UNBRIDGE') this.#unbridge(headerText(event, 'Channel-Call-UUID'));
    else if (name === 'SHUTDOWN') this.#rows.clear();
    else this.#update(this.#rows.get(uuid), name, event);
  }

  #update(row: ChannelRow | undefined, name: string, event: EventRecord): void {
    if (!row) return;
    if (name === 'CHANNEL_STATE') changeState(row, event);
    else if (name === 'CHANNEL_CALLSTATE') changeCallState(row, event);
    else fill(row, SET_BY[name] ?? {}, event);
  }

  /** Bridge-*-Unique-ID is missing with bypass_media: then the other leg's id counts. */
  #bridge(event: EventRecord): void {
    const bridged = ['Bridge-A-Unique-ID', 'Bridge-B-Unique-ID'].map((header) => headerText(event, header));
    const legs = bridged.includes('')
      ? ['Caller-Unique-ID', 'Other-Leg-Unique-ID'].map((header) => headerText(event, header))
      : bridged;
    for (const leg of legs) {
      const row = this.#rows.get(leg);
      if (row) row['call_uuid'] = headerText(event, 'Channel-Call-UUID');
    }
  }

  #unbridge(callUuid: string): void {
    for (const [uuid, row] of this.#rows) {
      if (row['call_uuid'] === callUuid) row['call_uuid'] = uuid;
    }
  }
}

function newRow(event: EventRecord): ChannelRow {
  const row = Object.fromEntries(CHANNEL_COLUMNS.map((column) => [column, '']));
  fill(row, CREATED, event);
  row['created_epoch'] = String(Math.floor(eventMicroseconds(event) / 1_000_000));
  return row;
}

function changeState(row: ChannelRow, event: EventRecord): void {
  const state = headerText(event, 'Channel-State');
  if (state === 'CS_ROUTING') fill(row, ROUTED, event);
  else if (!STATES_NOT_SHOWN.has(state)) row['state'] = state;
}

function changeCallState(row: ChannelRow, event: EventRecord): void {
  const callState = headerText(event, 'Channel-Call-State');
  if (!CALLSTATES_NOT_SHOWN.has(callState)) row['callstate'] = callState;
}

function fill(row: ChannelRow, columns: Columns, event: EventRecord): void {
  for (const [column, header] of Object.entries(columns)) row[column] = headerText(event, header);
}
