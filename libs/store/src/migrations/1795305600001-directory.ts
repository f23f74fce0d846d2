import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Portals, switches, and who and what of a switch belongs to which portal. */
export class Directory1795305600001 implements MigrationInterface {
  readonly name = 'Directory1795305600001';

  async up(runner: QueryRunner): Promise<void> {
    // Tokens are sent to the endpoint: nothing but TLS, except to a portal on this very machine (tests, demo).
    await runner.query(`
      CREATE TABLE portal (
        portal_id uuid NOT NULL DEFAULT gen_random_uuid(),
        member_id text NOT NULL,
        domain text NOT NULL,
        endpoint text NOT NULL,
        credentials text NOT NULL,
        settings jsonb NOT NULL,
        status text NOT NULL DEFAULT 'ok',
        status_reason text,
        rate_capacity integer NOT NULL DEFAULT 50,
        rate_drain_per_second double precision NOT NULL DEFAULT 2,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT portal_pkey PRIMARY KEY (portal_id),
        CONSTRAINT portal_member_key UNIQUE (member_id),
        CONSTRAINT portal_member_not_empty CHECK (member_id <> ''),
        CONSTRAINT portal_domain_lower_case CHECK (domain <> '' AND domain = lower(domain)),
        CONSTRAINT portal_endpoint_safe CHECK (
          endpoint ~ '^https://[a-z0-9.-]+(:[0-9]+)?/' OR
          endpoint ~ '^http://(localhost|127[.]0[.]0[.]1|[[]::1[]])(:[0-9]+)?/'
        ),
        CONSTRAINT portal_credentials_not_empty CHECK (credentials <> ''),
        CONSTRAINT portal_settings_object CHECK (jsonb_typeof(settings) = 'object'),
        CONSTRAINT portal_status_known CHECK (status IN ('ok', 'red')),
        CONSTRAINT portal_red_has_reason CHECK ((status = 'red') = (status_reason IS NOT NULL)),
        CONSTRAINT portal_rate_sensible CHECK (rate_capacity >= 10 AND rate_drain_per_second > 0)
      )`);
    await runner.query('CREATE INDEX portal_domain_idx ON portal (domain)');
    await runner.query(`
      CREATE TABLE switch (
        switch_id text NOT NULL,
        default_portal text,
        CONSTRAINT switch_pkey PRIMARY KEY (switch_id),
        CONSTRAINT switch_id_not_empty CHECK (switch_id <> ''),
        CONSTRAINT switch_default_portal_not_empty CHECK (default_portal <> '')
      )`);
    await runner.query(`
      CREATE TABLE portal_user (
        portal_id uuid NOT NULL,
        switch_id text NOT NULL,
        domain text NOT NULL DEFAULT '',
        extension text NOT NULL,
        user_id integer NOT NULL,
        CONSTRAINT portal_user_pkey PRIMARY KEY (portal_id, switch_id, domain, extension),
        CONSTRAINT portal_user_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT portal_user_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch (switch_id),
        CONSTRAINT portal_user_extension_not_empty CHECK (btrim(extension) <> ''),
        CONSTRAINT portal_user_id_positive CHECK (user_id > 0)
      )`);
    await runner.query('CREATE INDEX portal_user_extension_idx ON portal_user (switch_id, extension)');
    await runner.query('CREATE INDEX portal_user_domain_idx ON portal_user (switch_id, domain)');
    await runner.query(`
      CREATE TABLE external_line (
        switch_id text NOT NULL,
        domain text NOT NULL DEFAULT '',
        did text NOT NULL,
        portal_id uuid NOT NULL,
        line_number text NOT NULL,
        CONSTRAINT external_line_pkey PRIMARY KEY (switch_id, domain, did),
        CONSTRAINT external_line_switch_fkey FOREIGN KEY (switch_id) REFERENCES switch (switch_id),
        CONSTRAINT external_line_portal_fkey FOREIGN KEY (portal_id) REFERENCES portal (portal_id) ON DELETE CASCADE,
        CONSTRAINT external_line_did_not_empty CHECK (btrim(did) <> ''),
        CONSTRAINT external_line_number_not_empty CHECK (btrim(line_number) <> '')
      )`);
    await runner.query('CREATE INDEX external_line_portal_idx ON external_line (portal_id, switch_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE external_line, portal_user, switch, portal');
  }
}
