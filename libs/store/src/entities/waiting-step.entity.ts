import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { StepClass } from '../turns/step-class';
import { CallEntity } from './call.entity';
import { PortalEntity } from './portal.entity';

/** A step that waits for its turn; a call has one at most. Written by the functions that give turns. */
@Entity('waiting_step')
@Index('waiting_step_order_idx', ['portalId', 'stepClass', 'readyAt', 'callId'])
@Check(
  'waiting_step_class_known',
  `step_class IN ('live-card', 'finish', 'recording', 'backfill', 'directory')`,
)
@Check('waiting_step_uploads_few', 'uploads BETWEEN 0 AND 1')
export class WaitingStepEntity {
  @PrimaryColumn('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'waiting_step_call_fkey', onDelete: 'CASCADE' })
  callId!: string;

  @Column('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'waiting_step_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  @Column('text', { name: 'step_class' })
  stepClass!: StepClass;

  /** Requests of its own that the step needs beside its place in a batch: the upload of a recording. */
  @Column('smallint')
  uploads!: number;

  /** Since when it could be sent. In the future: put aside until then. */
  @Column('timestamptz', { name: 'ready_at' })
  readyAt!: Date;
}
