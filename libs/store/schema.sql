-- The schema, as the migrations leave it. Generated from the catalogue of Postgres by scripts/db-dump.mjs: for reading
-- and for seeing changes in a review. Daily partitions are left out.

CREATE TABLE call (
  call_id text NOT NULL,
  switch_id text NOT NULL,
  core_uuid text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  direction text NOT NULL,
  external_number text,
  external_name text,
  did text,
  outcome text,
  talk_seconds integer,
  state jsonb NOT NULL,
  version integer NOT NULL,
  merged_into text,
  CONSTRAINT call_pkey PRIMARY KEY (call_id),
  CONSTRAINT call_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES call(call_id),
  CONSTRAINT call_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch(switch_id),
  CONSTRAINT call_core_uuid_not_empty CHECK (core_uuid <> ''::text),
  CONSTRAINT call_direction_known CHECK (direction = ANY (ARRAY['inbound'::text, 'outbound'::text, 'internal'::text])),
  CONSTRAINT call_ends_after_start CHECK (ended_at >= started_at),
  CONSTRAINT call_id_not_empty CHECK (call_id <> ''::text),
  CONSTRAINT call_merged_is_over CHECK (merged_into IS NULL OR ended_at IS NOT NULL),
  CONSTRAINT call_not_merged_into_itself CHECK (merged_into <> call_id),
  CONSTRAINT call_outcome_known CHECK (outcome = ANY (ARRAY['answered'::text, 'missed'::text, 'busy'::text, 'declined'::text, 'failed'::text, 'no-answer'::text, 'cancelled'::text, 'agent-no-answer'::text, 'agent-declined'::text, 'lost'::text])),
  CONSTRAINT call_outcome_when_ended CHECK ((outcome IS NULL) = (ended_at IS NULL OR merged_into IS NOT NULL)),
  CONSTRAINT call_state_agrees CHECK (NOT (state ->> 'callId'::text) IS DISTINCT FROM call_id AND NOT (state ->> 'version'::text) IS DISTINCT FROM version::text),
  CONSTRAINT call_talk_not_negative CHECK (talk_seconds >= 0),
  CONSTRAINT call_talk_when_ended CHECK ((talk_seconds IS NULL) = (ended_at IS NULL)),
  CONSTRAINT call_version_positive CHECK (version > 0)
);
CREATE INDEX call_external_number_idx ON call USING btree (external_number, started_at) WHERE (external_number IS NOT NULL);
CREATE INDEX call_merged_into_idx ON call USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX call_open_idx ON call USING btree (switch_id) WHERE (ended_at IS NULL);
CREATE INDEX call_started_idx ON call USING btree (started_at);
CREATE TRIGGER call_goes_forward BEFORE UPDATE ON call FOR EACH ROW EXECUTE FUNCTION call_goes_forward();
CREATE TRIGGER call_is_behind_changed AFTER UPDATE ON call REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION call_is_behind();
CREATE TRIGGER call_is_behind_new AFTER INSERT ON call REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION call_is_behind();

CREATE TABLE call_event (
  core_uuid text NOT NULL,
  event_sequence bigint NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  event_day date NOT NULL,
  call_id text NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  observed_at timestamp with time zone NOT NULL,
  body jsonb NOT NULL,
  CONSTRAINT call_event_pkey PRIMARY KEY (core_uuid, event_sequence, kind, subject, event_day),
  CONSTRAINT call_event_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id),
  CONSTRAINT call_event_day_of_occurrence CHECK (event_day = (occurred_at AT TIME ZONE 'UTC'::text)::date),
  CONSTRAINT call_event_kind_not_empty CHECK (kind <> ''::text),
  CONSTRAINT call_event_sequence_not_negative CHECK (event_sequence >= 0)
) PARTITION BY RANGE (event_day);
CREATE INDEX call_event_call_idx ON ONLY call_event USING btree (call_id, occurred_at);

CREATE TABLE call_event_default PARTITION OF call_event DEFAULT;

CREATE TABLE call_sync (
  call_id text NOT NULL,
  call_version integer NOT NULL,
  synced_version integer NOT NULL DEFAULT 0,
  behind_since timestamp with time zone NOT NULL,
  settled boolean NOT NULL DEFAULT false,
  not_before timestamp with time zone,
  problem text,
  remark text,
  CONSTRAINT call_sync_pkey PRIMARY KEY (call_id),
  CONSTRAINT call_sync_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id) ON DELETE CASCADE,
  CONSTRAINT call_sync_not_ahead CHECK (synced_version >= 0 AND synced_version <= call_version)
);
CREATE INDEX call_sync_behind_idx ON call_sync USING btree (behind_since) WHERE (call_version > synced_version);
CREATE INDEX call_sync_not_before_idx ON call_sync USING btree (not_before) WHERE (not_before IS NOT NULL);

