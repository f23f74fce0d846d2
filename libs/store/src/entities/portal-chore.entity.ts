import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PortalEntity } from './portal.entity';

/** What is done for a portal again and again, and when it is to be done next. Written by the worker and by who asks for it. */
@Entity('portal_chore')
@Check('portal_chore_known', `chore IN ('read-users', 'fetch-offline-events')`)
export class PortalChoreEntity {
  @PrimaryColumn('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_chore_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  @PrimaryColumn('text')
  chore!: 'read-users' | 'fetch-offline-events';

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  /** NULL: not yet. */
  @Column('timestamptz', { name: 'done_at', nullable: true })
  doneAt!: Date | null;

  /** What was wrong the last time, for people. */
  @Column('text', { nullable: true })
  problem!: string | null;
}
