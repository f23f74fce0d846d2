import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Steps that wait for their turn, and the turns of a portal: who may send the next request. Every function that gives a
 * turn or changes who waits locks the bucket of the portal first and reads the clock then, so that what becomes ready
 * and what is sent has one order in a portal, whatever worker asks.
 */
export class WaitingSteps1795400000003 implements MigrationInterface {
  readonly name = 'WaitingSteps1795400000003';

  async up(runner: QueryRunner): Promise<void> {
    // `ready_at` in the future: in somebody's hands, or put aside, until then; and in nobody's way.
    await runner.query(`
      CREATE TABLE waiting_step (
        call_id text NOT NULL,
        portal_id uuid NOT NULL,
        step_class text NOT NULL,
        uploads smallint NOT NULL,
        ready_at timestamptz NOT NULL,
        CONSTRAINT waiting_step_pkey PRIMARY KEY (call_id),
        CONSTRAINT waiting_step_call_fkey FOREIGN KEY (call_id) REFERENCES call (call_id) ON DELETE CASCADE,
        CONSTRAINT waiting_step_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT waiting_step_class_known CHECK (
          step_class IN ('live-card', 'finish', 'recording', 'backfill', 'directory')
        ),
        CONSTRAINT waiting_step_uploads_few CHECK (uploads BETWEEN 0 AND 1)
      )`);
    await runner.query(
      'CREATE INDEX waiting_step_order_idx ON waiting_step (portal_id, step_class, ready_at, call_id)',
    );
    await runner.query(`
      ALTER TABLE portal_rate
        ADD turn bigint NOT NULL DEFAULT 0,
        ADD blocked_until timestamptz`);
    // The most urgent first.
    await runner.query(`
      CREATE FUNCTION step_classes() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
        SELECT ARRAY['live-card', 'finish', 'recording', 'backfill', 'directory']
      $$`);
    for (const definition of FUNCTIONS) await runner.query(definition);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION block_portal(uuid, text, double precision, timestamptz)');
    await runner.query('DROP FUNCTION park_steps(uuid, timestamptz, text)');
    await runner.query('DROP FUNCTION count_requests(uuid, text, integer, timestamptz)');
    await runner.query('DROP FUNCTION list_steps(uuid, text, jsonb, timestamptz)');
    await runner.query('DROP FUNCTION reserve_turn(uuid, text, text, timestamptz)');
    await runner.query('DROP FUNCTION take_turn(uuid, text, text, integer, integer, timestamptz)');
    await runner.query(
      'DROP FUNCTION ask_turn(text, uuid, text, text, text, integer, boolean, double precision, timestamptz)',
    );
    await runner.query('DROP FUNCTION room_wait(portal_rate, text, integer)');
    await runner.query('DROP FUNCTION portal_closed(portal_rate)');
    await runner.query('DROP FUNCTION is_behind_others(uuid, text, timestamptz, text, timestamptz)');
    await runner.query('DROP FUNCTION step_classes()');
    await runner.query('ALTER TABLE portal_rate DROP turn, DROP blocked_until');
    await runner.query('DROP TABLE waiting_step');
  }
}

/** Whether a step has to wait behind others: more urgent ones, or those of its class that were ready earlier. */
const IS_BEHIND_OTHERS = `
  CREATE FUNCTION is_behind_others(
    for_portal uuid, asked_class text, asked_ready timestamptz, for_call text, moment timestamptz
  ) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
      SELECT FROM waiting_step
      WHERE portal_id = for_portal AND ready_at <= moment AND call_id IS DISTINCT FROM for_call
        AND step_class = ANY ((step_classes())[1 : array_position(step_classes(), asked_class)])
        AND (step_class <> asked_class OR ready_at < asked_ready)
    )
  $$`;

/** Why nothing is sent to a portal at all; NULL: it is open. A block that is over lets one request try (ask_turn). */
const PORTAL_CLOSED = `
  CREATE FUNCTION portal_closed(bucket portal_rate) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE
      WHEN trouble_kind IS NOT NULL THEN jsonb_build_object('verdict', 'closed', 'why', 'red', 'reason', trouble_reason)
      WHEN bucket.blocked_until > bucket.level_at THEN jsonb_build_object(
        'verdict', 'closed', 'why', 'blocked', 'reason', 'the vendor has blocked this portal (OVERLOAD_LIMIT)',
        'waitMs', extract(epoch FROM bucket.blocked_until - bucket.level_at) * 1000)
    END
    FROM portal WHERE portal_id = bucket.portal_id
  $$`;

