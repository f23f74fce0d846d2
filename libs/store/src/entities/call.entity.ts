import type { Call, CallDirection, Outcome } from '@app/calls';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { SwitchEntity } from './switch.entity';

/**
 * A call. Written by the gateway alone. `state` is the call; the other columns are a snapshot of what follows from it,
 * for queries and for people.
 */
@Entity('call')
@Index('call_open_idx', ['switchId'], { where: 'ended_at IS NULL' })
@Index('call_external_number_idx', ['externalNumber', 'startedAt'], { where: 'external_number IS NOT NULL' })
@Check('call_id_not_empty', `call_id <> ''`)
@Check('call_core_uuid_not_empty', `core_uuid <> ''`)
@Check('call_direction_known', `direction IN ('inbound', 'outbound', 'internal')`)
@Check(
  'call_outcome_known',
  `outcome IN ('answered', 'missed', 'busy', 'declined', 'failed', 'no-answer', 'cancelled',
     'agent-no-answer', 'agent-declined', 'lost')`,
)
@Check('call_ends_after_start', 'ended_at >= started_at')
@Check('call_talk_not_negative', 'talk_seconds >= 0')
@Check('call_talk_when_ended', '(talk_seconds IS NULL) = (ended_at IS NULL)')
@Check('call_outcome_when_ended', '(outcome IS NULL) = (ended_at IS NULL OR merged_into IS NOT NULL)')
@Check('call_merged_is_over', 'merged_into IS NULL OR ended_at IS NOT NULL')
@Check('call_not_merged_into_itself', 'merged_into <> call_id')
@Check('call_version_positive', 'version > 0')
@Check(
  'call_state_agrees',
  `state ->> 'callId' IS NOT DISTINCT FROM call_id AND state ->> 'version' IS NOT DISTINCT FROM version::text`,
)
export class CallEntity {
  /** Ours; sent to the portal as EXTERNAL_CALL_ID. */
  @PrimaryColumn('text', { name: 'call_id' })
  callId!: string;

  @Column('text', { name: 'switch_id' })
  @ForeignKey(() => SwitchEntity, { name: 'call_switch_fkey' })
  switchId!: string;

  @Column('text', { name: 'core_uuid' })
  coreUuid!: string;

  @Index('call_started_idx')
  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('text')
  direction!: CallDirection;

  /** As the switch knows it, not E.164. */
  @Column('text', { name: 'external_number', nullable: true })
  externalNumber!: string | null;

  @Column('text', { name: 'external_name', nullable: true })
  externalName!: string | null;

  @Column('text', { nullable: true })
  did!: string | null;

  /** NULL while the call goes on, and for ever on a call that became part of another. */
  @Column('text', { nullable: true })
  outcome!: Outcome | null;

  /** NULL while the call goes on; 0 on a call that became part of another. */
  @Column('integer', { name: 'talk_seconds', nullable: true })
  talkSeconds!: number | null;

  @Column('jsonb')
  state!: Call;

  @Column('integer')
  version!: number;

  @Index('call_merged_into_idx', { where: 'merged_into IS NOT NULL' })
  @Column('text', { name: 'merged_into', nullable: true })
  @ForeignKey(() => CallEntity, { name: 'call_merged_into_fkey' })
  mergedInto!: string | null;
}
