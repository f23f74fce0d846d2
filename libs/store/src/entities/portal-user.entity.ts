import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PortalEntity } from './portal.entity';
import { SwitchEntity } from './switch.entity';

/** Whose internal number it is. Written by the refresh of a portal's users. */
@Entity('portal_user')
@Index('portal_user_extension_idx', ['switchId', 'extension'])
@Index('portal_user_domain_idx', ['switchId', 'domain'])
@Check('portal_user_extension_not_empty', `btrim(extension) <> ''`)
@Check('portal_user_id_positive', 'user_id > 0')
export class PortalUserEntity {
  @PrimaryColumn('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_user_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  @PrimaryColumn('text', { name: 'switch_id' })
  @ForeignKey(() => SwitchEntity, { name: 'portal_user_switch_fkey' })
  switchId!: string;

  /** SIP domain of the switch; empty: whatever the domain. */
  @PrimaryColumn('text', { default: '' })
  domain!: string;

  @PrimaryColumn('text')
  extension!: string;

  /** The portal's `USER_ID`. */
  @Column('integer', { name: 'user_id' })
  userId!: number;
}
