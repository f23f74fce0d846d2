import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PortalEntity } from './portal.entity';

/** How an external line is called in its portal, and whether it is to go. Written by whoever looks after the portal. */
@Entity('portal_line')
@Check('portal_line_number_not_empty', `btrim(line_number) <> ''`)
@Check('portal_line_name_not_empty', `btrim(name) <> ''`)
export class PortalLineEntity {
  @PrimaryColumn('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_line_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  /** The portal's `LINE_NUMBER`. */
  @PrimaryColumn('text', { name: 'line_number' })
  lineNumber!: string;

  /** NULL: its number. */
  @Column('text', { nullable: true })
  name!: string | null;

  /** Somebody wants it deleted in the portal; the row goes when it is. */
  @Column('boolean', { name: 'delete_wanted', default: false })
  deleteWanted!: boolean;
}
