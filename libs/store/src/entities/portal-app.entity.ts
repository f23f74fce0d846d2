import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** What `SecretBox.seal` gives. */
export const SEALED = `'^v1[.][A-Za-z0-9_-]{1,32}[.][A-Za-z0-9_-]{38,}$'`;
/** A hash of SHA-256 in hexadecimal digits. */
export const SHA256 = `'^[0-9a-f]{64}$'`;

/** An application of Bitrix24 that portals install: of the Market, or local to one portal. Written by an administrator. */
@Entity('portal_app')
@Unique('portal_app_client_key', ['clientId'])
@Unique('portal_app_install_key', ['installKeyHash'])
@Check('portal_app_kind_known', `kind IN ('local', 'market')`)
@Check('portal_app_client_not_empty', `btrim(client_id) <> ''`)
@Check('portal_app_secret_sealed', `client_secret ~ ${SEALED}`)
@Check('portal_app_install_key_sealed', `install_key ~ ${SEALED}`)
@Check('portal_app_install_key_hashed', `install_key_hash ~ ${SHA256}`)
@Check('portal_app_member_of_local', `member_id IS NULL OR kind = 'local' AND member_id <> ''`)
export class PortalAppEntity {
  /** Ours; part of what its secrets are sealed to. */
  @PrimaryColumn('uuid', { name: 'app_id' })
  appId!: string;

  @Column('text')
  kind!: 'local' | 'market';

  @Column('text', { name: 'client_id' })
  clientId!: string;

  /** Sealed. */
  @Column('text', { name: 'client_secret', select: false })
  clientSecret!: string;

  /** The unguessable part of its addresses, sealed: whoever binds events has to name them. */
  @Column('text', { name: 'install_key', select: false })
  installKey!: string;

  /** By which it is found when its address is called. */
  @Column('text', { name: 'install_key_hash', select: false })
  installKeyHash!: string;

  /** The only portal of a local application, known since its first installation. */
  @Column('text', { name: 'member_id', nullable: true })
  memberId!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
