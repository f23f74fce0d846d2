import { Client } from 'pg';
import type { Call } from '@app/calls';

const ALL_CALLS = 'SELECT state FROM call ORDER BY started_at, call_id';

/** Calls the worker still has to look at, or has given up. A call without a row was never looked at. */
const UNSETTLED = `
  SELECT count(*)::integer AS count FROM call LEFT JOIN call_sync USING (call_id)
  WHERE settled IS NOT TRUE OR call_version > synced_version`;

/** Calls whose newest facts the worker has not compared with the portal, or whose next step waits for its time. */
const BEHIND = `
  SELECT count(*)::integer AS count FROM call LEFT JOIN call_sync USING (call_id)
  WHERE synced_version IS NULL OR call_version > synced_version OR not_before IS NOT NULL`;

/** The product's database, looked into from outside. */
export class CallTable {
  private constructor(private readonly client: Client) {}

  static async open(databaseUrl: string): Promise<CallTable> {
    const client = new Client({ connectionString: databaseUrl, application_name: 'connector-harness' });
    await client.connect();
    return new CallTable(client);
  }

  /** Every call with its legs, oldest first, as the gateway has written it. */
  async calls(): Promise<Call[]> {
    const { rows } = await this.client.query<{ state: Call }>(ALL_CALLS);
    return rows.map(({ state }) => state);
  }

  /** Why calls are filed as they are, or not at all, though nothing is wrong; by call id. */
  async remarks(): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.client.query<{ call_id: string; remark: string }>(
      'SELECT call_id, remark FROM call_sync WHERE remark IS NOT NULL',
    );
    return new Map(rows.map(({ call_id: callId, remark }) => [callId, remark]));
  }

  /** Why calls wait until a person has acted: what the doctor shows. */
  async problems(): Promise<string[]> {
    const { rows } = await this.client.query<{ problem: string }>(
      'SELECT problem FROM call_sync WHERE problem IS NOT NULL AND NOT settled',
    );
    return rows.map(({ problem }) => problem);
  }

  /** Whether the portal holds all it ever will of every call. */
  async isSettled(): Promise<boolean> {
    return (await this.#count(UNSETTLED)) === 0;
  }

  /** Whether nobody has anything to do for the calls as they are now. */
  async isCaughtUp(): Promise<boolean> {
    return (await this.#count(BEHIND)) === 0;
  }

  close(): Promise<void> {
    return this.client.end();
  }

  async #count(query: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(query);
    return rows[0]?.count ?? 0;
  }
}
