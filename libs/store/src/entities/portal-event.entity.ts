import {
  Check,
  Column,
  Entity,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { SHA256 } from './portal-app.entity';
import { PortalEntity } from './portal.entity';

/**
 * The inbox: what portals have told, each event once. Written by the public door, which verified it, and by the worker, which
 * fetches what the portals keep for us and notes down what came of events. Partitioned by day.
 */
@Entity('portal_event')
@Unique('portal_event_once', ['portalId', 'fingerprint', 'eventDay'])
@Check('portal_event_fingerprint_hashed', `fingerprint ~ ${SHA256}`)
@Check('portal_event_name_in_capitals', `name <> '' AND name = upper(name)`)
@Check('portal_event_state_known', `state IN ('stored', 'waiting', 'handled', 'failed')`)
@Check('portal_event_says_why', `reason IS NOT NULL OR state IN ('stored', 'handled')`)
@Check('portal_event_attempts_not_negative', 'attempts >= 0')
@Check('portal_event_source_known', `source IN ('online', 'offline')`)
@Check('portal_event_content_hashed', `content_hash ~ ${SHA256}`)
@Check('portal_event_twin_hashed', `twin ~ ${SHA256}`)
@Index('portal_event_content_idx', ['portalId', 'contentHash'], { where: 'content_hash IS NOT NULL' })
@Index('portal_event_twin_idx', ['portalId', 'twin'], { where: 'twin IS NOT NULL' })
export class PortalEventEntity {
  /** The driver gives a bigint as text. */
  @PrimaryGeneratedColumn('identity', { name: 'event_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  eventId!: string;

  /** Day in UTC of the portal's time, or of its arrival when that is no likely one. */
  @PrimaryColumn('date', { name: 'event_day' })
  eventDay!: string;

  @Column('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_event_portal_fkey' })
  portalId!: string;

  /** What makes two events the same: see `fingerprintOf`. */
  @Column('text')
  fingerprint!: string;

  /** ONEXTERNALCALLSTART. */
  @Column('text')
  name!: string;

  /** `event_handler_id`. */
  @Column('text', { name: 'handler_id', nullable: true })
  handlerId!: string | null;

  /** By the clock of the portal's queue. */
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Index('portal_event_stored_idx', { where: `state = 'stored'` })
  @Column('timestamptz', { name: 'received_at' })
  receivedAt!: Date;

  /** Every field there was, without tokens. */
  @Column('jsonb')
  data!: unknown;

  /** Likewise. */
  @Column('jsonb')
  auth!: unknown;

  /** `waiting`: for something of ours that is not there yet; `reason` says what. */
  @Column('text', { default: 'stored' })
  state!: 'stored' | 'waiting' | 'handled' | 'failed';

  /** How often somebody began to handle it. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** For people. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** `online`: the portal posted it; `offline`: it was fetched from the portal's queue. */
  @Column('text', { default: 'online' })
  source!: 'online' | 'offline';

  /** Of name and data alone: what an event and its twin that came on the other way have in common. */
  @Column('text', { name: 'content_hash', nullable: true })
  contentHash!: string | null;

  /** Fingerprint of the same event as it came on the other way; that one is not stored. */
  @Column('text', { nullable: true })
  twin!: string | null;
}
