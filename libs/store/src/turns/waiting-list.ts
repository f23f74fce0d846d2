import type { DataSource } from 'typeorm';
import { isoTime } from '../calls/call-row';
import { Gather } from '../gather';
import { sqlOf, type Sql } from '../sql';
import type { StepClass } from './step-class';
import { TurnClock, type TurnOptions } from './turn-clock';

/** A step of a call that is ready to be sent. */
export interface ReadyStep {
  readonly callId: string;
  readonly stepClass: StepClass;
  /** Requests of its own that it needs beside its place in a batch: the upload of a recording. */
  readonly uploads: 0 | 1;
}

export interface AskedTurn extends ReadyStep {
  readonly portalId: string;
  readonly egress: string;
  /** The method that it would call, for the working time of this method. */
  readonly method: string;
  /** False: it cannot be sent now whatever the portal grants, and waits. */
  readonly hasPlace: boolean;
}

/** Nothing is sent to the portal at all. */
export interface ClosedPortal {
  readonly kind: 'closed';
  /** `red`: a person must act. `blocked`: by the vendor, until a time (epoch ms). */
  readonly why: 'red' | 'blocked';
  readonly reason: string;
  readonly until?: number;
}

export type Turn =
  /** It may be sent now. `readyAt`: see WaitingStep. `isProbe`: the first request after a block. */
  | { readonly kind: 'granted'; readonly turn: number; readonly readyAt: number; readonly isProbe: boolean }
  /** It waits. `isFirst`: behind nobody, so that whoever gives turns may have to come earlier than planned. */
  | { readonly kind: 'listed'; readonly isFirst: boolean }
  /** The working time of its method is used up until then (epoch ms). It does not wait here. */
  | { readonly kind: 'over-budget'; readonly until: number }
  | ClosedPortal;

export interface WaitingStep extends ReadyStep {
  /** Since when it could be sent: epoch ms of the database's clock, so that all workers mean the same by it. */
  readonly readyAt: number;
}

/** A step that is to wait. */
export interface StepToAdd extends ReadyStep {
  /** Given back as it came from here: it has waited since then. Missing: it is ready now. */
  readonly readyAt?: number;
  /** Not to be sent for so long. */
  readonly asideMs?: number;
}

export type TakenTurn =
  /** These may be sent now, in one request. `stepClass`: of the first, whose turn it is. */
  | {
      readonly kind: 'taken';
      readonly turn: number;
      readonly stepClass: StepClass;
      readonly isProbe: boolean;
      readonly steps: readonly WaitingStep[];
    }
  /** Nobody waits, or those who do are put aside until then (epoch ms). */
  | { readonly kind: 'nobody'; readonly until?: number }
  /** Whose turn it is needs a place that only more urgent steps may take now. */
  | { readonly kind: 'no-place' }
  /** The bucket has room for the next not before then (epoch ms). */
  | { readonly kind: 'no-room'; readonly until: number }
  | ClosedPortal;

interface Answer {
  readonly verdict: string;
  readonly waitMs?: number | null;
  readonly turn?: number;
  readonly readyAt?: number;
  readonly isProbe?: boolean;
  readonly isFirst?: boolean;
  readonly why?: ClosedPortal['why'];
  readonly reason?: string;
  readonly stepClass?: StepClass;
  readonly steps?: readonly WaitingStep[];
}

interface Question extends AskedTurn {
  readonly givenNow: string | null;
}

/** Portal by portal, so that no two workers wait for each other's buckets; in a portal in the order in which was asked. */
const ASK_TURNS = `
  SELECT place, ask_turn("callId", "portalId", egress, "stepClass", method, uploads, "hasPlace", $2, "givenNow") AS answer
  FROM (
    SELECT * FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (
      "callId" text, "portalId" uuid, egress text, "stepClass" text, method text, uploads integer, "hasPlace" boolean,
      "givenNow" timestamptz
    )) WITH ORDINALITY AS asked (
      "callId", "portalId", egress, "stepClass", method, uploads, "hasPlace", "givenNow", place
    )
    ORDER BY "portalId", egress, place OFFSET 0
  ) AS in_order`;

/**
 * The steps that wait for their turn, portal by portal, and the turns. The most urgent class first, and in a class who
 * was ready first: a step is given its turn only when nobody waits before it. Who has to wait is noted down and let go,
 * so that waiting takes no worker; whoever has a place for a request takes the next turn for those who wait.
 *
 * Whoever takes a turn has the steps in his hands until he has them wait again, or notes their calls down as
 * synchronised; if he dies over it they wait again after half a minute.
 */
export class WaitingList {
  private readonly sql: Sql;
  private readonly clock: TurnClock;
  /** Whoever asks takes the bucket of his portal for himself for a moment: many do so together. */
  private readonly asks = new Gather<Question, Answer>((questions) => this.askAll(questions));

