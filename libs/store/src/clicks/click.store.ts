import {
  callOfClick,
  orderFor,
  type Call,
  type Click,
  type ClickDecision,
  type ClickFacts,
  type ClickOrder,
  type ClickRequest,
  type StandIn,
} from '@app/calls';
import type { DataSource } from 'typeorm';
import { writeGroup } from '../calls/call.store';
import { groupRows } from '../calls/group-rows';
import { isoTime } from '../calls/call-row';
import { inTransaction, sqlOf, type Sql } from '../sql';
import { StoreError } from '../store-error';
import { clockSkew, type ClockSkew } from './clock-skew';
import { loadClickFacts } from './load-click-facts';

/** What has become of a click. */
export interface KnownClick {
  readonly callId: string;
  readonly switchId: string;
  readonly state: 'ordered' | 'taken' | 'missed' | 'refused';
  /** Why it was refused. */
  readonly trouble?: string;
}

interface ClickRow {
  readonly call_id: string;
  readonly switch_id: string;
  readonly state: KnownClick['state'];
  readonly trouble: string | null;
}

/**
 * By the event, the portal's call, or where there is no such call by an event that says the same and came at the same time:
 * without a CALL_ID nothing else tells that one was sent twice.
 */
const FIND = `
  SELECT call_id, switch_id, state, trouble FROM click
  WHERE event_id = $2 OR (portal_id = $1 AND portal_call_id = $3) OR ($3::text IS NULL AND event_id IN (
    SELECT other.event_id FROM portal_event AS this JOIN portal_event AS other USING (portal_id, name)
    WHERE this.event_id = $2 AND other.content_hash = this.content_hash
      AND other.received_at BETWEEN this.received_at - $4::interval AND this.received_at + $4::interval))
  LIMIT 1`;

/** Who clicks the same again before has lost patience, and is to be called once. */
const SAME_WITHIN = '3 seconds';

const INSERT = `
  INSERT INTO click
    (call_id, portal_id, event_id, portal_call_id, user_id, switch_id, state, trouble, decided_at, dial_before, dial_order)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  RETURNING call_id, switch_id, state, trouble`;

/** Only one can do this, and only in time. */
const TAKE = `
  UPDATE click SET state = 'taken', user_id = coalesce($3, user_id) WHERE call_id = $1 AND state = 'ordered' AND dial_before > $2 RETURNING dial_order`;

const MISS = `
  UPDATE click SET state = 'missed' WHERE call_id IN (
    SELECT call_id FROM click WHERE state = 'ordered' AND dial_before <= $1
    ORDER BY dial_before LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING dial_order`;

/**
 * Clicks and what became of them. The worker decides, under a lock of the portal, so that its limits hold; a gateway takes
 * an order, once, and with it the call. What is refused or not taken in time becomes a call at once, which is over.
 */
export class ClickStore {
  private readonly sql: Sql;

  constructor(private readonly dataSource: DataSource) {
    this.sql = sqlOf(dataSource);
  }

  /**
   * Decides about a click with what is known of it, and notes the decision down. A click that is known, by its event or by
   * the portal's call, was decided already: it comes back as it is.
   *
   * @param eventId of the inbox; undefined: a command asks
   * @throws StoreError; `unavailable` also when no switch is known yet
   */
  async decide(
    request: ClickRequest,
    eventId: string | undefined,
    now: number,
    decide: (facts: ClickFacts) => ClickDecision,
  ): Promise<KnownClick> {
    return inTransaction(this.dataSource, async (sql) => {
      await sql.rows(`SELECT pg_advisory_xact_lock(hashtextextended('click ' || $1, 0))`, [request.portalId]);
      const [known] = await sql.rows(FIND, [request.portalId, eventId, request.portalCallId, SAME_WITHIN]);
      if (known) return knownClick(known as ClickRow);
      const decision = decide(await loadClickFacts(sql, request, now));
      return insert(sql, decision, eventId, now);
    });
  }

  /** The click of an event, if it was decided on. */
  async byEvent(eventId: string): Promise<KnownClick | undefined> {
    const [row] = await this.sql.rows(
      'SELECT call_id, switch_id, state, trouble FROM click WHERE event_id = $1',
      [eventId],
    );
    return row === undefined ? undefined : knownClick(row as ClickRow);
  }

