import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CallEntity } from './call.entity';

/**
 * How far a call is synchronised. Written by the worker, but for `callVersion` and `behindSince`: those are copies that
 * a trigger on `call` keeps, so that the sweeper finds what is behind by an index.
 */
@Entity('call_sync')
@Check('call_sync_not_ahead', 'synced_version BETWEEN 0 AND call_version')
export class CallSyncEntity {
  @PrimaryColumn('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'call_sync_call_fkey', onDelete: 'CASCADE' })
  callId!: string;

  @Column('integer', { name: 'call_version' })
  callVersion!: number;

  @Column('integer', { name: 'synced_version', default: 0 })
  syncedVersion!: number;

  /** When the oldest change that is not synchronised yet was written. */
  @Index('call_sync_behind_idx', { where: 'call_version > synced_version' })
  @Column('timestamptz', { name: 'behind_since' })
  behindSince!: Date;

  /** The portal holds all that it ever will. */
  @Column('boolean', { default: false })
  settled!: boolean;

  @Index('call_sync_not_before_idx', { where: 'not_before IS NOT NULL' })
  @Column('timestamptz', { name: 'not_before', nullable: true })
  notBefore!: Date | null;

  /** Why the call is not, or not completely, in the portal: for people. */
  @Column('text', { nullable: true })
  problem!: string | null;

  /** Why it is filed as it is, or not at all, though nothing is wrong: for people. */
  @Column('text', { nullable: true })
  remark!: string | null;
}