  constructor(dataSource: DataSource, options: TurnOptions = {}) {
    this.sql = sqlOf(dataSource);
    this.clock = new TurnClock(options);
  }

  /**
   * Asks for the turn of one step. It is to be sent at once when granted; else it waits, or must be left for later.
   *
   * @param now epoch ms; times that come back are in the caller's time
   * @throws StoreError
   */
  async ask(asked: AskedTurn, now: number): Promise<Turn> {
    const answer = await this.asks.ask({ ...asked, givenNow: this.clock.given(now) });
    const { turn = 0, readyAt = now, isProbe = false, isFirst = false } = answer;
    switch (answer.verdict) {
      case 'granted':
        return { kind: 'granted', turn, readyAt, isProbe };
      case 'listed':
        return { kind: 'listed', isFirst };
      case 'over-budget':
        return { kind: 'over-budget', until: later(now, answer) };
      default:
        return closed(now, answer);
    }
  }

  /**
   * Takes the next turn of a portal for those who wait.
   *
   * @param most commands in one request
   * @param mostUploads recordings that are uploaded after it
   * @throws StoreError
   */
  async take(
    portalId: string,
    egress: string,
    {
      leastUrgent,
      most,
      mostUploads,
    }: { readonly leastUrgent: StepClass; readonly most: number; readonly mostUploads: number },
    now: number,
  ): Promise<TakenTurn> {
    const values = [portalId, egress, leastUrgent, most, mostUploads, this.clock.given(now)];
    const answer = await this.answer('SELECT take_turn($1, $2, $3, $4, $5, $6) AS answer', values);
    const { turn = 0, stepClass = leastUrgent, isProbe = false, steps = [] } = answer;
    switch (answer.verdict) {
      case 'taken':
        return { kind: 'taken', turn, stepClass, isProbe, steps };
      case 'nobody':
        return typeof answer.waitMs === 'number'
          ? { kind: 'nobody', until: later(now, answer) }
          : { kind: 'nobody' };
      case 'no-place':
        return { kind: 'no-place' };
      case 'no-room':
        return { kind: 'no-room', until: later(now, answer) };
      default:
        return closed(now, answer);
    }
  }

  /** Has steps wait for their turn. */
  async add(portalId: string, egress: string, steps: readonly StepToAdd[], now: number): Promise<void> {
    if (steps.length === 0) return;
    const values = [portalId, egress, JSON.stringify(steps), this.clock.given(now)];
    await this.sql.rows('SELECT list_steps($1, $2, $3, $4)', values);
  }

  /** Steps that turned out to be none of this portal wait for its turns no more. */
  async drop(portalId: string, callIds: readonly string[]): Promise<void> {
    if (callIds.length === 0) return;
    await this.sql.rows('DELETE FROM waiting_step WHERE portal_id = $1 AND call_id = ANY ($2)', [
      portalId,
      callIds,
    ]);
  }

  /**
   * All steps that wait for the portal stop waiting for turns: nothing is sent to it for long. Their calls are looked at
   * again at a time (epoch ms), or when somebody wakes them.
   *
   * @returns how many
   */
  async park(portalId: string, until: number, reason: string): Promise<number> {
    const [row] = await this.sql.rows('SELECT park_steps($1, $2, $3) AS parked', [
      portalId,
      isoTime(until),
      reason,
    ]);
    return (row as { parked: number }).parked;
  }

  /** The portals that steps wait for. */
  async portals(): Promise<string[]> {
    const rows = await this.sql.rows(
      'SELECT portal_id FROM portal WHERE EXISTS (SELECT FROM waiting_step WHERE portal_id = portal.portal_id)',
    );
    return (rows as { portal_id: string }[]).map((row) => row.portal_id);
  }

  private async askAll(questions: readonly Question[]): Promise<readonly Answer[]> {
    const values = [JSON.stringify(questions), this.clock.operatingLimitSeconds];
    const rows = (await this.sql.rows(ASK_TURNS, values)) as { place: string; answer: Answer }[];
    return rows.sort((a, b) => Number(a.place) - Number(b.place)).map(({ answer }) => answer);
  }

  private async answer(statement: string, values: readonly unknown[]): Promise<Answer> {
    const [row] = await this.sql.rows(statement, values);
    return (row as { answer: Answer }).answer;
  }
}

function later(now: number, { waitMs }: Answer): number {
  return Math.ceil(now + (waitMs ?? 0));
}

function closed(now: number, answer: Answer): ClosedPortal {
  const { why = 'red', reason = '', waitMs } = answer;
  return {
    kind: 'closed',
    why,
    reason,
    ...(typeof waitMs === 'number' && { until: Math.ceil(now + waitMs) }),
  };
}
