import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { CallEntity } from './call.entity';

/** A recording of a call, as the switch told it. Written by the gateway alone. */
@Entity('recording')
@Check('recording_path_not_empty', `path <> ''`)
@Check('recording_length_not_negative', 'length_ms >= 0')
export class RecordingEntity {
  @PrimaryColumn('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'recording_call_fkey', onDelete: 'CASCADE' })
  callId!: string;

  /** On the switch. */
  @PrimaryColumn('text')
  path!: string;

  @Column('text', { name: 'channel_uuid' })
  channelUuid!: string;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'stopped_at', nullable: true })
  stoppedAt!: Date | null;

  /** As the switch counted it; the driver gives a bigint as text. */
  @Column('bigint', { name: 'length_ms', nullable: true })
  lengthMs!: string | null;

  /** The switch threw the file away. */
  @Column('boolean')
  discarded!: boolean;
}
