import type { ClickOrder } from '@app/calls';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { PortalEntity } from './portal.entity';
import { SwitchEntity } from './switch.entity';

/**
 * A click that was decided on. Written by the worker; a gateway takes it by setting its state, and from then on the call is
 * that gateway's. `missed`: no gateway took it in time.
 */
@Entity('click')
@Unique('click_once_per_event', ['eventId'])
@Unique('click_once_per_portal_call', ['portalId', 'portalCallId'])
@Index('click_portal_idx', ['portalId', 'decidedAt'])
@Check('click_state_known', `state IN ('ordered', 'taken', 'missed', 'refused')`)
@Check('click_refused_says_why', `(state = 'refused') = (trouble IS NOT NULL)`)
@Check('click_ordered_in_time', `state = 'refused' OR dial_before IS NOT NULL AND dial_order IS NOT NULL`)
export class ClickEntity {
  /** The call that it becomes. */
  @PrimaryColumn('text', { name: 'call_id' })
  callId!: string;

  @Column('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'click_portal_fkey' })
  portalId!: string;

  /** Of the inbox; NULL: asked for by a command. */
  @Column('bigint', { name: 'event_id', nullable: true })
  eventId!: string | null;

  /** The portal's `CALL_ID`, where it has registered the call. */
  @Column('text', { name: 'portal_call_id', nullable: true })
  portalCallId!: string | null;

  @Column('integer', { name: 'user_id' })
  userId!: number;

  @Column('text', { name: 'switch_id' })
  @ForeignKey(() => SwitchEntity, { name: 'click_switch_fkey' })
  switchId!: string;

  @Column('text')
  state!: 'ordered' | 'taken' | 'missed' | 'refused';

  /** Why it was refused. */
  @Column('text', { nullable: true })
  trouble!: string | null;

  @Column('timestamptz', { name: 'decided_at' })
  decidedAt!: Date;

  /** Nobody may take it afterwards. */
  @Index('click_ordered_idx', { where: `state = 'ordered'` })
  @Column('timestamptz', { name: 'dial_before', nullable: true })
  dialBefore!: Date | null;

  @Column('jsonb', { name: 'dial_order', nullable: true })
  dialOrder!: ClickOrder | null;
}