/** Milliseconds until so many requests of a class fit into the bucket; 0: they do now. */
const ROOM_WAIT = `
  CREATE FUNCTION room_wait(bucket portal_rate, step_class text, requests integer)
  RETURNS double precision LANGUAGE sql STABLE AS $$
    SELECT greatest(0, bucket.level + least(requests, floor(threshold)) - threshold) / rate_drain_per_second * 1000
    FROM portal, rate_threshold(step_class, rate_capacity) AS threshold WHERE portal_id = bucket.portal_id
  $$`;

/**
 * Asks for the turn of one call's step, which is sent at once when it is given. Otherwise the step waits from now on, or
 * goes on waiting since it was ready. Everything that a turn may cost is paid at once: a recording's upload follows its
 * first request without asking again.
 */
const ASK_TURN = `
  CREATE FUNCTION ask_turn(
    for_call text, for_portal uuid, for_egress text, asked_class text, asked_method text, asked_uploads integer,
    has_place boolean, operating_limit double precision, given_now timestamptz
  ) RETURNS jsonb LANGUAGE plpgsql AS $$
  DECLARE
    bucket portal_rate;
    refused jsonb;
    ready timestamptz;
    behind boolean;
  BEGIN
    IF array_position(step_classes(), asked_class) IS NULL THEN
      RAISE EXCEPTION 'unknown class of step: %', asked_class USING ERRCODE = 'invalid_parameter_value';
    END IF;
    bucket := leak_portal_rate(for_portal, for_egress,
      (SELECT rate_drain_per_second FROM portal WHERE portal_id = for_portal), given_now);
    refused := coalesce(portal_closed(bucket), (
      SELECT jsonb_build_object('verdict', 'over-budget', 'waitMs', wait_ms)
      FROM operating_wait(for_portal, asked_method, asked_class, operating_limit, bucket.level_at) AS wait_ms
      WHERE wait_ms IS NOT NULL));
    IF refused IS NOT NULL THEN
      DELETE FROM waiting_step WHERE call_id = for_call;
      RETURN refused;
    END IF;
    SELECT least(ready_at, bucket.level_at) INTO ready FROM waiting_step
      WHERE call_id = for_call AND step_class = asked_class;
    ready := coalesce(ready, bucket.level_at);
    behind := is_behind_others(for_portal, asked_class, ready, for_call, bucket.level_at);
    IF NOT has_place OR behind OR room_wait(bucket, asked_class, 1 + asked_uploads) > 0 THEN
      INSERT INTO waiting_step (call_id, portal_id, step_class, uploads, ready_at)
        -- The upload that a finish brings along is for when it is sent alone: in a batch it goes without.
        VALUES (for_call, for_portal, asked_class, CASE asked_class WHEN 'recording' THEN asked_uploads ELSE 0 END, ready)
        ON CONFLICT (call_id) DO UPDATE SET portal_id = excluded.portal_id, step_class = excluded.step_class,
          uploads = excluded.uploads, ready_at = excluded.ready_at;
      RETURN jsonb_build_object('verdict', 'listed', 'isFirst', NOT behind);
    END IF;
    DELETE FROM waiting_step WHERE call_id = for_call;
    UPDATE portal_rate SET level = bucket.level + 1 + asked_uploads, level_at = bucket.level_at, turn = bucket.turn + 1,
        blocked_until = CASE WHEN bucket.blocked_until IS NOT NULL THEN bucket.level_at + interval '1 hour' END
      WHERE portal_id = for_portal AND egress = for_egress;
    RETURN jsonb_build_object('verdict', 'granted', 'turn', bucket.turn + 1,
      'readyAt', extract(epoch FROM ready) * 1000, 'isProbe', bucket.blocked_until IS NOT NULL);
  END
  $$`;

/**
 * Takes the next turn for steps that wait: what stands first, and with it in one batch what else is ready, each class
 * behind the more urgent ones. Cards go with cards alone: a long batch would delay its answers. What is not urgent waits
 * until there is room for all the uploads that its batch can bring along, since each costs a request of its own. The
 * steps are in the taker's hands from then on; should he die, they wait again after half a minute, cards after 10 s.
 */
