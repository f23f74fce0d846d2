import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PortalEntity } from './portal.entity';

/** The rate limit's bucket of a portal and a source address. Written by the functions of the rate governor. */
@Entity('portal_rate')
@Check('portal_rate_egress_not_empty', `egress <> ''`)
@Check('portal_rate_level_not_negative', 'level >= 0')
export class PortalRateEntity {
  @PrimaryColumn('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_rate_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  @PrimaryColumn('text')
  egress!: string;

  /** Requests in the bucket at `levelAt`. */
  @Column('double precision', { default: 0 })
  level!: number;

  @Column('timestamptz', { name: 'level_at' })
  levelAt!: Date;

  /** Class of step -> the last time at which one was told to come back. */
  @Column('jsonb', { default: {} })
  promised!: Record<string, string>;

  /** Counts the turns that were given. The driver gives a bigint as text. */
  @Column('bigint', { default: 0 })
  turn!: string;

  /** The vendor has blocked the portal (OVERLOAD_LIMIT): nothing is sent until then, and then one request to see. */
  @Column('timestamptz', { name: 'blocked_until', nullable: true })
  blockedUntil!: Date | null;
}