CREATE TABLE channel (
  channel_uuid text NOT NULL,
  call_id text NOT NULL,
  core_uuid text NOT NULL,
  direction text NOT NULL,
  party text NOT NULL,
  extension text,
  domain text,
  caller_number text,
  dialled text,
  created_at timestamp with time zone NOT NULL,
  rang_at timestamp with time zone,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  hangup_cause text,
  sip_status integer,
  CONSTRAINT channel_pkey PRIMARY KEY (channel_uuid),
  CONSTRAINT channel_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id) ON DELETE CASCADE,
  CONSTRAINT channel_direction_known CHECK (direction = ANY (ARRAY['inbound'::text, 'outbound'::text])),
  CONSTRAINT channel_extension_not_empty CHECK (extension <> ''::text),
  CONSTRAINT channel_extension_of_employee CHECK ((party = 'employee'::text) = (extension IS NOT NULL)),
  CONSTRAINT channel_party_known CHECK (party = ANY (ARRAY['employee'::text, 'outside'::text, 'loopback'::text])),
  CONSTRAINT channel_uuid_not_empty CHECK (channel_uuid <> ''::text)
);
CREATE INDEX channel_call_idx ON channel USING btree (call_id);

CREATE TABLE click (
  call_id text NOT NULL,
  portal_id uuid NOT NULL,
  event_id bigint,
  portal_call_id text,
  user_id integer NOT NULL,
  switch_id text NOT NULL,
  state text NOT NULL,
  trouble text,
  decided_at timestamp with time zone NOT NULL,
  dial_before timestamp with time zone,
  dial_order jsonb,
  CONSTRAINT click_pkey PRIMARY KEY (call_id),
  CONSTRAINT click_once_per_event UNIQUE (event_id),
  CONSTRAINT click_once_per_portal_call UNIQUE (portal_id, portal_call_id),
  CONSTRAINT click_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id),
  CONSTRAINT click_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch(switch_id),
  CONSTRAINT click_ordered_in_time CHECK (state = 'refused'::text OR dial_before IS NOT NULL AND dial_order IS NOT NULL),
  CONSTRAINT click_refused_says_why CHECK ((state = 'refused'::text) = (trouble IS NOT NULL)),
  CONSTRAINT click_state_known CHECK (state = ANY (ARRAY['ordered'::text, 'taken'::text, 'missed'::text, 'refused'::text]))
);
CREATE INDEX click_ordered_idx ON click USING btree (dial_before) WHERE (state = 'ordered'::text);
CREATE INDEX click_portal_idx ON click USING btree (portal_id, decided_at);

CREATE TABLE external_line (
  switch_id text NOT NULL,
  domain text NOT NULL DEFAULT ''::text,
  did text NOT NULL,
  portal_id uuid NOT NULL,
  line_number text NOT NULL,
  policy jsonb NOT NULL DEFAULT '{}'::jsonb,
  routing jsonb,
  CONSTRAINT external_line_pkey PRIMARY KEY (switch_id, domain, did),
  CONSTRAINT external_line_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT external_line_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch(switch_id),
  CONSTRAINT external_line_did_not_empty CHECK (btrim(did) <> ''::text),
  CONSTRAINT external_line_number_not_empty CHECK (btrim(line_number) <> ''::text),
  CONSTRAINT external_line_policy_object CHECK (jsonb_typeof(policy) = 'object'::text),
  CONSTRAINT external_line_routing_object CHECK (jsonb_typeof(routing) = 'object'::text)
);
CREATE INDEX external_line_portal_idx ON external_line USING btree (portal_id, switch_id);

