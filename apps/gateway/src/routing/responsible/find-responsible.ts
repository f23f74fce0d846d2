import type { ClientLookup } from '@app/calls';
import type { Logger } from '@app/observability';
import type { RoutedLine, RouteStore } from '@app/store';
import { TooLateError, within } from '../within';
import type { ClientSearch, ResponsibleUser } from './search-client';

/** Who should talk with a caller before all others, as far as was found out in time. */
export interface FoundResponsible {
  readonly client: ClientLookup;
  readonly responsible?: { readonly extension: string; readonly isOffDuty: boolean };
}

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
    private readonly search: ClientSearch | undefined,
    private readonly routes: Pick<RouteStore, 'lastManager'>,
    private readonly log: Pick<Logger, 'warn'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Never throws. @param number E.164; undefined: he hides it */
  async of(line: RoutedLine, switchId: string, number: string | undefined): Promise<FoundResponsible> {
    const { settings } = line;
    if (settings.strategy !== 'responsible-then-queue' || number === undefined)
      return { client: 'not-asked' };
    try {
      return await within(settings.client.withinMs, this.find(line, switchId, number));
    } catch (error) {
      if (error instanceof TooLateError) return { client: 'too-slow' };
      this.log.warn({ err: error, portalId: line.portalId }, 'nobody could be asked who is responsible');
      return { client: 'failed' };
    }
  }

  private async find(line: RoutedLine, switchId: string, number: string): Promise<FoundResponsible> {
    const { lastManagerDays, workday } = line.settings.client;
    if (lastManagerDays > 0) {
      const numbers = [number, number.slice(1)];
      const extension = await this.routes.lastManager(switchId, numbers, lastManagerDays);
      if (extension !== undefined) return { client: 'known', responsible: { extension, isOffDuty: false } };
    }
    if (!this.search) return { client: 'not-asked' };
    const user = await this.ask(this.search, line, number);
    if (!user) return { client: 'unknown' };
    const phone = line.extensions.find(({ userId }) => userId === user.userId);
    if (!phone) return { client: 'known' };
    const isOffDuty = workday && user.isOffDuty;
    return { client: 'known', responsible: { extension: phone.extension, isOffDuty } };
  }

  private ask(search: ClientSearch, line: RoutedLine, number: string): Promise<ResponsibleUser | undefined> {
    const key = `${line.portalId} ${number}`;
    const known = this.remembered.get(key);
    if (known && known.until > this.now()) return known.answer;
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    const answer = search.responsibleFor(line.portalId, number);
    const until = this.now() + line.settings.client.rememberSeconds * SECOND;
    this.remembered.set(key, { until, answer });
    answer.catch(() => this.remembered.delete(key));
    return answer;
  }
}
