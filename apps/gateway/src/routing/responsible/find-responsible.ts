import type { ClientLookup } from '@app/calls';
import type { Logger } from '@app/observability';
import type { RoutedLine, RouteSettings, RouteStore } from '@app/store';
import { TooLateError, within } from '../within';
import type { ClientSearch, ResponsibleUser, SoughtCaller } from './client-search';

/** Who should talk with a caller before all others, as far as was found out in time. */
export interface FoundResponsible {
  readonly client: ClientLookup;
  readonly responsible?: { readonly extension: string; readonly isOffDuty: boolean };
}

/** The ways to ask a CRM, by the setting `client.by` of a line. */
export type ClientSearches = Readonly<Record<RouteSettings['client']['by'], ClientSearch>>;

/** A caller, who may hide his number. */
export type RoutedNumber = Omit<SoughtCaller, 'number'> & {
  readonly switchId: string;
  readonly number: string | undefined;
};

interface Remembered {
  readonly until: number;
  readonly answer: Promise<ResponsibleUser | undefined>;
}

const MOST_REMEMBERED = 10_000;
const SECOND = 1_000;

/**
 * Finds a caller's own manager: who talked with him last, if the line wants that, else who is responsible in the CRM. The
 * caller waits, so there is a deadline, and behind it the queue rings without knowing. An answer that came too late counts
 * for the next call.
 */
export class FindResponsible {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly searches: ClientSearches | undefined,
    private readonly routes: Pick<RouteStore, 'lastManager'>,
    private readonly log: Pick<Logger, 'warn'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Never throws. */
  async of(line: RoutedLine, caller: RoutedNumber): Promise<FoundResponsible> {
    const { settings } = line;
    const { number } = caller;
    if (settings.strategy !== 'responsible-then-queue' || number === undefined)
      return { client: 'not-asked' };
    try {
      return await within(settings.client.withinMs, this.find(line, { ...caller, number }));
    } catch (error) {
      if (error instanceof TooLateError) return { client: 'too-slow' };
      this.log.warn({ err: error, portalId: line.portalId }, 'nobody could be asked who is responsible');
      return { client: 'failed' };
    }
  }

  private async find(line: RoutedLine, caller: RoutedNumber & SoughtCaller): Promise<FoundResponsible> {
    const { lastManagerDays, workday, by } = line.settings.client;
    const { number, switchId } = caller;
    if (lastManagerDays > 0) {
      const numbers = [number, number.slice(1)];
      const extension = await this.routes.lastManager(switchId, numbers, lastManagerDays);
      if (extension !== undefined) return { client: 'known', responsible: { extension, isOffDuty: false } };
    }
    if (!this.searches) return { client: 'not-asked' };
    const user = await this.ask(this.searches[by], line, caller);
    if (!user) return { client: 'unknown' };
    const phone = line.extensions.find(({ userId }) => userId === user.userId);
    if (!phone) return { client: 'known' };
    const isOffDuty = workday && user.isOffDuty;
    return { client: 'known', responsible: { extension: phone.extension, isOffDuty } };
  }

  private ask(
    search: ClientSearch,
    line: RoutedLine,
    caller: SoughtCaller,
  ): Promise<ResponsibleUser | undefined> {
    const { by, rememberSeconds } = line.settings.client;
    const key = `${line.portalId} ${by} ${caller.number}`;
    const known = this.remembered.get(key);
    if (known && known.until > this.now()) return known.answer;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    const answer = search.responsibleFor(line.portalId, caller);
    const until = this.now() + rememberSeconds * SECOND;
    this.remembered.set(key, { until, answer });
    answer.catch(() => this.remembered.delete(key));
    return answer;
  }
}
