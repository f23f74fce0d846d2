import type { PortalCall } from '@app/calls';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { CallEntity } from './call.entity';
import { PortalEntity } from './portal.entity';

/**
 * What a portal is known to hold for a call. Written by the worker alone, by whoever holds the call's fence. `state` is
 * the portal call; the other columns are what constraints and queries need of it.
 */
@Entity('portal_call')
@Unique('portal_call_one_per_portal_call_id', ['portalId', 'portalCallId'])
@Check('portal_call_key_not_empty', `key <> ''`)
@Check('portal_call_id_not_empty', `portal_call_id <> ''`)
@Check('portal_call_finished_is_registered', 'NOT finished OR portal_call_id IS NOT NULL')
@Check('portal_call_attached_is_finished', 'attached IS NULL OR finished')
@Check('portal_call_revision_positive', 'revision > 0')
@Check(
  'portal_call_state_agrees',
  `state ->> 'callId' IS NOT DISTINCT FROM call_id AND
   state ->> 'key' IS NOT DISTINCT FROM key AND
   state ->> 'portalCallId' IS NOT DISTINCT FROM portal_call_id AND
   state ->> 'finished' IS NOT DISTINCT FROM finished::text AND
   state ->> 'attached' IS NOT DISTINCT FROM attached`,
)
export class PortalCallEntity {
  @PrimaryColumn('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'portal_call_call_fkey' })
  callId!: string;

  @PrimaryColumn('text')
  key!: PortalCall['key'];

  @Column('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_call_portal_fkey' })
  portalId!: string;

  /** The portal's `CALL_ID`. */
  @Column('text', { name: 'portal_call_id', nullable: true })
  portalCallId!: string | null;

  /** Never goes back to false. */
  @Column('boolean')
  finished!: boolean;

  /** Path of the recording that was attached; never changes again. */
  @Column('text', { nullable: true })
  attached!: string | null;

  @Column('jsonb')
  state!: PortalCall;

  /** Counts the writes: a writer that has not seen the last one is refused. */
  @Column('integer')
  revision!: number;
}