const TAKE_TURN = `
  CREATE FUNCTION take_turn(
    for_portal uuid, for_egress text, least_urgent text, most integer, most_uploads integer, given_now timestamptz
  ) RETURNS jsonb LANGUAGE plpgsql AS $$
  DECLARE
    bucket portal_rate;
    refused jsonb;
    head_class text;
    each_class text;
    step waiting_step;
    taken jsonb := '[]';
    commands integer := 0;
    uploads integer := 0;
    goes_alone boolean := false;
    wait_ms double precision;
  BEGIN
    bucket := leak_portal_rate(for_portal, for_egress,
      (SELECT rate_drain_per_second FROM portal WHERE portal_id = for_portal), given_now);
    refused := portal_closed(bucket);
    IF refused IS NOT NULL THEN
      RETURN refused;
    END IF;
    FOREACH each_class IN ARRAY step_classes() LOOP
      EXIT WHEN head_class = 'live-card' OR goes_alone;
      FOR step IN
        SELECT * FROM waiting_step WHERE portal_id = for_portal AND step_class = each_class AND ready_at <= bucket.level_at
        ORDER BY ready_at, call_id LIMIT most
      LOOP
        head_class := coalesce(head_class, each_class);
        EXIT WHEN goes_alone OR commands >= most OR (bucket.blocked_until IS NOT NULL AND commands > 0);
        CONTINUE WHEN step.uploads > 0 AND (uploads >= most_uploads OR commands + 2 > most);
        -- It carries its file as text.
        goes_alone := each_class = 'recording' AND step.uploads = 0;
        EXIT WHEN goes_alone AND commands > 0;
        commands := commands + 1 + step.uploads;
        uploads := uploads + step.uploads;
        taken := taken || jsonb_build_object('callId', step.call_id, 'stepClass', step.step_class,
          'uploads', step.uploads, 'readyAt', extract(epoch FROM step.ready_at) * 1000);
      END LOOP;
    END LOOP;
    IF head_class IS NULL THEN
      SELECT extract(epoch FROM min(ready_at) - bucket.level_at) * 1000 INTO wait_ms
        FROM waiting_step WHERE portal_id = for_portal;
      RETURN jsonb_build_object('verdict', 'nobody', 'waitMs', wait_ms);
    END IF;
    IF array_position(step_classes(), head_class) > array_position(step_classes(), least_urgent) THEN
      RETURN jsonb_build_object('verdict', 'no-place');
    END IF;
    wait_ms := room_wait(bucket, head_class, 1 + uploads);
    IF wait_ms > 0 THEN
      RETURN jsonb_build_object('verdict', 'no-room', 'waitMs', wait_ms);
    END IF;
    UPDATE waiting_step SET ready_at = bucket.level_at +
        CASE head_class WHEN 'live-card' THEN interval '10 seconds' ELSE interval '30 seconds' END
      WHERE call_id IN (SELECT value ->> 'callId' FROM jsonb_array_elements(taken));
    UPDATE portal_rate SET level = bucket.level + 1 + uploads, level_at = bucket.level_at, turn = bucket.turn + 1,
        blocked_until = CASE WHEN bucket.blocked_until IS NOT NULL THEN bucket.level_at + interval '1 hour' END
      WHERE portal_id = for_portal AND egress = for_egress;
    RETURN jsonb_build_object('verdict', 'taken', 'turn', bucket.turn + 1, 'stepClass', head_class, 'steps', taken,
      'isProbe', bucket.blocked_until IS NOT NULL);
  END
  $$`;

/** As reserve_request, for requests that belong to no call: they too give way to steps that wait. The first after a block is a probe. */
const RESERVE_TURN = `
  CREATE FUNCTION reserve_turn(for_portal uuid, for_egress text, step_class text, given_now timestamptz)
  RETURNS double precision LANGUAGE plpgsql AS $$
  DECLARE
    drain double precision;
    bucket portal_rate;
    wait_ms double precision;
  BEGIN
    SELECT rate_drain_per_second INTO STRICT drain FROM portal WHERE portal_id = for_portal;
    bucket := leak_portal_rate(for_portal, for_egress, drain, given_now);
    wait_ms := CASE
      WHEN bucket.blocked_until > bucket.level_at THEN extract(epoch FROM bucket.blocked_until - bucket.level_at) * 1000
      WHEN is_behind_others(for_portal, step_class, bucket.level_at, NULL, bucket.level_at) THEN 1000 / drain
    END;
    wait_ms := coalesce(wait_ms, reserve_request(for_portal, for_egress, step_class, given_now));
    IF wait_ms IS NULL AND bucket.blocked_until IS NOT NULL THEN
      UPDATE portal_rate SET blocked_until = bucket.level_at + interval '1 hour'
        WHERE portal_id = for_portal AND egress = for_egress;
    END IF;
    RETURN wait_ms;
  END
  $$`;