  /** The call of a click, once there is one. */
  async callOf(callId: string): Promise<Call | undefined> {
    const [row] = (await this.sql.rows('SELECT state FROM call WHERE call_id = $1', [callId])) as {
      state: Call;
    }[];
    return row?.state;
  }

  /** An order that waits to be taken; undefined when there is none. */
  async orderOf(callId: string): Promise<ClickOrder | undefined> {
    const [row] = (await this.sql.rows(
      `SELECT dial_order FROM click WHERE call_id = $1 AND state = 'ordered'`,
      [callId],
    )) as { dial_order: ClickOrder }[];
    return row?.dial_order;
  }

  /**
   * Takes an order: from now on its call is the taker's. Undefined when it is too late, or somebody else has it.
   *
   * @param standIn whom the taker calls in place of the order's user
   * @throws StoreError
   */
  async take(
    callId: string,
    now: number,
    standIn?: StandIn,
  ): Promise<{ readonly order: ClickOrder; readonly call: Call } | undefined> {
    return inTransaction(this.dataSource, async (sql) => {
      const [row] = (await sql.rows(TAKE, [callId, isoTime(now), standIn?.userId])) as {
        dial_order: ClickOrder;
      }[];
      if (!row) return undefined;
      const order = standIn ? orderFor(row.dial_order, standIn) : row.dial_order;
      const call = await writeCall(sql, order.callId, order.switchId, order.click, now);
      return { order, call };
    });
  }

  /** Ends orders that nobody took in time: the switch, or its gateway, is away. Gives their calls. */
  async endMissed(now: number, limit: number): Promise<string[]> {
    return inTransaction(this.dataSource, async (sql) => {
      const rows = (await sql.rows(MISS, [isoTime(now), limit])) as { dial_order: ClickOrder }[];
      for (const { dial_order: order } of rows) {
        const ended = { moment: { at: now, seq: 0 }, trouble: 'switch-away' as const };
        await writeCall(sql, order.callId, order.switchId, { ...order.click, ended }, now);
      }
      return rows.map(({ dial_order: { callId } }) => callId);
    });
  }

  /** Deletes what was decided before; its calls stay. */
  async forget(before: number): Promise<void> {
    await this.sql.rows(`DELETE FROM click WHERE decided_at < $1 AND state <> 'ordered'`, [isoTime(before)]);
  }

  /** How far the portal's clocks are behind ours, by its events of the last day; see `clockSkew`. */
  async clockSkew(portalId: string, now: number): Promise<ClockSkew> {
    return clockSkew(this.sql, portalId, now);
  }
}

async function insert(
  sql: Sql,
  decision: ClickDecision,
  eventId: string | undefined,
  now: number,
): Promise<KnownClick> {
  const isOrder = decision.kind === 'order';
  const { callId, switchId, click } = isOrder ? decision.order : decision.refusal;
  if (switchId === undefined)
    throw new StoreError('no switch is known yet: start a gateway with the role switch', {
      kind: 'unavailable',
    });
  const [row] = await sql.rows(INSERT, [
    callId,
    click.portalId,
    eventId,
    click.portalCallId,
    click.userId,
    switchId,
    isOrder ? 'ordered' : 'refused',
    click.ended?.trouble,
    isoTime(now),
    isOrder ? isoTime(decision.order.dialBefore) : undefined,
    isOrder ? decision.order : undefined,
  ]);
  if (!isOrder) await writeCall(sql, callId, switchId, click, now);
  return knownClick(row as ClickRow);
}

async function writeCall(
  sql: Sql,
  callId: string,
  switchId: string,
  click: Click,
  now: number,
): Promise<Call> {
  const { call, events } = callOfClick({ callId, switchId, click, moment: { at: now, seq: 0 } });
  const journal = events.map((event) => ({ event, coreUuid: call.coreUuid, sequence: 0, observedAt: now }));
  await writeGroup(sql, groupRows([{ call, events: journal }]));
  return call;
}

function knownClick({ call_id, switch_id, state, trouble }: ClickRow): KnownClick {
  return { callId: call_id, switchId: switch_id, state, ...(trouble !== null && { trouble }) };
}
