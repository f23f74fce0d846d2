import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PortalEntity } from './portal.entity';

/** Working time that a portal has granted a method of late, as it told itself. Written by the rate governor. */
@Entity('portal_operating')
@Check('portal_operating_method_not_empty', `method <> ''`)
@Check('portal_operating_used_not_negative', 'used_seconds >= 0')
export class PortalOperatingEntity {
  @PrimaryColumn('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'portal_operating_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  @PrimaryColumn('text')
  method!: string;

  /** In the last ten minutes, `operating` of an answer's `time`. */
  @Column('double precision', { name: 'used_seconds' })
  usedSeconds!: number;

  /** The portal refuses the method (OPERATION_TIME_LIMIT) until `resetAt`. */
  @Column('boolean')
  blocked!: boolean;

  /** When the oldest of the ten minutes leaves, `operating_reset_at`. What it held nobody knows. */
  @Column('timestamptz', { name: 'reset_at' })
  resetAt!: Date;
}
