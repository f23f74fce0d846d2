import { createTestDatabase } from '@app/testkit';
import type { Outcome } from '@app/calls';
import { CallStore } from '../calls/call.store';
import { endedCall, mergedCall, ringingCall } from '../testing/some-call';
import { refusalOf } from '../testing/refusal-of';
import { ACME, GLOBEX, openTestStore, seedSwitchAndPortal, type TestStore } from '../testing/test-store';

let store: TestStore;

/** Everything is there once, in order; each case below breaks one thing. */
beforeAll(async () => {
  store = await openTestStore(await createTestDatabase());
  await seedSwitchAndPortal(store.dataSource, ACME);
  await seedSwitchAndPortal(store.dataSource, GLOBEX);
  await store.sql.rows(appSql({ client_id: `'known'`, install_key_hash: `'${'2'.repeat(64)}'` }));
  const calls = [
    ringingCall('open'),
    endedCall('ended'),
    ringingCall('winner'),
    mergedCall('loser', 'winner'),
  ];
  await new CallStore(store.dataSource).commit(calls.map((call) => ({ call, events: [] })));
  await store.sql.rows(portalCallSql('ended', { portalCallId: 'b24-1', finished: true, attached: '/r.wav' }));
  await store.sql.rows(portalCallSql('open', {}));
  await store.sql.rows(clickSql({ call_id: `'clicked'`, event_id: '7', portal_call_id: `'b24-7'` }));
});

afterAll(() => store.close());

const ACME_ID = `(SELECT portal_id FROM portal WHERE member_id = '${ACME.memberId}')`;
const GLOBEX_ID = `(SELECT portal_id FROM portal WHERE member_id = '${GLOBEX.memberId}')`;

function portalCallSql(
  callId: string,
  {
    portalCallId,
    finished = false,
    attached,
    key = 'main',
  }: { portalCallId?: string; finished?: boolean; attached?: string; key?: string },
): string {
  const state = JSON.stringify({ callId, key, portalCallId, finished, attached });
  const text = (value?: string) => (value === undefined ? 'NULL' : `'${value}'`);
  return `INSERT INTO portal_call (call_id, key, portal_id, portal_call_id, finished, attached, state, revision)
    VALUES ('${callId}', '${key}', ${ACME_ID}, ${text(portalCallId)}, ${finished}, ${text(attached)}, '${state}', 1)`;
}

const SEALED = `'v1.test.${'A'.repeat(40)}'`;
const HASH = `'${'0'.repeat(64)}'`;

