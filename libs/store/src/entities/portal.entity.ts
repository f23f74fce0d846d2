import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One Bitrix24 account. Written at installation, by its settings page and by the refresh of its tokens. */
@Entity('portal')
@Unique('portal_member_key', ['memberId'])
@Check('portal_member_not_empty', `member_id <> ''`)
@Check('portal_domain_lower_case', `domain <> '' AND domain = lower(domain)`)
@Check(
  'portal_endpoint_safe',
  `endpoint ~ '^https://[a-z0-9.-]+(:[0-9]+)?/' OR
   endpoint ~ '^http://(localhost|127[.]0[.]0[.]1|[[]::1[]])(:[0-9]+)?/'`,
)
@Check('portal_credentials_not_empty', `credentials <> ''`)
@Check('portal_settings_object', `jsonb_typeof(settings) = 'object'`)
@Check('portal_status_known', `status IN ('ok', 'red')`)
@Check('portal_red_has_reason', `(status = 'red') = (status_reason IS NOT NULL)`)
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

  /** Tokens. Only PortalStore.credentialsOf and the loading of a call read them. */
  @Column('text', { select: false })
  credentials!: string;

  /** What `readPortalSettings` accepts. */
  @Column('jsonb')
  settings!: unknown;

  /** `red`: nothing can be sent until a person has acted. */
  @Column('text', { default: 'ok' })
  status!: 'ok' | 'red';

  @Column('text', { name: 'status_reason', nullable: true })
  statusReason!: string | null;

  /** Requests that the portal's bucket holds before it refuses. */
  @Column('integer', { name: 'rate_capacity', default: 50 })
  rateCapacity!: number;

  @Column('double precision', { name: 'rate_drain_per_second', default: 2 })
  rateDrainPerSecond!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
