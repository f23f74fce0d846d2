import type { CrmEntity } from '@app/calls';
import type { DataSource } from 'typeorm';
import { Gather } from '../gather';
import { sqlOf, type Sql } from '../sql';

/** What became of the registration of a call. */
export type Registration =
  /** `client`: whom the CRM knew; missing: nobody. */
  | { readonly kind: 'registered'; readonly client?: CrmEntity }
  /** The worker has looked at the call and will not register it now: it is filed elsewhere or nowhere, or is ignored. */
  | { readonly kind: 'none' }
  | { readonly kind: 'awaited' };

/** A call as it was when it asked to be registered. */
export interface AskedRegistration {
  /** Where it is awaited: the clients of another portal are others. */
  readonly portalId: string;
  readonly callId: string;
  readonly version: number;
}

const FIND_REGISTRATIONS = `
  SELECT known.portal_call_id IS NOT NULL AND known.portal_id = given."portalId" AS registered,
    known.state -> 'client' AS client,
    coalesce(known.portal_id <> given."portalId" OR sync.synced_version >= given.version, false) AS looked
  FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS ("portalId" uuid, "callId" text, version integer))
    WITH ORDINALITY AS given ("portalId", "callId", version, place)
  LEFT JOIN portal_call AS known ON known.call_id = given."callId" AND known.key = 'main'
  LEFT JOIN call_sync AS sync ON sync.call_id = given."callId"
  ORDER BY given.place`;

interface Row {
  readonly registered: boolean;
  readonly client: CrmEntity | null;
  readonly looked: boolean;
}

/** Tells whoever waits for it what the portal said when a call was registered. Only reads: the worker registers. */
export class RegistrationStore {
  private readonly sql: Sql;
  /** Many callers wait at the same time, and each asks again and again. */
  private readonly asked = new Gather<AskedRegistration, Registration>((calls) => this.findAll(calls));

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /** Throws StoreError. */
  of(call: AskedRegistration): Promise<Registration> {
    return this.asked.ask(call);
  }

  private async findAll(calls: readonly AskedRegistration[]): Promise<Registration[]> {
    const rows = (await this.sql.rows(FIND_REGISTRATIONS, [JSON.stringify(calls)])) as Row[];
    return rows.map(registrationIn);
  }
}

function registrationIn({ registered, client, looked }: Row): Registration {
  if (registered) return { kind: 'registered', ...(client && { client }) };
  return { kind: looked ? 'none' : 'awaited' };
}
