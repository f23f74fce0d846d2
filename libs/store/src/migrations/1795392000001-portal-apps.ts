import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What `SecretBox.seal` gives: a secret that is not sealed gets into no row. */
const SEALED = `'^v1[.][A-Za-z0-9_-]{1,32}[.][A-Za-z0-9_-]{38,}$'`;
const SHA256 = `'^[0-9a-f]{64}$'`;

/** Applications, and portals as their installation leaves them: sealed tokens, a trouble with its cure, a set-up to do. */
export class PortalApps1795392000001 implements MigrationInterface {
  readonly name = 'PortalApps1795392000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE portal_app (
        app_id uuid NOT NULL,
        kind text NOT NULL,
        client_id text NOT NULL,
        client_secret text NOT NULL,
        install_key text NOT NULL,
        install_key_hash text NOT NULL,
        member_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT portal_app_pkey PRIMARY KEY (app_id),
        CONSTRAINT portal_app_client_key UNIQUE (client_id),
        CONSTRAINT portal_app_install_key UNIQUE (install_key_hash),
        CONSTRAINT portal_app_kind_known CHECK (kind IN ('local', 'market')),
        CONSTRAINT portal_app_client_not_empty CHECK (btrim(client_id) <> ''),
        CONSTRAINT portal_app_secret_sealed CHECK (client_secret ~ ${SEALED}),
        CONSTRAINT portal_app_install_key_sealed CHECK (install_key ~ ${SEALED}),
        CONSTRAINT portal_app_install_key_hashed CHECK (install_key_hash ~ ${SHA256}),
        CONSTRAINT portal_app_member_of_local CHECK (member_id IS NULL OR kind = 'local' AND member_id <> '')
      )`);
    await this.changePortal(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE portal
        DROP COLUMN app_id, DROP COLUMN application_token_hash, DROP COLUMN scope, DROP COLUMN app_status,
        DROP COLUMN license, DROP COLUMN installer_user_id, DROP COLUMN renewed_at, DROP COLUMN trouble_kind,
        DROP COLUMN trouble_reason, DROP COLUMN trouble_cure, DROP COLUMN trouble_since, DROP COLUMN set_up_wanted,
        DROP COLUMN set_up_done, DROP COLUMN set_up_not_before, DROP COLUMN set_up_problem, DROP COLUMN erase_since,
        DROP CONSTRAINT portal_credentials_sealed,
        ADD COLUMN status text NOT NULL DEFAULT 'ok',
        ADD COLUMN status_reason text`);
    // What is sealed cannot be read without the keys, which a migration does not have.
    await runner.query(
      `UPDATE portal SET credentials = '{}', status = 'red', status_reason = 'the tokens were given up'`,
    );
    await runner.query(`
      ALTER TABLE portal
        ALTER COLUMN credentials SET NOT NULL,
        ADD CONSTRAINT portal_credentials_not_empty CHECK (credentials <> ''),
        ADD CONSTRAINT portal_status_known CHECK (status IN ('ok', 'red')),
        ADD CONSTRAINT portal_red_has_reason CHECK ((status = 'red') = (status_reason IS NOT NULL))`);
    await runner.query('DROP TABLE portal_app');
  }

  /** Tokens that lie open are not sealed afterwards but forgotten: whoever has a backup has them. */
  private async changePortal(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE portal
        DROP CONSTRAINT portal_credentials_not_empty,
        ALTER COLUMN credentials DROP NOT NULL,
        DROP COLUMN status,
        DROP COLUMN status_reason,
        ADD COLUMN app_id uuid,
        ADD COLUMN application_token_hash text,
        ADD COLUMN scope text[] NOT NULL DEFAULT '{}',
        ADD COLUMN app_status text NOT NULL DEFAULT '',
        ADD COLUMN license text,
        ADD COLUMN installer_user_id integer,
        ADD COLUMN renewed_at timestamptz,
        ADD COLUMN trouble_kind text,
        ADD COLUMN trouble_reason text,
        ADD COLUMN trouble_cure text,
        ADD COLUMN trouble_since timestamptz,
        ADD COLUMN set_up_wanted integer NOT NULL DEFAULT 0,
        ADD COLUMN set_up_done integer NOT NULL DEFAULT 0,
        ADD COLUMN set_up_not_before timestamptz,
        ADD COLUMN set_up_problem text,
        ADD COLUMN erase_since timestamptz`);
    await runner.query(`
      UPDATE portal SET
        credentials = NULL,
        trouble_kind = 'refresh-token-dead',
        trouble_reason = 'This portal was connected before its tokens were stored encrypted: they were given up.',
        trouble_cure = 'Reinstall the application in Bitrix24.',
        trouble_since = now()`);
    await runner.query(`
      ALTER TABLE portal
        ADD CONSTRAINT portal_app_fkey FOREIGN KEY (app_id) REFERENCES portal_app (app_id),
        ADD CONSTRAINT portal_credentials_sealed CHECK (credentials ~ ${SEALED}),
        ADD CONSTRAINT portal_application_token_hashed CHECK (application_token_hash ~ ${SHA256}),
        ADD CONSTRAINT portal_installer_positive CHECK (installer_user_id > 0),
        ADD CONSTRAINT portal_works_with_tokens CHECK (credentials IS NOT NULL OR trouble_kind IS NOT NULL),
        ADD CONSTRAINT portal_trouble_is_a_word CHECK (trouble_kind ~ '^[a-z]+(-[a-z]+)*$'),
        ADD CONSTRAINT portal_trouble_whole
          CHECK (num_nonnulls(trouble_kind, trouble_reason, trouble_cure, trouble_since) IN (0, 4)),
        ADD CONSTRAINT portal_set_up_not_ahead CHECK (set_up_done BETWEEN 0 AND set_up_wanted),
        ADD CONSTRAINT portal_erased_is_closed
          CHECK (erase_since IS NULL OR credentials IS NULL AND application_token_hash IS NULL)`);
  }
}
