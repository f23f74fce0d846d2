import type { CallEvent } from '@app/calls';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CallEntity } from './call.entity';

/** The journal: what changed in a call, each change once. Written by the gateway alone, partitioned by day. */
@Entity('call_event')
@Index('call_event_call_idx', ['callId', 'occurredAt'])
@Check('call_event_sequence_not_negative', 'event_sequence >= 0')
@Check('call_event_kind_not_empty', `kind <> ''`)
@Check('call_event_day_of_occurrence', `event_day = (occurred_at AT TIME ZONE 'UTC')::date`)
export class CallEventEntity {
  /** `Core-UUID` of the event that told it. */
  @PrimaryColumn('text', { name: 'core_uuid' })
  coreUuid!: string;

  /** `Event-Sequence`; 0 for what no event told. The driver gives a bigint as text. */
  @PrimaryColumn('bigint', { name: 'event_sequence' })
  eventSequence!: string;

  @PrimaryColumn('text')
  kind!: CallEvent['type'];

  /** What it is about (channel, pair of channels, path of a recording): one event may tell the same of several. */
  @PrimaryColumn('text')
  subject!: string;

  /** Day of `occurredAt`, in UTC. */
  @PrimaryColumn('date', { name: 'event_day' })
  eventDay!: string;

  @Column('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'call_event_call_fkey' })
  callId!: string;

  /** By the clock of the switch. */
  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;

  /** By the clock of the gateway. */
  @Column('timestamptz', { name: 'observed_at' })
  observedAt!: Date;

  @Column('jsonb')
  body!: CallEvent;
}
