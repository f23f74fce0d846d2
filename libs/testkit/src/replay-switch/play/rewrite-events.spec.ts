import { groundTruth, listCaptures, openCapture } from '../../captured-calls/capture-library';
import { headerText, type Capture, type EventRecord } from '../../captured-calls/captured-event';
import { saltedUuid } from './identities';
import { rewriteEvents, type Rewriting } from './rewrite-events';

/** Fifty calls are 16 MB of events: some seconds on a busy machine. */
jest.setTimeout(30_000);

const CORE = '11111111-2222-4333-8444-555555555555';
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const DAY_S = 86_400;

function rewritten(capture: Capture, rewriting: Rewriting): EventRecord[] {
  const rewrite = rewriteEvents(capture, rewriting, () => CORE);
  return capture.events.map(({ record }) => rewrite(record));
}

/** Every text of an event with the header it stands in. */
function texts(record: EventRecord): (readonly [string, string])[] {
  return Object.entries(record).flatMap(([header, value]) =>
    [value].flat().map((text) => [header, text] as const),
  );
}

function uuidsOf(records: readonly EventRecord[]): string[] {
  return records.flatMap((record) => texts(record).flatMap(([, text]) => text.match(UUID) ?? []));
}

describe('the times of a play', () => {
  /** Epoch seconds or finer, and dates, of the day of the captures and the days around it. */
  const CAPTURED_TIMES = /(?<!\d)1795[2-4]\d{5}(\d{3}|\d{6})?(?!\d)|2026-11-2[123]|2[123] Nov 2026/;
  const NO_TIMES = new Set(['variable_rtp_local_sdp_str', 'variable_rtp_use_ssrc']);

  it.each(listCaptures())('%s: no time of the capture is left anywhere', async (name) => {
    const capture = await openCapture(name);
    const startAt = groundTruth(name).captureStartedAtEpochMs + 400 * DAY_S * 1000;
    const left = rewritten(capture, { startAt })
      .flatMap(texts)
      .filter(([header, text]) => !NO_TIMES.has(header) && CAPTURED_TIMES.test(text));
    expect(left).toEqual([]);
  });

  it('all move by the same whole seconds, in each of their forms', async () => {
    const capture = await openCapture('hold-unhold');
    const hangup = capture.events.findIndex(
      ({ record }) => record['Event-Name'] === 'CHANNEL_HANGUP_COMPLETE' && 'variable_hold_events' in record,
    );
    const before = capture.events[hangup]?.record ?? {};
    const startAt = Number(capture.events[0]?.record['Event-Date-Timestamp']) / 1000 + DAY_S * 1000 + 999;
    const after = rewritten(capture, { startAt })[hangup] ?? {};
    const plusDay = (digits: string): string =>
      String(BigInt(digits) + BigInt(DAY_S) * 10n ** BigInt(digits.length - 10));
    for (const header of [
      'Event-Date-Timestamp',
      'Caller-Channel-Created-Time',
      'Caller-Channel-Last-Hold',
      'variable_start_epoch',
      'variable_start_uepoch',
      'variable_last_hold_uepoch',
    ]) {
      expect([header, headerText(after, header)]).toEqual([header, plusDay(headerText(before, header))]);
    }
    expect(after['variable_hold_events']).toBe(
      headerText(before, 'variable_hold_events').replace(/\d{16}/g, plusDay),
    );
    expect(after['Event-Date-Local']).toBe(headerText(before, 'Event-Date-Local').replace('-22 ', '-23 '));
    expect(after['Event-Date-GMT']).toBe(headerText(before, 'Event-Date-GMT').replace('Sun, 22', 'Mon, 23'));
    expect(after['variable_start_stamp']).toBe(
      headerText(before, 'variable_start_stamp').replace('-22 ', '-23 '),
    );
    expect(after['Caller-Channel-Transfer-Time']).toBe('0');
    expect(after['variable_duration']).toBe(before['variable_duration']);
  });

  it('move at the head of a transfer history', async () => {
    const capture = await openCapture('blind-transfer-by-refer');
    const startAt = Number(capture.events[0]?.record['Event-Date-Timestamp']) / 1000 + DAY_S * 1000;
    const histories = rewritten(capture, { startAt, uuidSalt: 'x' }).flatMap(
      (record) => record['variable_transfer_history'] ?? [],
    );
    const [captured = ''] = capture.events.flatMap(({ record }) => record['variable_transfer_history'] ?? []);
    const [epoch, uuid = '', ...rest] = captured.split(':');
    expect(histories[0]).toBe([Number(epoch) + DAY_S, saltedUuid(uuid, 'x'), ...rest].join(':'));
  });

  it('stay as captured when no start is given', async () => {
    const capture = await openCapture('inbound-busy-486');
    const times = (records: readonly EventRecord[]): string[] =>
      records.map((record) => headerText(record, 'Event-Date-Timestamp'));
    expect(times(rewritten(capture, {}))).toEqual(times(capture.events.map(({ record }) => record)));
  });
});

