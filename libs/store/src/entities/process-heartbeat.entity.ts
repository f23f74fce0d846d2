import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A process of ours that is alive, or was until a moment ago. Each writes its own row. */
@Entity('process_heartbeat')
@Check('process_heartbeat_app_not_empty', `app <> ''`)
@Check('process_heartbeat_health_object', `jsonb_typeof(health) = 'object'`)
export class ProcessHeartbeatEntity {
  /** Made anew at every start. */
  @PrimaryColumn('uuid', { name: 'process_id' })
  processId!: string;

  /** gateway or worker. */
  @Column('text')
  app!: string;

  @Column('text')
  host!: string;

  @Column('integer')
  pid!: number;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  /** By the clock of the database. */
  @Column('timestamptz', { name: 'seen_at' })
  seenAt!: Date;

  /** What its /health says. */
  @Column('jsonb')
  health!: unknown;
}
