import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { PortalAppEntity, SEALED, SHA256 } from './portal-app.entity';

/** One Bitrix24 account. Written at installation, by its settings page, by the refresh of its tokens and by its troubles. */
@Entity('portal')
@Unique('portal_member_key', ['memberId'])
@Check('portal_member_not_empty', `member_id <> ''`)
@Check('portal_domain_lower_case', `domain <> '' AND domain = lower(domain)`)
@Check(
  'portal_endpoint_safe',
  `endpoint ~ '^https://[a-z0-9.-]+(:[0-9]+)?/' OR
   endpoint ~ '^http://(localhost|127[.]0[.]0[.]1|[[]::1[]])(:[0-9]+)?/'`,
)
@Check('portal_credentials_sealed', `credentials ~ ${SEALED}`)
@Check('portal_application_token_hashed', `application_token_hash ~ ${SHA256}`)
@Check('portal_installer_positive', 'installer_user_id > 0')
@Check('portal_works_with_tokens', 'credentials IS NOT NULL OR trouble_kind IS NOT NULL')
@Check('portal_trouble_is_a_word', `trouble_kind ~ '^[a-z]+(-[a-z]+)*$'`)
@Check(
  'portal_trouble_whole',
  'num_nonnulls(trouble_kind, trouble_reason, trouble_cure, trouble_since) IN (0, 4)',
)
@Check('portal_set_up_not_ahead', 'set_up_done BETWEEN 0 AND set_up_wanted')
@Check(
  'portal_erased_is_closed',
  'erase_since IS NULL OR credentials IS NULL AND application_token_hash IS NULL',
)
@Check('portal_settings_object', `jsonb_typeof(settings) = 'object'`)
@Check('portal_rate_sensible', 'rate_capacity >= 10 AND rate_drain_per_second > 0')
export class PortalEntity {
  @PrimaryGeneratedColumn('uuid', { name: 'portal_id' })
  portalId!: string;

  /** 32 hex digits, for ever: domains change. */
  @Column('text', { name: 'member_id' })
  memberId!: string;

  @Index('portal_domain_idx')
  @Column('text')
  domain!: string;

  /** REST root, for example https://company.bitrix24.com/rest/. */
  @Column('text')
  endpoint!: string;

  /** Tokens, sealed. NULL: there are none, and the portal is in trouble. */
  @Column('text', { select: false, nullable: true })
  credentials!: string | null;

  /** What `readPortalSettings` accepts. */
  @Column('jsonb')
  settings!: unknown;

  /** Requests that the portal's bucket holds before it refuses. */
  @Column('integer', { name: 'rate_capacity', default: 50 })
  rateCapacity!: number;

  @Column('double precision', { name: 'rate_drain_per_second', default: 2 })
  rateDrainPerSecond!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  /** Whose tokens they are. NULL: nobody can refresh them. */
  @Column('uuid', { name: 'app_id', nullable: true })
  @ForeignKey(() => PortalAppEntity, { name: 'portal_app_fkey' })
  appId!: string | null;

  /** What the portal's events must carry, as `sha256` gives it: it is only ever compared. */
  @Column('text', { name: 'application_token_hash', nullable: true })
  applicationTokenHash!: string | null;

  /** What the tokens may do. */
  @Column('text', { array: true, default: [] })
  scope!: string[];

  /** Of the application: L local, F free, D demo, T trial, P paid, S subscription; '' if it was not told. */
  @Column('text', { name: 'app_status', default: '' })
  appStatus!: string;

  /** `app.info`: LICENSE, for example ru_ent250. */
  @Column('text', { nullable: true })
  license!: string | null;

  /** With whose rights we work. */
  @Column('integer', { name: 'installer_user_id', nullable: true })
  installerUserId!: number | null;

  /** When the tokens were renewed last; NULL: not since the installation. */
  @Column('timestamptz', { name: 'renewed_at', nullable: true })
  renewedAt!: Date | null;

  /** A word that programs know. Set: the portal is red, nothing can be sent until somebody has acted. */
  @Column('text', { name: 'trouble_kind', nullable: true })
  troubleKind!: string | null;

  /** What is wrong, for people. */
  @Column('text', { name: 'trouble_reason', nullable: true })
  troubleReason!: string | null;

  /** And what to do about it. */
  @Column('text', { name: 'trouble_cure', nullable: true })
  troubleCure!: string | null;

  @Column('timestamptz', { name: 'trouble_since', nullable: true })
  troubleSince!: Date | null;

  /** Counts how often it was to be set up (bindings, lines, users); behind it, how far that has got. */
  @Column('integer', { name: 'set_up_wanted', default: 0 })
  setUpWanted!: number;

  @Column('integer', { name: 'set_up_done', default: 0 })
  setUpDone!: number;

  @Column('timestamptz', { name: 'set_up_not_before', nullable: true })
  setUpNotBefore!: Date | null;

  /** What of it could not be done, for people. */
  @Column('text', { name: 'set_up_problem', nullable: true })
  setUpProblem!: string | null;

  /** The application was removed with its data: what is left of it is being deleted. */
  @Column('timestamptz', { name: 'erase_since', nullable: true })
  eraseSince!: Date | null;
}
