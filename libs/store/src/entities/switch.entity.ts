import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A FreeSWITCH by our name for it. Written by the gateway that follows it, from its settings. */
@Entity('switch')
@Check('switch_id_not_empty', `switch_id <> ''`)
@Check('switch_default_portal_not_empty', `default_portal <> ''`)
export class SwitchEntity {
  @PrimaryColumn('text', { name: 'switch_id' })
  switchId!: string;

  /** Member id or domain; a name and no reference, since a switch may be set up before its portal. */
  @Column('text', { name: 'default_portal', nullable: true })
  defaultPortal!: string | null;
}