CREATE TABLE portal (
  portal_id uuid NOT NULL DEFAULT gen_random_uuid(),
  member_id text NOT NULL,
  domain text NOT NULL,
  endpoint text NOT NULL,
  credentials text,
  settings jsonb NOT NULL,
  rate_capacity integer NOT NULL DEFAULT 50,
  rate_drain_per_second double precision NOT NULL DEFAULT 2,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  app_id uuid,
  application_token_hash text,
  scope text[] NOT NULL DEFAULT '{}'::text[],
  app_status text NOT NULL DEFAULT ''::text,
  license text,
  installer_user_id integer,
  renewed_at timestamp with time zone,
  trouble_kind text,
  trouble_reason text,
  trouble_cure text,
  trouble_since timestamp with time zone,
  set_up_wanted integer NOT NULL DEFAULT 0,
  set_up_done integer NOT NULL DEFAULT 0,
  set_up_not_before timestamp with time zone,
  set_up_problem text,
  erase_since timestamp with time zone,
  CONSTRAINT portal_pkey PRIMARY KEY (portal_id),
  CONSTRAINT portal_member_key UNIQUE (member_id),
  CONSTRAINT portal_app_fkey FOREIGN KEY (app_id) REFERENCES portal_app(app_id),
  CONSTRAINT portal_application_token_hashed CHECK (application_token_hash ~ '^[0-9a-f]{64}$'::text),
  CONSTRAINT portal_credentials_sealed CHECK (credentials ~ '^v1[.][A-Za-z0-9_-]{1,32}[.][A-Za-z0-9_-]{38,}$'::text),
  CONSTRAINT portal_domain_lower_case CHECK (domain <> ''::text AND domain = lower(domain)),
  CONSTRAINT portal_endpoint_safe CHECK (endpoint ~ '^https://[a-z0-9.-]+(:[0-9]+)?/'::text OR endpoint ~ '^http://(localhost|127[.]0[.]0[.]1|[[]::1[]])(:[0-9]+)?/'::text),
  CONSTRAINT portal_erased_is_closed CHECK (erase_since IS NULL OR credentials IS NULL AND application_token_hash IS NULL),
  CONSTRAINT portal_installer_positive CHECK (installer_user_id > 0),
  CONSTRAINT portal_member_not_empty CHECK (member_id <> ''::text),
  CONSTRAINT portal_rate_sensible CHECK (rate_capacity >= 10 AND rate_drain_per_second > 0::double precision),
  CONSTRAINT portal_set_up_not_ahead CHECK (set_up_done >= 0 AND set_up_done <= set_up_wanted),
  CONSTRAINT portal_settings_object CHECK (jsonb_typeof(settings) = 'object'::text),
  CONSTRAINT portal_trouble_is_a_word CHECK (trouble_kind ~ '^[a-z]+(-[a-z]+)*$'::text),
  CONSTRAINT portal_trouble_whole CHECK (num_nonnulls(trouble_kind, trouble_reason, trouble_cure, trouble_since) = ANY (ARRAY[0, 4])),
  CONSTRAINT portal_works_with_tokens CHECK (credentials IS NOT NULL OR trouble_kind IS NOT NULL)
);
CREATE INDEX portal_domain_idx ON portal USING btree (domain);

CREATE TABLE portal_app (
  app_id uuid NOT NULL,
  kind text NOT NULL,
  client_id text NOT NULL,
  client_secret text NOT NULL,
  install_key text NOT NULL,
  install_key_hash text NOT NULL,
  member_id text,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  updated_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT portal_app_pkey PRIMARY KEY (app_id),
  CONSTRAINT portal_app_client_key UNIQUE (client_id),
  CONSTRAINT portal_app_install_key UNIQUE (install_key_hash),
  CONSTRAINT portal_app_client_not_empty CHECK (btrim(client_id) <> ''::text),
  CONSTRAINT portal_app_install_key_hashed CHECK (install_key_hash ~ '^[0-9a-f]{64}$'::text),
  CONSTRAINT portal_app_install_key_sealed CHECK (install_key ~ '^v1[.][A-Za-z0-9_-]{1,32}[.][A-Za-z0-9_-]{38,}$'::text),
  CONSTRAINT portal_app_kind_known CHECK (kind = ANY (ARRAY['local'::text, 'market'::text])),
  CONSTRAINT portal_app_member_of_local CHECK (member_id IS NULL OR kind = 'local'::text AND member_id <> ''::text),
  CONSTRAINT portal_app_secret_sealed CHECK (client_secret ~ '^v1[.][A-Za-z0-9_-]{1,32}[.][A-Za-z0-9_-]{38,}$'::text)
);

CREATE TABLE portal_call (
  call_id text NOT NULL,
  key text NOT NULL,
  portal_id uuid NOT NULL,
  portal_call_id text,
  finished boolean NOT NULL,
  attached text,
  state jsonb NOT NULL,
  revision integer NOT NULL,
  CONSTRAINT portal_call_pkey PRIMARY KEY (call_id, key),
  CONSTRAINT portal_call_one_per_portal_call_id UNIQUE (portal_id, portal_call_id),
  CONSTRAINT portal_call_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id),
  CONSTRAINT portal_call_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id),
  CONSTRAINT portal_call_attached_is_finished CHECK (attached IS NULL OR finished),
  CONSTRAINT portal_call_finished_is_registered CHECK (NOT finished OR portal_call_id IS NOT NULL),
  CONSTRAINT portal_call_id_not_empty CHECK (portal_call_id <> ''::text),
  CONSTRAINT portal_call_key_not_empty CHECK (key <> ''::text),
  CONSTRAINT portal_call_revision_positive CHECK (revision > 0),
  CONSTRAINT portal_call_state_agrees CHECK (NOT (state ->> 'callId'::text) IS DISTINCT FROM call_id AND NOT (state ->> 'key'::text) IS DISTINCT FROM key AND NOT (state ->> 'portalCallId'::text) IS DISTINCT FROM portal_call_id AND NOT (state ->> 'finished'::text) IS DISTINCT FROM finished::text AND NOT (state ->> 'attached'::text) IS DISTINCT FROM attached)
);
CREATE TRIGGER portal_call_goes_forward BEFORE UPDATE ON portal_call FOR EACH ROW EXECUTE FUNCTION portal_call_goes_forward();