function portalSql(changes: Record<string, string>): string {
  const row = {
    member_id: `'new'`,
    domain: `'new.bitrix24.com'`,
    endpoint: `'https://new.bitrix24.com/rest/'`,
    credentials: SEALED,
    settings: `'{}'`,
    ...changes,
  };
  return `INSERT INTO portal (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

function appSql(changes: Record<string, string>): string {
  const row = {
    app_id: 'gen_random_uuid()',
    kind: `'local'`,
    client_id: `'local.new'`,
    client_secret: SEALED,
    install_key: SEALED,
    install_key_hash: `'${'1'.repeat(64)}'`,
    ...changes,
  };
  return `INSERT INTO portal_app (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

function portalEventSql(changes: Record<string, string>): string {
  const row = {
    event_day: `'2026-11-20'`,
    portal_id: ACME_ID,
    fingerprint: HASH,
    name: `'ONAPPTEST'`,
    received_at: `'2026-11-20 10:00Z'`,
    data: `'{}'`,
    auth: `'{}'`,
    ...changes,
  };
  return `INSERT INTO portal_event (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

const insertSql = (table: string, row: Record<string, string>) =>
  `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;

const lineSql = (changes: Record<string, string>) =>
  insertSql('portal_line', { portal_id: ACME_ID, line_number: `'line-1'`, ...changes });

const choreSql = (changes: Record<string, string>) =>
  insertSql('portal_chore', { portal_id: ACME_ID, chore: `'read-users'`, due_at: 'now()', ...changes });

const heartbeatSql = (changes: Record<string, string>) =>
  insertSql('process_heartbeat', {
    process_id: `'00000000-0000-4000-8000-000000000000'`,
    app: `'worker'`,
    host: `'here'`,
    pid: '1',
    started_at: 'now()',
    seen_at: 'now()',
    health: `'{}'`,
    ...changes,
  });

function clickSql(changes: Record<string, string>): string {
  const row = {
    call_id: `'new-click'`,
    portal_id: ACME_ID,
    user_id: '1',
    switch_id: `'main'`,
    state: `'ordered'`,
    decided_at: `'2026-11-20 10:00Z'`,
    dial_before: `'2026-11-20 10:00:15Z'`,
    dial_order: `'{}'`,
    ...changes,
  };
  return `INSERT INTO click (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

const TROUBLE = {
  trouble_kind: `'dead'`,
  trouble_reason: `'why'`,
  trouble_cure: `'what'`,
  trouble_since: 'now()',
};

const CALL_STATE = `jsonb_build_object('callId', 'new', 'version', 1)`;

function callSql(changes: Record<string, string>): string {
  const row = {
    call_id: `'new'`,
    switch_id: `'main'`,
    core_uuid: `'core-1'`,
    started_at: `'2026-11-20 10:00Z'`,
    direction: `'inbound'`,
    state: CALL_STATE,
    version: '1',
    ...changes,
  };
  return `INSERT INTO call (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

function eventSql(changes: Record<string, string>): string {
  const row = {
    core_uuid: `'core-1'`,
    event_sequence: '7',
    kind: `'LegRang'`,
    subject: `'open-b'`,
    event_day: `'2025-11-20'`,
    call_id: `'open'`,
    occurred_at: `'2025-11-20 10:00Z'`,
    observed_at: `'2026-11-20 10:00Z'`,
    body: `'{}'`,
    ...changes,
  };
  return `INSERT INTO call_event (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

function requestSql(changes: Record<string, string>): string {
  const row = {
    request_day: `'2026-11-20'`,
    call_id: `'open'`,
    portal_id: ACME_ID,
    step: `'register'`,
    method: `'telephony.externalcall.register'`,
    started_at: `'2026-11-20 10:00Z'`,
    duration_ms: '80',
    ...changes,
  };
  return `INSERT INTO portal_request (${Object.keys(row).join()}) VALUES (${Object.values(row).join()})`;
}

const ENDED = { ended_at: `'2026-11-20 10:05Z'`, outcome: `'answered'`, talk_seconds: '60' };

/** What somebody might write, and the constraint that refuses it. */
const BREACHES: readonly (readonly [what: string, constraint: string, ...statements: string[]])[] = [
  ['two portals with one member id', 'portal_member_key', portalSql({ member_id: `'${ACME.memberId}'` })],
  ['a portal without a member id', 'portal_member_not_empty', portalSql({ member_id: `''` })],
  ['a domain in capitals', 'portal_domain_lower_case', portalSql({ domain: `'New.Bitrix24.com'` })],
  [
    'tokens sent in the clear',
    'portal_endpoint_safe',
    portalSql({ endpoint: `'http://new.bitrix24.com/rest/'` }),
  ],
  [
    'an endpoint that hides its host',
    'portal_endpoint_safe',
    portalSql({ endpoint: `'https://new.bitrix24.com@evil.example/'` }),
  ],
  [
    'a host that only begins like loopback',
    'portal_endpoint_safe',
    portalSql({ endpoint: `'http://localhost.evil.example/'` }),
  ],
  ['tokens that lie open', 'portal_credentials_sealed', portalSql({ credentials: `'{"accessToken":"x"}'` })],
  [
    'an application token that lies open',
    'portal_application_token_hashed',
    portalSql({ application_token_hash: `'51856fefc120afa4b628cc82d3935cce'` }),
  ],
  ['a working portal without tokens', 'portal_works_with_tokens', portalSql({ credentials: 'NULL' })],
  ['an installer who is nobody', 'portal_installer_positive', portalSql({ installer_user_id: '0' })],
  ['a portal of an unknown application', 'portal_app_fkey', portalSql({ app_id: 'gen_random_uuid()' })],
  ['settings that are a list', 'portal_settings_object', portalSql({ settings: `'[]'` })],
  [
    'a trouble that is no word',
    'portal_trouble_is_a_word',
    portalSql({ ...TROUBLE, trouble_kind: `'Token dead!'` }),
  ],
  ['a trouble without a cure', 'portal_trouble_whole', portalSql({ ...TROUBLE, trouble_cure: 'NULL' })],
  ['a cure without a trouble', 'portal_trouble_whole', portalSql({ trouble_cure: `'what'` })],
  ['a set-up that nobody has wished for', 'portal_set_up_not_ahead', portalSql({ set_up_done: '1' })],
  [
    'an erased portal with tokens',
    'portal_erased_is_closed',
    portalSql({ ...TROUBLE, erase_since: 'now()' }),
  ],

  ['one application twice', 'portal_app_client_key', appSql({ client_id: `'known'` })],
  [
    'one install key for two applications',
    'portal_app_install_key',
    appSql({ install_key_hash: `'${'2'.repeat(64)}'` }),
  ],
  ['a kind of application nobody knows', 'portal_app_kind_known', appSql({ kind: `'webhook'` })],
  ['an application without a client id', 'portal_app_client_not_empty', appSql({ client_id: `' '` })],
  ['a client secret that lies open', 'portal_app_secret_sealed', appSql({ client_secret: `'secret'` })],
  ['an install key that lies open', 'portal_app_install_key_sealed', appSql({ install_key: `'key'` })],
  [
    'an install key looked up as it is',
    'portal_app_install_key_hashed',
    appSql({ install_key_hash: `'key'` }),
  ],
  [
    'an application of the Market for one portal only',
    'portal_app_member_of_local',
    appSql({ kind: `'market'`, member_id: `'acme'` }),
  ],
  ['a local application of no name', 'portal_app_member_of_local', appSql({ member_id: `''` })],

  [
    'one event twice on a day',
    'portal_event_default_portal_id_fingerprint_event_day_key',
    portalEventSql({ event_day: `'2025-11-20'` }),
    portalEventSql({ event_day: `'2025-11-20'`, name: `'ONUSERADD'` }),
  ],
  ['an event of no portal', 'portal_event_portal_fkey', portalEventSql({ portal_id: 'gen_random_uuid()' })],
  ['an event without a name', 'portal_event_name_in_capitals', portalEventSql({ name: `''` })],
  ['an event in small letters', 'portal_event_name_in_capitals', portalEventSql({ name: `'onAppTest'` })],
  ['a fingerprint that is none', 'portal_event_fingerprint_hashed', portalEventSql({ fingerprint: `'x'` })],
  [
    'a state of an event nobody knows',
    'portal_event_state_known',
    portalEventSql({ state: `'lost'`, reason: `'why'` }),
  ],
  ['an event that failed for no reason', 'portal_event_says_why', portalEventSql({ state: `'failed'` })],
  ['attempts below none', 'portal_event_attempts_not_negative', portalEventSql({ attempts: '-1' })],
  ['an event that came by pigeon', 'portal_event_source_known', portalEventSql({ source: `'pigeon'` })],
  ['a content that is no hash', 'portal_event_content_hashed', portalEventSql({ content_hash: `'x'` })],
  ['a twin that is no hash', 'portal_event_twin_hashed', portalEventSql({ twin: `'x'` })],

  ['a line of no portal', 'portal_line_portal_fkey', lineSql({ portal_id: 'gen_random_uuid()' })],
  ['a line without a number', 'portal_line_number_not_empty', lineSql({ line_number: `' '` })],
  ['a line with a blank name', 'portal_line_name_not_empty', lineSql({ name: `' '` })],
  ['a line twice', 'portal_line_pkey', lineSql({}), lineSql({})],
  ['a chore of no portal', 'portal_chore_portal_fkey', choreSql({ portal_id: 'gen_random_uuid()' })],
  ['a chore nobody knows', 'portal_chore_known', choreSql({ chore: `'sweep the floor'` })],
  ['a chore twice', 'portal_chore_pkey', choreSql({}), choreSql({})],
  ['a process of no app', 'process_heartbeat_app_not_empty', heartbeatSql({ app: `''` })],
  ['a health that is none', 'process_heartbeat_health_object', heartbeatSql({ health: `'[]'` })],
  ['a process twice', 'process_heartbeat_pkey', heartbeatSql({}), heartbeatSql({})],

  ['a bucket that never drains', 'portal_rate_sensible', portalSql({ rate_drain_per_second: '0' })],
  ['a bucket too small for its thresholds', 'portal_rate_sensible', portalSql({ rate_capacity: '2' })],

  ['one click twice', 'click_pkey', clickSql({ call_id: `'clicked'` })],
  ['two clicks of one event', 'click_once_per_event', clickSql({ event_id: '7' })],
  ['two clicks of one portal call', 'click_once_per_portal_call', clickSql({ portal_call_id: `'b24-7'` })],
  ['a click of no portal', 'click_portal_fkey', clickSql({ portal_id: 'gen_random_uuid()' })],
  ['a click for an unknown switch', 'click_switch_fkey', clickSql({ switch_id: `'none'` })],
  ['a state of a click nobody knows', 'click_state_known', clickSql({ state: `'dialled'` })],
  ['a click refused for no reason', 'click_refused_says_why', clickSql({ state: `'refused'` })],
  ['a click ordered for a trouble', 'click_refused_says_why', clickSql({ trouble: `'stale'` })],
  ['a click that may be dialled for ever', 'click_ordered_in_time', clickSql({ dial_before: 'NULL' })],

  ['a switch without a name', 'switch_id_not_empty', `INSERT INTO switch (switch_id) VALUES ('')`],
  ['an empty default portal', 'switch_default_portal_not_empty', `INSERT INTO switch VALUES ('other', '')`],

  [
    'an empty extension',
    'portal_user_extension_not_empty',
    `INSERT INTO portal_user VALUES (${ACME_ID}, 'main', '', ' ', 5)`,
  ],
  [
    'a user that is none',
    'portal_user_id_positive',
    `INSERT INTO portal_user VALUES (${ACME_ID}, 'main', '', '1001', 0)`,
  ],
  [
    'a user of an unknown switch',
    'portal_user_switch_fkey',
    `INSERT INTO portal_user VALUES (${ACME_ID}, 'none', '', '1001', 5)`,
  ],
  [
    'a user of an unknown portal',
    'portal_user_portal_fkey',
    `INSERT INTO portal_user VALUES (gen_random_uuid(), 'main', '', '1001', 5)`,
  ],
  [
    'one extension for two users of a portal, switch and domain',
    'portal_user_pkey',
    `INSERT INTO portal_user VALUES (${ACME_ID}, 'main', 'a', '1001', 5), (${ACME_ID}, 'main', 'a', '1001', 6)`,
  ],
  [
    'one line of two portals',
    'external_line_pkey',
    `INSERT INTO external_line VALUES ('main', '', '+7495', ${ACME_ID}, '1'), ('main', '', '+7495', ${GLOBEX_ID}, '2')`,
  ],
  [
    'a line without a number',
    'external_line_did_not_empty',
    `INSERT INTO external_line VALUES ('main', '', '', ${ACME_ID}, '1')`,
  ],
  [
    'a line the portal has no number for',
    'external_line_number_not_empty',
    `INSERT INTO external_line VALUES ('main', '', '1', ${ACME_ID}, '')`,
  ],
  [
    'a line of an unknown switch',
    'external_line_switch_fkey',
    `INSERT INTO external_line VALUES ('none', '', '1', ${ACME_ID}, '1')`,
  ],
  [
    'a line of an unknown portal',
    'external_line_portal_fkey',
    `INSERT INTO external_line VALUES ('main', '', '1', gen_random_uuid(), '1')`,
  ],

  [
    'one call twice',
    'call_pkey',
    callSql({ call_id: `'open'`, state: `jsonb_build_object('callId', 'open', 'version', 1)` }),
  ],
  ['a call of an unknown switch', 'call_switch_fkey', callSql({ switch_id: `'none'` })],
  [
    'a call without an id',
    'call_id_not_empty',
    callSql({ call_id: `''`, state: `jsonb_build_object('callId', '', 'version', 1)` }),
  ],
  ['a call without a life of the switch', 'call_core_uuid_not_empty', callSql({ core_uuid: `''` })],
  ['a direction nobody knows', 'call_direction_known', callSql({ direction: `'sideways'` })],
  ['an outcome nobody knows', 'call_outcome_known', callSql({ ...ENDED, outcome: `'fine'` })],
  [
    'a call that ends before it starts',
    'call_ends_after_start',
    callSql({ ...ENDED, ended_at: `'2026-11-20 09:00Z'` }),
  ],
  ['a talk of less than nothing', 'call_talk_not_negative', callSql({ ...ENDED, talk_seconds: '-1' })],
  ['an ended call without a talk time', 'call_talk_when_ended', callSql({ ...ENDED, talk_seconds: 'NULL' })],
  ['an outcome before the end', 'call_outcome_when_ended', callSql({ outcome: `'missed'` })],
  ['an end without an outcome', 'call_outcome_when_ended', callSql({ ...ENDED, outcome: 'NULL' })],
  ['a part of another call that goes on', 'call_merged_is_over', callSql({ merged_into: `'winner'` })],
  [
    'a call that is part of itself',
    'call_not_merged_into_itself',
    callSql({ ...ENDED, outcome: 'NULL', merged_into: `'new'` }),
  ],
  [
    'a part of a call that does not exist',
    'call_merged_into_fkey',
    callSql({ ...ENDED, outcome: 'NULL', merged_into: `'none'` }),
  ],
  [
    'a call of version 0',
    'call_version_positive',
    callSql({ version: '0', state: `jsonb_build_object('callId', 'new', 'version', 0)` }),
  ],
  ['facts of another version', 'call_state_agrees', callSql({ version: '2' })],
  [
    'facts of another call',
    'call_state_agrees',
    callSql({ state: `jsonb_build_object('callId', 'open', 'version', 1)` }),
  ],
  [
    'a version that goes back',
    'call_version_grows',
    `UPDATE call SET version = 4, state = jsonb_set(state, '{version}', '4') WHERE call_id = 'ended'`,
  ],
  [
    'other facts of the same version',
    'call_version_grows',
    `UPDATE call SET state = state || '{"legs": []}' WHERE call_id = 'ended'`,
  ],
  [
    'two calls apart again',
    'call_merged_for_good',
    `UPDATE call SET version = 9, state = jsonb_set(state, '{version}', '9'), merged_into = NULL, outcome = 'lost' WHERE call_id = 'loser'`,
  ],
  [
    'a call away while others are part of it',
    'call_merged_into_fkey',
    `DELETE FROM call WHERE call_id = 'winner'`,
  ],

  [
    'one channel in two calls',
    'channel_pkey',
    `INSERT INTO channel SELECT (c).* FROM (SELECT c FROM channel c WHERE channel_uuid = 'open-a') AS same`,
  ],
  [
    'a channel of no call',
    'channel_call_fkey',
    `INSERT INTO channel VALUES ('x', 'none', 'core-1', 'inbound', 'outside', NULL, NULL, NULL, NULL, now())`,
  ],
  [
    'a channel without a uuid',
    'channel_uuid_not_empty',
    `INSERT INTO channel VALUES ('', 'open', 'core-1', 'inbound', 'outside', NULL, NULL, NULL, NULL, now())`,
  ],
  [
    'a direction of a channel nobody knows',
    'channel_direction_known',
    `INSERT INTO channel VALUES ('x', 'open', 'core-1', 'in', 'outside', NULL, NULL, NULL, NULL, now())`,
  ],
  [
    'a far end nobody knows',
    'channel_party_known',
    `INSERT INTO channel VALUES ('x', 'open', 'core-1', 'inbound', 'robot', NULL, NULL, NULL, NULL, now())`,
  ],
  [
    'an employee without an extension',
    'channel_extension_of_employee',
    `INSERT INTO channel VALUES ('x', 'open', 'core-1', 'inbound', 'employee', NULL, NULL, NULL, NULL, now())`,
  ],
  [
    'a client with an extension',
    'channel_extension_of_employee',
    `INSERT INTO channel VALUES ('x', 'open', 'core-1', 'inbound', 'outside', '1001', NULL, NULL, NULL, now())`,
  ],
  [
    'an employee with an empty extension',
    'channel_extension_not_empty',
    `INSERT INTO channel VALUES ('x', 'open', 'core-1', 'inbound', 'employee', '', NULL, NULL, NULL, now())`,
  ],

  ['one recording twice', 'recording_pkey', `INSERT INTO recording SELECT * FROM recording`],
  [
    'a recording of no call',
    'recording_call_fkey',
    `INSERT INTO recording VALUES ('none', '/r.wav', 'x', NULL, NULL, NULL, false)`,
  ],
  [
    'a recording without a file',
    'recording_path_not_empty',
    `INSERT INTO recording VALUES ('open', '', 'x', NULL, NULL, NULL, false)`,
  ],
  [
    'a recording shorter than nothing',
    'recording_length_not_negative',
    `INSERT INTO recording VALUES ('open', '/r.wav', 'x', NULL, NULL, -1, false)`,
  ],

  [
    'one event of the switch twice',
    'call_event_default_pkey',
    eventSql({}),
    eventSql({ call_id: `'ended'` }),
  ],
  ['an event of no call', 'call_event_call_fkey', eventSql({ call_id: `'none'`, event_sequence: '8' })],
  ['an event before the first', 'call_event_sequence_not_negative', eventSql({ event_sequence: '-1' })],
  ['an event of no kind', 'call_event_kind_not_empty', eventSql({ kind: `''` })],
  ['an event in the wrong day', 'call_event_day_of_occurrence', eventSql({ event_day: `'2025-11-21'` })],

  ['two portal calls of one key', 'portal_call_pkey', portalCallSql('ended', { portalCallId: 'b24-2' })],
  [
    'one CALL_ID for two calls',
    'portal_call_one_per_portal_call_id',
    portalCallSql('winner', { portalCallId: 'b24-1' }),
  ],
  ['a portal call of no call', 'portal_call_call_fkey', portalCallSql('none', {})],
  ['a portal call without a key', 'portal_call_key_not_empty', portalCallSql('winner', { key: '' })],
  ['an empty CALL_ID', 'portal_call_id_not_empty', portalCallSql('winner', { portalCallId: '' })],
  [
    'a finish without a registration',
    'portal_call_finished_is_registered',
    portalCallSql('winner', { finished: true }),
  ],
  [
    'a recording attached before the finish',
    'portal_call_attached_is_finished',
    portalCallSql('winner', { portalCallId: 'b24-3', attached: '/r.wav' }),
  ],
  [
    'a portal call that was never written',
    'portal_call_revision_positive',
    portalCallSql('winner', {}).replace(/1\)$/, '0)'),
  ],
  [
    'a column that says something else than the state',
    'portal_call_state_agrees',
    portalCallSql('winner', {}).replace('NULL', `'b24-4'`),
  ],
  [
    'a portal call in no portal',
    'portal_call_portal_fkey',
    portalCallSql('winner', {}).replace(ACME_ID, 'gen_random_uuid()'),
  ],
  [
    'a finished portal call that goes back',
    'portal_call_finished_once',
    `UPDATE portal_call SET revision = 2, finished = false, attached = NULL, state = state - 'attached' || '{"finished": false}' WHERE call_id = 'ended'`,
  ],
  [
    'another CALL_ID after the finish',
    'portal_call_finished_once',
    `UPDATE portal_call SET revision = 2, portal_call_id = 'b24-9', state = state || '{"portalCallId": "b24-9"}' WHERE call_id = 'ended'`,
  ],
  [
    'a second recording',
    'portal_call_attached_once',
    `UPDATE portal_call SET revision = 2, attached = '/s.wav', state = state || '{"attached": "/s.wav"}' WHERE call_id = 'ended'`,
  ],
  [
    'a portal call that moves to another portal',
    'portal_call_stays_in_its_portal',
    `UPDATE portal_call SET revision = 2, portal_id = ${GLOBEX_ID} WHERE call_id = 'open'`,
  ],
  [
    'a write over one that was not seen',
    'portal_call_revision_steps',
    `UPDATE portal_call SET revision = 3 WHERE call_id = 'open'`,
  ],
  ['a call away that a portal holds', 'portal_call_call_fkey', `DELETE FROM call WHERE call_id = 'ended'`],
  [
    'a portal away that holds calls',
    'portal_call_portal_fkey',
    `DELETE FROM portal WHERE portal_id = ${ACME_ID}`,
  ],

  [
    'a call synchronised further than it is',
    'call_sync_not_ahead',
    `UPDATE call_sync SET synced_version = 2 WHERE call_id = 'open'`,
  ],
  [
    'a call synchronised less than not at all',
    'call_sync_not_ahead',
    `UPDATE call_sync SET synced_version = -1 WHERE call_id = 'open'`,
  ],
  [
    'a mark of no call',
    'call_sync_call_fkey',
    `INSERT INTO call_sync (call_id, call_version, behind_since) VALUES ('none', 1, now())`,
  ],

  ['a request for no call', 'portal_request_call_fkey', requestSql({ call_id: `'none'` })],
  ['a request to no portal', 'portal_request_portal_fkey', requestSql({ portal_id: 'gen_random_uuid()' })],
  ['a request without a step', 'portal_request_step_not_empty', requestSql({ step: `''` })],
  ['a request without a method', 'portal_request_method_not_empty', requestSql({ method: `''` })],
  ['a status that HTTP does not have', 'portal_request_status_of_http', requestSql({ status: '42' })],
  ['an answer before the request', 'portal_request_duration_not_negative', requestSql({ duration_ms: '-1' })],
  ['a request in the wrong day', 'portal_request_day_of_start', requestSql({ request_day: `'2026-11-19'` })],

  [
    'a bucket of no portal',
    'portal_rate_portal_fkey',
    `INSERT INTO portal_rate VALUES (gen_random_uuid(), 'here', 0, now())`,
  ],
  [
    'a bucket of no address',
    'portal_rate_egress_not_empty',
    `INSERT INTO portal_rate VALUES (${ACME_ID}, '', 0, now())`,
  ],
  [
    'a bucket less than empty',
    'portal_rate_level_not_negative',
    `INSERT INTO portal_rate VALUES (${ACME_ID}, 'here', -1, now())`,
  ],

  [
    'a step of no call that waits',
    'waiting_step_call_fkey',
    `INSERT INTO waiting_step VALUES ('none', ${ACME_ID}, 'finish', 0, now())`,
  ],
  [
    'a step that waits for no portal',
    'waiting_step_portal_fkey',
    `INSERT INTO waiting_step VALUES ('open', gen_random_uuid(), 'finish', 0, now())`,
  ],
  [
    'a step of a class that nobody serves',
    'waiting_step_class_known',
    `INSERT INTO waiting_step VALUES ('open', ${ACME_ID}, 'bulk', 0, now())`,
  ],
  [
    'a step with a hundred uploads',
    'waiting_step_uploads_few',
    `INSERT INTO waiting_step VALUES ('open', ${ACME_ID}, 'finish', 100, now())`,
  ],

  [
    'working time of no portal',
    'portal_operating_portal_fkey',
    `INSERT INTO portal_operating VALUES (gen_random_uuid(), 'user.get', 1, false, now())`,
  ],
  [
    'working time of no method',
    'portal_operating_method_not_empty',
    `INSERT INTO portal_operating VALUES (${ACME_ID}, '', 1, false, now())`,
  ],
  [
    'working time below nothing',
    'portal_operating_used_not_negative',
    `INSERT INTO portal_operating VALUES (${ACME_ID}, 'user.get', -1, false, now())`,
  ],
  [
    'a line whose policy is a list',
    'external_line_policy_object',
    `INSERT INTO external_line VALUES ('main', '', '1', ${ACME_ID}, '1', '[]')`,
  ],
  [
    'a line whose routing is a list',
    'external_line_routing_object',
    `INSERT INTO external_line VALUES ('main', '', '1', ${ACME_ID}, '1', '{}', '[]')`,
  ],
];

const NAMES_OF_CONSTRAINTS = `
  SELECT conname AS name FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
  WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u') AND NOT relispartition AND relname <> 'migrations'
  UNION SELECT unnest(regexp_matches(prosrc, '''(call_[a-z_]+|portal_call_[a-z_]+)''', 'g')) FROM pg_proc WHERE proname LIKE '%goes_forward'`;

describe('the database refuses', () => {
  it.each(BREACHES)('%s (%s)', async (_what, constraint, ...statements) => {
    const last = statements.pop() ?? '';
    for (const statement of statements) await store.sql.rows(statement);
    const refusal = await refusalOf(store.sql.rows(last));
    expect(refusal).toMatchObject({ kind: 'bad-row', verdict: 'ask-a-person', constraint });
  });

  it.each([
    ['call', 'started_at'],
    ['call', 'state'],
    ['channel', 'created_at'],
    ['recording', 'discarded'],
    ['portal', 'settings'],
    ['portal_app', 'client_secret'],
  ])('a %s without %s', async (table, column) => {
    const refusal = await refusalOf(store.sql.rows(`UPDATE ${table} SET ${column} = NULL`));
    expect(refusal).toMatchObject({ kind: 'bad-row', sqlState: '23502', table });
  });

  it('whatever has a constraint: each is tried above', async () => {
    const rows = (await store.sql.rows(NAMES_OF_CONSTRAINTS)) as { name: string }[];
    // A partition keeps the unique key of its table under a name of its own.
    const tried = new Set([...BREACHES.map(([, constraint]) => constraint), 'portal_event_once']);
    expect(rows.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});

describe('the database takes', () => {
  const outcomes: Record<Outcome, true> = {
    answered: true,
    missed: true,
    busy: true,
    declined: true,
    failed: true,
    'no-answer': true,
    cancelled: true,
    'agent-no-answer': true,
    'agent-declined': true,
    lost: true,
  };

  it.each(Object.keys(outcomes))('the outcome %s', async (outcome) => {
    const state = `jsonb_build_object('callId', '${outcome}', 'version', 1)`;
    await store.sql.rows(callSql({ ...ENDED, call_id: `'${outcome}'`, state, outcome: `'${outcome}'` }));
    const rows = await store.sql.rows('SELECT outcome FROM call WHERE call_id = $1', [outcome]);
    expect(rows).toEqual([{ outcome }]);
  });

  it.each([
    'https://portal.example/rest/',
    'https://portal.example:8443/b24/rest/',
    'http://127.0.0.1:4000/rest/',
    'http://localhost/rest/',
    'http://[::1]:4000/rest/',
  ])('the endpoint %s', async (endpoint) => {
    await store.sql.rows(portalSql({ member_id: `'${endpoint}'`, endpoint: `'${endpoint}'` }));
    const rows = await store.sql.rows('SELECT endpoint FROM portal WHERE member_id = $1', [endpoint]);
    expect(rows).toEqual([{ endpoint }]);
  });
});
