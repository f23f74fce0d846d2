import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PortalEntity } from './portal.entity';
import { SwitchEntity } from './switch.entity';

/** Which portal a number of the company belongs to, and the external line that stands for it there. */
@Entity('external_line')
@Index('external_line_portal_idx', ['portalId', 'switchId'])
@Check('external_line_did_not_empty', `btrim(did) <> ''`)
@Check('external_line_number_not_empty', `btrim(line_number) <> ''`)
@Check('external_line_policy_object', `jsonb_typeof(policy) = 'object'`)
@Check('external_line_routing_object', `jsonb_typeof(routing) = 'object'`)
export class ExternalLineEntity {
  @PrimaryColumn('text', { name: 'switch_id' })
  @ForeignKey(() => SwitchEntity, { name: 'external_line_switch_fkey' })
  switchId!: string;

  /** SIP domain of the switch; empty: whatever the domain. */
  @PrimaryColumn('text', { default: '' })
  domain!: string;

  /** As the switch tells it; a leading plus makes no difference. */
  @PrimaryColumn('text')
  did!: string;

  @Column('uuid', { name: 'portal_id' })
  @ForeignKey(() => PortalEntity, { name: 'external_line_portal_fkey', onDelete: 'CASCADE' })
  portalId!: string;

  /** The portal's `LINE_NUMBER`. */
  @Column('text', { name: 'line_number' })
  lineNumber!: string;

  /** What `readLinePolicy` accepts: where this line differs from its portal. */
  @Column('jsonb', { default: {} })
  policy!: unknown;

  /** What `readRouteSettings` accepts: how its callers are routed. NULL: not by us. */
  @Column('jsonb', { nullable: true })
  routing!: unknown;
}