CREATE TABLE portal_chore (
  portal_id uuid NOT NULL,
  chore text NOT NULL,
  due_at timestamp with time zone NOT NULL,
  done_at timestamp with time zone,
  problem text,
  CONSTRAINT portal_chore_pkey PRIMARY KEY (portal_id, chore),
  CONSTRAINT portal_chore_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT portal_chore_known CHECK (chore = ANY (ARRAY['read-users'::text, 'fetch-offline-events'::text]))
);

CREATE TABLE portal_event (
  event_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  event_day date NOT NULL,
  portal_id uuid NOT NULL,
  fingerprint text NOT NULL,
  name text NOT NULL,
  handler_id text,
  sent_at timestamp with time zone,
  received_at timestamp with time zone NOT NULL,
  data jsonb NOT NULL,
  auth jsonb NOT NULL,
  state text NOT NULL DEFAULT 'stored'::text,
  attempts integer NOT NULL DEFAULT 0,
  reason text,
  source text NOT NULL DEFAULT 'online'::text,
  content_hash text,
  twin text,
  CONSTRAINT portal_event_pkey PRIMARY KEY (event_id, event_day),
  CONSTRAINT portal_event_once UNIQUE (portal_id, fingerprint, event_day),
  CONSTRAINT portal_event_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id),
  CONSTRAINT portal_event_attempts_not_negative CHECK (attempts >= 0),
  CONSTRAINT portal_event_content_hashed CHECK (content_hash ~ '^[0-9a-f]{64}$'::text),
  CONSTRAINT portal_event_fingerprint_hashed CHECK (fingerprint ~ '^[0-9a-f]{64}$'::text),
  CONSTRAINT portal_event_name_in_capitals CHECK (name <> ''::text AND name = upper(name)),
  CONSTRAINT portal_event_says_why CHECK (reason IS NOT NULL OR (state = ANY (ARRAY['stored'::text, 'handled'::text]))),
  CONSTRAINT portal_event_source_known CHECK (source = ANY (ARRAY['online'::text, 'offline'::text])),
  CONSTRAINT portal_event_state_known CHECK (state = ANY (ARRAY['stored'::text, 'waiting'::text, 'handled'::text, 'failed'::text])),
  CONSTRAINT portal_event_twin_hashed CHECK (twin ~ '^[0-9a-f]{64}$'::text)
) PARTITION BY RANGE (event_day);
CREATE INDEX portal_event_content_idx ON ONLY portal_event USING btree (portal_id, content_hash) WHERE (content_hash IS NOT NULL);
CREATE INDEX portal_event_stored_idx ON ONLY portal_event USING btree (received_at) WHERE (state = 'stored'::text);
CREATE INDEX portal_event_twin_idx ON ONLY portal_event USING btree (portal_id, twin) WHERE (twin IS NOT NULL);

CREATE TABLE portal_event_default PARTITION OF portal_event DEFAULT;

CREATE TABLE portal_line (
  portal_id uuid NOT NULL,
  line_number text NOT NULL,
  name text,
  delete_wanted boolean NOT NULL DEFAULT false,
  CONSTRAINT portal_line_pkey PRIMARY KEY (portal_id, line_number),
  CONSTRAINT portal_line_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT portal_line_name_not_empty CHECK (btrim(name) <> ''::text),
  CONSTRAINT portal_line_number_not_empty CHECK (btrim(line_number) <> ''::text)
);

CREATE TABLE portal_operating (
  portal_id uuid NOT NULL,
  method text NOT NULL,
  used_seconds double precision NOT NULL,
  blocked boolean NOT NULL,
  reset_at timestamp with time zone NOT NULL,
  CONSTRAINT portal_operating_pkey PRIMARY KEY (portal_id, method),
  CONSTRAINT portal_operating_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT portal_operating_method_not_empty CHECK (method <> ''::text),
  CONSTRAINT portal_operating_used_not_negative CHECK (used_seconds >= 0::double precision)
);

CREATE TABLE portal_rate (
  portal_id uuid NOT NULL,
  egress text NOT NULL,
  level double precision NOT NULL DEFAULT 0,
  level_at timestamp with time zone NOT NULL,
  promised jsonb NOT NULL DEFAULT '{}'::jsonb,
  turn bigint NOT NULL DEFAULT 0,
  blocked_until timestamp with time zone,
  CONSTRAINT portal_rate_pkey PRIMARY KEY (portal_id, egress),
  CONSTRAINT portal_rate_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT portal_rate_egress_not_empty CHECK (egress <> ''::text),
  CONSTRAINT portal_rate_level_not_negative CHECK (level >= 0::double precision)
);

