import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { CallEntity } from './call.entity';
import { PortalEntity } from './portal.entity';

/** The ledger: every request to a portal with its answer, redacted. Written by the worker alone, partitioned by day. */
@Entity('portal_request')
@Index('portal_request_call_idx', ['callId', 'startedAt'])
@Index('portal_request_portal_idx', ['portalId', 'startedAt'])
@Check('portal_request_step_not_empty', `step <> ''`)
@Check('portal_request_method_not_empty', `method <> ''`)
@Check('portal_request_status_of_http', 'status BETWEEN 100 AND 599')
@Check('portal_request_duration_not_negative', 'duration_ms >= 0')
@Check('portal_request_day_of_start', `request_day = (started_at AT TIME ZONE 'UTC')::date`)
export class PortalRequestEntity {
  /** The driver gives a bigint as text. */
  @PrimaryGeneratedColumn('identity', { name: 'request_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  requestId!: string;

  /** Day of `startedAt`, in UTC. */
  @PrimaryColumn('date', { name: 'request_day' })
  requestDay!: string;

  @Column('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'portal_request_call_fkey' })
  callId!: string;

  @Column('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_request_portal_fkey' })
  portalId!: string;

  @Column('text')
  step!: string;

  @Column('text')
  method!: string;

  @Column('jsonb', { nullable: true })
  params!: unknown;

  /** HTTP status; NULL when no answer came. */
  @Column('integer', { nullable: true })
  status!: number | null;

  @Column('jsonb', { nullable: true })
  answer!: unknown;

  @Column('text', { nullable: true })
  verdict!: string | null;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('integer', { name: 'duration_ms' })
  durationMs!: number;
}