describe('the ids of a play', () => {
  it.each(['attended-transfer-att_xfer', 'loopback-leg-in-group', 'callcenter-second-agent-answers'])(
    'with a salt are other ones, one for one: %s',
    async (name) => {
      const capture = await openCapture(name);
      const records = capture.events.map(({ record }) => record);
      const core = headerText(records[0] ?? {}, 'Core-UUID');
      const salted = rewritten(capture, { uuidSalt: 'second run' });
      const expected = uuidsOf(records).map((uuid) =>
        uuid === core ? CORE : saltedUuid(uuid, 'second run'),
      );
      expect(uuidsOf(salted)).toEqual(expected);
      const captured = new Set(uuidsOf(records));
      expect(expected.filter((uuid) => captured.has(uuid))).toEqual([]);
    },
  );

  it('are well-formed, the same for the same salt, and others for another', () => {
    const uuid = '41226c57-2262-443c-a8e1-c2f4741acb87';
    expect(saltedUuid(uuid, 'a')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(saltedUuid(uuid, 'a')).toBe(saltedUuid(uuid, 'a'));
    expect(saltedUuid(uuid, 'a')).not.toBe(saltedUuid(uuid, 'b'));
  });

  it('without a salt are the captured ones, but for the Core-UUID', async () => {
    const capture = await openCapture('inbound-answered-caller-hangs-up');
    const records = capture.events.map(({ record }) => record);
    const core = headerText(records[0] ?? {}, 'Core-UUID');
    const expected = records.map(
      (record) => JSON.parse(JSON.stringify(record).replaceAll(core, CORE)) as EventRecord,
    );
    expect(rewritten(capture, {})).toEqual(expected);
  });

  it('give every play SIP Call-IDs of its own', async () => {
    const capture = await openCapture('inbound-answered-caller-hangs-up');
    const callIds = (records: readonly EventRecord[]): Set<string> =>
      new Set(records.map((record) => headerText(record, 'variable_sip_call_id')).filter((id) => id !== ''));
    const captured = callIds(capture.events.map(({ record }) => record));
    const salted = callIds(rewritten(capture, { uuidSalt: 'x' }));
    expect(salted.size).toBe(captured.size);
    expect([...salted].filter((id) => captured.has(id))).toEqual([]);
  });

  it('can be numbers: whole ones, and none inside a uuid or a longer number', async () => {
    const capture = await openCapture('inbound-answered-caller-hangs-up');
    const rename = { '1001': '2001', '79161234567': '79990000001', '4567': 'never' };
    const [created] = rewritten(capture, { rename }).filter(
      (record) => record['Event-Name'] === 'CHANNEL_CREATE',
    );
    expect(created).toMatchObject({
      'Caller-Caller-ID-Number': '79990000001',
      'Channel-Name': 'sofia/external/79990000001@127.0.0.1',
      variable_sip_req_user: '74951234567',
    });
    const presence = rewritten(capture, { rename }).map((record) => record['Channel-Presence-ID']);
    expect(presence).toContain('2001@127.0.0.1');
    const core = new Set(capture.events.map(({ record }) => headerText(record, 'Core-UUID')));
    expect(uuidsOf(rewritten(capture, { rename })).filter((uuid) => uuid !== CORE)).toEqual(
      uuidsOf(capture.events.map(({ record }) => record)).filter((uuid) => !core.has(uuid)),
    );
  });

  it('can be given one by one, as a click-to-call needs that presets its channels', async () => {
    const capture = await openCapture('click-to-call-answered');
    const { aLegUuid } = groundTruth('click-to-call-answered').expected as { aLegUuid: string };
    const rename = {
      [aLegUuid]: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      'externalCall.abc123': 'externalCall.a-much-longer-id',
    };
    const records = rewritten(capture, { uuidSalt: 'x', rename });
    const job = records.find((record) => record['Event-Name'] === 'BACKGROUND_JOB') ?? {};
    expect(job['_body']).toBe('+OK aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\n');
    expect(headerText(job, 'Content-Length')).toBe(String(headerText(job, '_body').length));
    expect(headerText(job, 'Job-Command-Arg')).toContain('crm_call_id=externalCall.a-much-longer-id,');
    expect(uuidsOf(records)).not.toContain(aLegUuid);
  });
});

describe('the recordings of a play', () => {
  it('lie in the folder given, under their own names, wherever a path is told', async () => {
    const capture = await openCapture('recording-stopped-and-restarted-midcall');
    const records = rewritten(capture, { recordingsDir: '/tmp/rec' });
    const paths = records.flatMap((record) => record['Record-File-Path'] ?? []);
    expect(new Set(paths)).toEqual(
      new Set(
        groundTruth(capture.name).expected.recordingFiles?.map((path) =>
          path.replace('/var/fsw/recordings/', '/tmp/rec/'),
        ),
      ),
    );
    expect(records.flatMap(texts).filter(([, text]) => text.includes('/var/fsw/recordings'))).toEqual([]);
  });
});
