import type { Party } from '@app/calls';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CallEntity } from './call.entity';

/** A channel of the switch and the call it belongs to. Written by the gateway alone. */
@Entity('channel')
@Check('channel_uuid_not_empty', `channel_uuid <> ''`)
@Check('channel_direction_known', `direction IN ('inbound', 'outbound')`)
@Check('channel_party_known', `party IN ('employee', 'outside', 'loopback')`)
@Check('channel_extension_of_employee', `(party = 'employee') = (extension IS NOT NULL)`)
@Check('channel_extension_not_empty', `extension <> ''`)
export class ChannelEntity {
  /** No uuid type: an originate may preset any text. */
  @PrimaryColumn('text', { name: 'channel_uuid' })
  channelUuid!: string;

  @Index('channel_call_idx')
  @Column('text', { name: 'call_id' })
  @ForeignKey(() => CallEntity, { name: 'channel_call_fkey', onDelete: 'CASCADE' })
  callId!: string;

  @Column('text', { name: 'core_uuid' })
  coreUuid!: string;

  /** As the switch sees it. */
  @Column('text')
  direction!: 'inbound' | 'outbound';

  @Column('text')
  party!: Party['kind'];

  @Column('text', { nullable: true })
  extension!: string | null;

  @Column('text', { nullable: true })
  domain!: string | null;

  @Column('text', { name: 'caller_number', nullable: true })
  callerNumber!: string | null;

  @Column('text', { nullable: true })
  dialled!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'rang_at', nullable: true })
  rangAt!: Date | null;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('text', { name: 'hangup_cause', nullable: true })
  hangupCause!: string | null;

  @Column('integer', { name: 'sip_status', nullable: true })
  sipStatus!: number | null;
}