CREATE TABLE portal_request (
  request_id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  request_day date NOT NULL,
  call_id text NOT NULL,
  portal_id uuid NOT NULL,
  step text NOT NULL,
  method text NOT NULL,
  params jsonb,
  status integer,
  answer jsonb,
  verdict text,
  started_at timestamp with time zone NOT NULL,
  duration_ms integer NOT NULL,
  step_class text,
  ready_at timestamp with time zone,
  turn bigint,
  batch_id uuid,
  CONSTRAINT portal_request_pkey PRIMARY KEY (request_id, request_day),
  CONSTRAINT portal_request_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id),
  CONSTRAINT portal_request_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id),
  CONSTRAINT portal_request_day_of_start CHECK (request_day = (started_at AT TIME ZONE 'UTC'::text)::date),
  CONSTRAINT portal_request_duration_not_negative CHECK (duration_ms >= 0),
  CONSTRAINT portal_request_method_not_empty CHECK (method <> ''::text),
  CONSTRAINT portal_request_status_of_http CHECK (status >= 100 AND status <= 599),
  CONSTRAINT portal_request_step_not_empty CHECK (step <> ''::text)
) PARTITION BY RANGE (request_day);
CREATE INDEX portal_request_call_idx ON ONLY portal_request USING btree (call_id, started_at);
CREATE INDEX portal_request_portal_idx ON ONLY portal_request USING btree (portal_id, started_at);

CREATE TABLE portal_request_default PARTITION OF portal_request DEFAULT;

CREATE TABLE portal_user (
  portal_id uuid NOT NULL,
  switch_id text NOT NULL,
  domain text NOT NULL DEFAULT ''::text,
  extension text NOT NULL,
  user_id integer NOT NULL,
  CONSTRAINT portal_user_pkey PRIMARY KEY (portal_id, switch_id, domain, extension),
  CONSTRAINT portal_user_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT portal_user_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch(switch_id),
  CONSTRAINT portal_user_extension_not_empty CHECK (btrim(extension) <> ''::text),
  CONSTRAINT portal_user_id_positive CHECK (user_id > 0)
);
CREATE INDEX portal_user_domain_idx ON portal_user USING btree (switch_id, domain);
CREATE INDEX portal_user_extension_idx ON portal_user USING btree (switch_id, extension);

CREATE TABLE process_heartbeat (
  process_id uuid NOT NULL,
  app text NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  started_at timestamp with time zone NOT NULL,
  seen_at timestamp with time zone NOT NULL,
  health jsonb NOT NULL,
  CONSTRAINT process_heartbeat_pkey PRIMARY KEY (process_id),
  CONSTRAINT process_heartbeat_app_not_empty CHECK (app <> ''::text),
  CONSTRAINT process_heartbeat_health_object CHECK (jsonb_typeof(health) = 'object'::text)
);

CREATE TABLE recording (
  call_id text NOT NULL,
  path text NOT NULL,
  channel_uuid text NOT NULL,
  started_at timestamp with time zone,
  stopped_at timestamp with time zone,
  length_ms bigint,
  discarded boolean NOT NULL,
  CONSTRAINT recording_pkey PRIMARY KEY (call_id, path),
  CONSTRAINT recording_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id) ON DELETE CASCADE,
  CONSTRAINT recording_length_not_negative CHECK (length_ms >= 0),
  CONSTRAINT recording_path_not_empty CHECK (path <> ''::text)
);

CREATE TABLE switch (
  switch_id text NOT NULL,
  default_portal text,
  CONSTRAINT switch_pkey PRIMARY KEY (switch_id),
  CONSTRAINT switch_default_portal_not_empty CHECK (default_portal <> ''::text),
  CONSTRAINT switch_id_not_empty CHECK (switch_id <> ''::text)
);

CREATE TABLE waiting_step (
  call_id text NOT NULL,
  portal_id uuid NOT NULL,
  step_class text NOT NULL,
  uploads smallint NOT NULL,
  ready_at timestamp with time zone NOT NULL,
  CONSTRAINT waiting_step_pkey PRIMARY KEY (call_id),
  CONSTRAINT waiting_step_call_fkey FOREIGN KEY (call_id) REFERENCES call(call_id) ON DELETE CASCADE,
  CONSTRAINT waiting_step_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal(portal_id) ON DELETE CASCADE,
  CONSTRAINT waiting_step_class_known CHECK (step_class = ANY (ARRAY['live-card'::text, 'finish'::text, 'recording'::text, 'backfill'::text, 'directory'::text])),
  CONSTRAINT waiting_step_uploads_few CHECK (uploads >= 0 AND uploads <= 1)
);
CREATE INDEX waiting_step_order_idx ON waiting_step USING btree (portal_id, step_class, ready_at, call_id);