/**
 * Has steps wait, each as {callId, stepClass, uploads, readyAt, asideMs}: from now on or since they were ready, or put
 * aside for a while. Who waits already keeps the better place.
 */
const LIST_STEPS = `
  CREATE FUNCTION list_steps(for_portal uuid, for_egress text, steps jsonb, given_now timestamptz) RETURNS void
  LANGUAGE plpgsql AS $$
  DECLARE
    bucket portal_rate := leak_portal_rate(for_portal, for_egress,
      (SELECT rate_drain_per_second FROM portal WHERE portal_id = for_portal), given_now);
  BEGIN
    INSERT INTO waiting_step AS known (call_id, portal_id, step_class, uploads, ready_at)
      SELECT "callId", for_portal, "stepClass", uploads,
        coalesce(to_timestamp("readyAt" / 1000), bucket.level_at) + make_interval(secs => coalesce("asideMs", 0) / 1000)
      FROM jsonb_to_recordset(steps) AS given (
        "callId" text, "stepClass" text, uploads smallint, "readyAt" double precision, "asideMs" double precision
      )
      WHERE EXISTS (SELECT FROM call WHERE call_id = "callId")
      ORDER BY "callId"
      ON CONFLICT (call_id) DO UPDATE SET portal_id = excluded.portal_id, step_class = excluded.step_class,
        uploads = excluded.uploads,
        ready_at = CASE WHEN known.step_class = excluded.step_class
          THEN least(known.ready_at, excluded.ready_at) ELSE excluded.ready_at END;
  END
  $$`;

/** Requests that were sent without asking. */
const COUNT_REQUESTS = `
  CREATE FUNCTION count_requests(for_portal uuid, for_egress text, requests integer, given_now timestamptz) RETURNS void
  LANGUAGE plpgsql AS $$
  DECLARE
    bucket portal_rate := leak_portal_rate(for_portal, for_egress,
      (SELECT rate_drain_per_second FROM portal WHERE portal_id = for_portal), given_now);
  BEGIN
    UPDATE portal_rate SET level = bucket.level + requests, level_at = bucket.level_at
      WHERE portal_id = for_portal AND egress = for_egress;
  END
  $$`;

/**
 * Nothing is sent to this portal for a long time: its steps stop waiting for turns and are looked at again at a time, or
 * when somebody wakes them. Gives how many. None of a portal that works again by now: whoever mends it changes its row
 * before he wakes its calls, so that the lock decides who comes first.
 */
const PARK_STEPS = `
  CREATE FUNCTION park_steps(for_portal uuid, until timestamptz, reason text) RETURNS integer LANGUAGE sql AS $$
    WITH closed AS (
      SELECT FROM portal WHERE portal_id = for_portal AND (
        trouble_kind IS NOT NULL OR
        EXISTS (SELECT FROM portal_rate WHERE portal_id = for_portal AND blocked_until IS NOT NULL)
      ) FOR SHARE
    ),
    parked AS (
      DELETE FROM waiting_step WHERE portal_id = for_portal AND EXISTS (SELECT FROM closed) RETURNING call_id
    ),
    noted AS (
      UPDATE call_sync SET synced_version = call_version, not_before = until, problem = reason
      WHERE call_id IN (SELECT call_id FROM parked)
      RETURNING call_id
    )
    SELECT count(*)::integer FROM noted
  $$`;

/** The vendor has blocked the portal: nothing is sent for so long, and then one request to see. */
const BLOCK_PORTAL = `
  CREATE FUNCTION block_portal(for_portal uuid, for_egress text, for_ms double precision, given_now timestamptz)
  RETURNS void LANGUAGE sql AS $$
    UPDATE portal_rate SET
      blocked_until = coalesce(given_now, clock_timestamp()) + make_interval(secs => for_ms / 1000)
    WHERE portal_id = for_portal AND egress = for_egress
  $$`;

const FUNCTIONS = [
  IS_BEHIND_OTHERS,
  PORTAL_CLOSED,
  ROOM_WAIT,
  ASK_TURN,
  TAKE_TURN,
  RESERVE_TURN,
  LIST_STEPS,
  COUNT_REQUESTS,
  PARK_STEPS,
  BLOCK_PORTAL,
];
