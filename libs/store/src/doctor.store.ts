import type { DataSource } from 'typeorm';
import { sqlOf, type Sql } from './sql';

/** Calls that are not in their portal as they should be. */
export interface CallTroubles {
  /** Why, for people; the most frequent first. */
  readonly problems: readonly { readonly problem: string; readonly calls: number }[];
  /** Calls that the worker should have looked at by now. */
  readonly overdue: number;
}

/** Events that could not be handled. */
export interface FailedEvents {
  readonly count: number;
  /** Of the latest. */
  readonly reason: string;
}

const PROBLEMS = `
  SELECT problem, count(*)::integer AS calls FROM call_sync
  WHERE problem IS NOT NULL AND NOT settled GROUP BY problem ORDER BY calls DESC, problem LIMIT 5`;

/** A minute behind: the sweeper rings every few seconds. */
const OVERDUE = `
  SELECT count(*)::integer AS calls FROM (
    SELECT FROM call_sync WHERE call_version > synced_version AND behind_since < clock_timestamp() - interval '1 minute'
      AND (not_before IS NULL OR not_before < clock_timestamp() - interval '1 minute')
    LIMIT 10000) AS late`;

const FAILED_EVENTS = `
  SELECT count(*)::integer AS count, (array_agg(name || ': ' || reason ORDER BY received_at DESC))[1] AS reason
  FROM portal_event WHERE portal_id = $1 AND state = 'failed' AND received_at > clock_timestamp() - interval '1 day'`;

const TEST_EVENT = `
  SELECT FROM portal_event
  WHERE portal_id = $1 AND name = 'ONAPPTEST' AND data -> 'QUERY' ->> 'doctor' = $2
    AND received_at > clock_timestamp() - interval '1 hour'`;

/**
 * Of the newest calls, so that a dialplan that was mended yesterday is not blamed for last week. An id that we had to make
 * up is a UUID of version 5, one that the dialplan gave is none (ADR 8).
 */
const STAMPED = `
  SELECT count(*)::integer AS calls,
    count(*) FILTER (WHERE call_id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-')::integer AS stamped
  FROM (SELECT call_id FROM call WHERE switch_id = $1 AND started_at > clock_timestamp() - interval '7 days'
        ORDER BY started_at DESC LIMIT 20) AS newest`;

const NEWEST_RECORDING = `
  SELECT recording.path FROM recording JOIN call USING (call_id)
  WHERE call.switch_id = $1 AND NOT recording.discarded ORDER BY call.started_at DESC LIMIT 1`;

/** What is only of interest to somebody who looks whether all is well. */
export class DoctorStore {
  private readonly sql: Sql;

  constructor(dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /** Calls that wait or need a person. */
  async callTroubles(): Promise<CallTroubles> {
    const problems = (await this.sql.rows(PROBLEMS)) as CallTroubles['problems'];
    const [overdue] = (await this.sql.rows(OVERDUE)) as { calls: number }[];
    return { problems, overdue: overdue?.calls ?? 0 };
  }

  /** When an event of this name came last from a portal, epoch ms; undefined: never, as far as events are kept. */
  async lastEvent(portalId: string, name: string): Promise<number | undefined> {
    const [row] = await this.sql.rows(
      'SELECT max(received_at) AS last FROM portal_event WHERE portal_id = $1 AND name = $2',
      [portalId, name],
    );
    return (row as { last: Date | null }).last?.getTime();
  }

  /** The events of a portal that could not be handled within a day. */
  async failedEvents(portalId: string): Promise<FailedEvents | undefined> {
    const [row] = (await this.sql.rows(FAILED_EVENTS, [portalId])) as FailedEvents[];
    return row !== undefined && row.count > 0 ? row : undefined;
  }

  /** Whether the answer to an event.test with this mark has come in. */
  async testEventCame(portalId: string, mark: string): Promise<boolean> {
    return (await this.sql.rows(TEST_EVENT, [portalId, mark])).length > 0;
  }

  /** How many of the newest calls of a switch carry the id that our dialplan gives them. */
  async stampedCalls(switchId: string): Promise<{ readonly calls: number; readonly stamped: number }> {
    const [row] = (await this.sql.rows(STAMPED, [switchId])) as { calls: number; stamped: number }[];
    return row ?? { calls: 0, stamped: 0 };
  }

  /** The newest recording of a switch, as the switch names it. */
  async newestRecording(switchId: string): Promise<string | undefined> {
    const [row] = await this.sql.rows(NEWEST_RECORDING, [switchId]);
    return (row as { path: string } | undefined)?.path;
  }
}