CREATE OR REPLACE FUNCTION ask_turn(for_call text, for_portal uuid, for_egress text, asked_class text, asked_method text, asked_uploads integer, has_place boolean, operating_limit double precision, given_now timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION block_portal(for_portal uuid, for_egress text, for_ms double precision, given_now timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  UPDATE portal_rate SET
    blocked_until = coalesce(given_now, clock_timestamp()) + make_interval(secs => for_ms / 1000)
  WHERE portal_id = for_portal AND egress = for_egress
$function$;

CREATE OR REPLACE FUNCTION call_goes_forward()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.version < OLD.version OR (NEW.version = OLD.version AND NEW.state <> OLD.state) THEN
    RAISE EXCEPTION 'call % has version %: other facts need a higher one than %',
      OLD.call_id, OLD.version, NEW.version
      USING ERRCODE = 'check_violation', TABLE = 'call', CONSTRAINT = 'call_version_grows';
  END IF;
  IF NEW.merged_into IS DISTINCT FROM OLD.merged_into AND OLD.merged_into IS NOT NULL THEN
    RAISE EXCEPTION 'call % is part of call % for good', OLD.call_id, OLD.merged_into
      USING ERRCODE = 'check_violation', TABLE = 'call', CONSTRAINT = 'call_merged_for_good';
  END IF;
  RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION call_is_behind()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO call_sync AS known (call_id, call_version, behind_since)
    SELECT call_id, version, clock_timestamp() FROM changed ORDER BY call_id
    ON CONFLICT (call_id) DO UPDATE SET
      call_version = excluded.call_version,
      behind_since = CASE WHEN known.call_version > known.synced_version
        THEN known.behind_since ELSE excluded.behind_since END
    WHERE known.call_version < excluded.call_version;
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION count_requests(for_portal uuid, for_egress text, requests integer, given_now timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  bucket portal_rate := leak_portal_rate(for_portal, for_egress,
    (SELECT rate_drain_per_second FROM portal WHERE portal_id = for_portal), given_now);
BEGIN
  UPDATE portal_rate SET level = bucket.level + requests, level_at = bucket.level_at
    WHERE portal_id = for_portal AND egress = for_egress;
END
$function$;

CREATE OR REPLACE FUNCTION create_day_partition(parent text, day date)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
DECLARE
  partition_name text := parent || to_char(day, '_YYYYMMDD');
  default_name text := parent || '_default';
  day_column text;
BEGIN
  IF to_regclass(quote_ident(partition_name)) IS NOT NULL THEN
    RETURN false;
  END IF;
  LOCK TABLE portal, call IN SHARE ROW EXCLUSIVE MODE;
  IF to_regclass(quote_ident(partition_name)) IS NOT NULL THEN
    RETURN false;
  END IF;
  SELECT a.attname INTO STRICT day_column
    FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
    WHERE p.partrelid = parent::regclass;
  EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', default_name);
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING IDENTITY)', partition_name, parent);
  EXECUTE format('WITH moved AS (DELETE FROM %I WHERE %I = $1 RETURNING *) INSERT INTO %I SELECT * FROM moved',
    default_name, day_column, partition_name) USING day;
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    parent, partition_name, day, day + 1);
  RETURN true;
END
$function$;

CREATE OR REPLACE FUNCTION drop_days(parent text, before date)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
  old text[];
  partition_name text;
  day_column text;
BEGIN
  SELECT a.attname INTO STRICT day_column
    FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
    WHERE p.partrelid = parent::regclass;
  EXECUTE format('DELETE FROM %I WHERE %I < $1', parent || '_default', day_column) USING before;
  SELECT coalesce(array_agg(c.relname ORDER BY c.relname), '{}') INTO old
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent::regclass AND c.relname ~ ('^' || parent || '_[0-9]{8}$')
      AND to_date(right(c.relname, 8), 'YYYYMMDD') < before;
  IF old <> '{}' THEN
    LOCK TABLE portal, call IN ACCESS EXCLUSIVE MODE;
    FOREACH partition_name IN ARRAY old LOOP
      EXECUTE format('DROP TABLE IF EXISTS %I', partition_name);
    END LOOP;
  END IF;
  RETURN cardinality(old);
END
$function$;

CREATE OR REPLACE FUNCTION ensure_partitions(days_ahead integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  created integer := 0;
  parent text;
  days integer;
BEGIN
  FOREACH parent IN ARRAY ARRAY['call_event', 'portal_request', 'portal_event'] LOOP
    FOR days IN -1 .. days_ahead LOOP
      created := created + create_day_partition(parent, today + days)::integer;
    END LOOP;
  END LOOP;
  RETURN created;
END
$function$;

CREATE OR REPLACE FUNCTION is_behind_others(for_portal uuid, asked_class text, asked_ready timestamp with time zone, for_call text, moment timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM waiting_step
    WHERE portal_id = for_portal AND ready_at <= moment AND call_id IS DISTINCT FROM for_call
      AND step_class = ANY ((step_classes())[1 : array_position(step_classes(), asked_class)])
      AND (step_class <> asked_class OR ready_at < asked_ready)
  )
$function$;

CREATE OR REPLACE FUNCTION leak_portal_rate(for_portal uuid, for_egress text, drain double precision, given_now timestamp with time zone)
 RETURNS portal_rate
 LANGUAGE plpgsql
AS $function$
DECLARE
  bucket portal_rate;
  moment timestamptz;
BEGIN
  INSERT INTO portal_rate (portal_id, egress, level_at)
    VALUES (for_portal, for_egress, coalesce(given_now, clock_timestamp())) ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT bucket FROM portal_rate WHERE portal_id = for_portal AND egress = for_egress FOR UPDATE;
  -- A clock that was set back must not fill the bucket.
  moment := greatest(coalesce(given_now, clock_timestamp()), bucket.level_at);
  bucket.level := greatest(0, bucket.level - extract(epoch FROM moment - bucket.level_at) * drain);
  bucket.level_at := moment;
  RETURN bucket;
END
$function$;

CREATE OR REPLACE FUNCTION learn_operating(for_portal uuid, told jsonb, given_now timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  WITH news AS (
    SELECT DISTINCT ON (method) method, "usedSeconds", coalesce(blocked, false) AS blocked,
      coalesce(given_now, clock_timestamp()) + make_interval(secs => "resetMs" / 1000) AS reset_at
    FROM jsonb_to_recordset(told) AS given (
      method text, "usedSeconds" double precision, "resetMs" double precision, blocked boolean
    )
    ORDER BY method, blocked DESC NULLS LAST, "usedSeconds" DESC
  )
  INSERT INTO portal_operating AS known (portal_id, method, used_seconds, blocked, reset_at)
  SELECT for_portal, method, "usedSeconds", blocked, reset_at FROM news
  ON CONFLICT (portal_id, method) DO UPDATE SET
    used_seconds = excluded.used_seconds, blocked = excluded.blocked, reset_at = excluded.reset_at
  WHERE excluded.blocked
    OR known.reset_at <= coalesce(given_now, clock_timestamp())
    OR (NOT known.blocked AND (excluded.used_seconds >= known.used_seconds OR excluded.reset_at > known.reset_at + interval '1 second'))
$function$;

CREATE OR REPLACE FUNCTION list_steps(for_portal uuid, for_egress text, steps jsonb, given_now timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION operating_share(step_class text)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE step_class
    WHEN 'live-card' THEN 0.95
    WHEN 'finish' THEN 0.9
    WHEN 'recording' THEN 0.8
    WHEN 'backfill' THEN 0.7
    WHEN 'directory' THEN 0.6
  END
$function$;

CREATE OR REPLACE FUNCTION operating_wait(for_portal uuid, asked_method text, step_class text, limit_seconds double precision, moment timestamp with time zone)
 RETURNS double precision
 LANGUAGE sql
 STABLE
AS $function$
  SELECT extract(epoch FROM reset_at - moment) * 1000 FROM portal_operating
  WHERE portal_id = for_portal AND method = asked_method AND reset_at > moment
    AND (blocked OR used_seconds >= limit_seconds * operating_share(step_class))
$function$;

CREATE OR REPLACE FUNCTION park_steps(for_portal uuid, until timestamp with time zone, reason text)
 RETURNS integer
 LANGUAGE sql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION penalise_portal(for_portal uuid, for_egress text, given_now timestamp with time zone)
 RETURNS double precision
 LANGUAGE plpgsql
AS $function$
DECLARE
  capacity integer;
  drain double precision;
  bucket portal_rate;
BEGIN
  SELECT rate_capacity, rate_drain_per_second INTO STRICT capacity, drain FROM portal WHERE portal_id = for_portal;
  bucket := leak_portal_rate(for_portal, for_egress, drain, given_now);
  UPDATE portal_rate SET level = greatest(bucket.level, capacity), level_at = bucket.level_at
    WHERE portal_id = for_portal AND egress = for_egress;
  RETURN (capacity + 1 - rate_threshold('live-card', capacity)) / drain * 1000;
END
$function$;

CREATE OR REPLACE FUNCTION portal_call_goes_forward()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  broken text := CASE
    WHEN NEW.revision <> OLD.revision + 1 THEN 'portal_call_revision_steps'
    WHEN NEW.portal_id <> OLD.portal_id THEN 'portal_call_stays_in_its_portal'
    WHEN OLD.finished AND NOT NEW.finished THEN 'portal_call_finished_once'
    WHEN OLD.finished AND NEW.portal_call_id <> OLD.portal_call_id THEN 'portal_call_finished_once'
    WHEN OLD.attached IS NOT NULL AND NEW.attached IS DISTINCT FROM OLD.attached THEN 'portal_call_attached_once'
  END;
BEGIN
  IF broken IS NOT NULL THEN
    RAISE EXCEPTION 'portal call % of call % can not go back (%)', OLD.key, OLD.call_id, broken
      USING ERRCODE = 'check_violation', TABLE = 'portal_call', CONSTRAINT = broken;
  END IF;
  RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION portal_closed(bucket portal_rate)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  SELECT CASE
    WHEN trouble_kind IS NOT NULL THEN jsonb_build_object('verdict', 'closed', 'why', 'red', 'reason', trouble_reason)
    WHEN bucket.blocked_until > bucket.level_at THEN jsonb_build_object(
      'verdict', 'closed', 'why', 'blocked', 'reason', 'the vendor has blocked this portal (OVERLOAD_LIMIT)',
      'waitMs', extract(epoch FROM bucket.blocked_until - bucket.level_at) * 1000)
  END
  FROM portal WHERE portal_id = bucket.portal_id
$function$;

CREATE OR REPLACE FUNCTION rate_threshold(step_class text, capacity integer)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE step_class
    WHEN 'live-card' THEN capacity - 2
    WHEN 'finish' THEN capacity * 0.8
    WHEN 'recording' THEN capacity * 0.6
    WHEN 'backfill' THEN capacity * 0.4
    WHEN 'directory' THEN capacity * 0.3
  END
$function$;

CREATE OR REPLACE FUNCTION reserve_request(for_portal uuid, for_egress text, step_class text, given_now timestamp with time zone)
 RETURNS double precision
 LANGUAGE plpgsql
AS $function$
DECLARE
  capacity integer;
  drain double precision;
  threshold double precision;
  bucket portal_rate;
  room_at timestamptz;
  behind_others timestamptz;
  come_back timestamptz;
BEGIN
  SELECT rate_capacity, rate_drain_per_second INTO STRICT capacity, drain FROM portal WHERE portal_id = for_portal;
  threshold := rate_threshold(step_class, capacity);
  IF threshold IS NULL THEN
    RAISE EXCEPTION 'unknown class of step: %', step_class USING ERRCODE = 'invalid_parameter_value';
  END IF;
  bucket := leak_portal_rate(for_portal, for_egress, drain, given_now);
  IF bucket.level + 1 <= threshold THEN
    bucket.level := bucket.level + 1;
  ELSE
    room_at := bucket.level_at + make_interval(secs => (bucket.level + 1 - threshold) / drain);
    behind_others := (bucket.promised ->> step_class)::timestamptz + make_interval(secs => 1 / drain);
    come_back := greatest(room_at, least(coalesce(behind_others, room_at), room_at + interval '5 minutes'));
    bucket.promised := bucket.promised || jsonb_build_object(step_class, come_back);
  END IF;
  UPDATE portal_rate SET level = bucket.level, level_at = bucket.level_at, promised = bucket.promised
    WHERE portal_id = for_portal AND egress = for_egress;
  RETURN extract(epoch FROM come_back - bucket.level_at) * 1000;
END
$function$;

CREATE OR REPLACE FUNCTION reserve_turn(for_portal uuid, for_egress text, step_class text, given_now timestamp with time zone)
 RETURNS double precision
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION room_wait(bucket portal_rate, step_class text, requests integer)
 RETURNS double precision
 LANGUAGE sql
 STABLE
AS $function$
  SELECT greatest(0, bucket.level + least(requests, floor(threshold)) - threshold) / rate_drain_per_second * 1000
  FROM portal, rate_threshold(step_class, rate_capacity) AS threshold WHERE portal_id = bucket.portal_id
$function$;

CREATE OR REPLACE FUNCTION step_classes()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT ARRAY['live-card', 'finish', 'recording', 'backfill', 'directory']
$function$;

CREATE OR REPLACE FUNCTION store_portal_event(new_day date, of_portal uuid, new_fingerprint text, new_content text, new_source text, new_name text, new_handler text, new_sent_at timestamp with time zone, new_received_at timestamp with time zone, new_data jsonb, new_auth jsonb, OUT event_id bigint, OUT is_new boolean)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
DECLARE
  moment timestamptz := coalesce(new_sent_at, new_received_at);
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(of_portal || new_content, 26));
  is_new := false;
  SELECT known.event_id INTO event_id FROM portal_event AS known
    WHERE portal_id = of_portal AND (fingerprint = new_fingerprint AND event_day = new_day OR twin = new_fingerprint)
    LIMIT 1;
  IF event_id IS NOT NULL THEN RETURN; END IF;
  UPDATE portal_event AS known SET twin = new_fingerprint
    WHERE (known.event_id, known.event_day) = (
      SELECT other.event_id, other.event_day FROM portal_event AS other
      WHERE other.portal_id = of_portal AND other.content_hash = new_content AND other.source <> new_source
        AND other.twin IS NULL
        AND coalesce(other.sent_at, other.received_at) BETWEEN moment - interval '15 minutes' AND moment + interval '15 minutes'
      ORDER BY abs(extract(epoch FROM coalesce(other.sent_at, other.received_at) - moment)), other.event_id
      LIMIT 1)
    RETURNING known.event_id INTO event_id;
  IF event_id IS NOT NULL THEN RETURN; END IF;
  INSERT INTO portal_event AS added (
      event_day, portal_id, fingerprint, content_hash, source, name, handler_id, sent_at, received_at, data, auth)
    VALUES (
      new_day, of_portal, new_fingerprint, new_content, new_source, new_name, new_handler, new_sent_at,
      new_received_at, new_data, new_auth)
    RETURNING added.event_id INTO event_id;
  is_new := true;
END
$function$;

CREATE OR REPLACE FUNCTION take_turn(for_portal uuid, for_egress text, least_urgent text, most integer, most_uploads integer, given_now timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
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
$function$;
