import type { RequestLimit } from '@app/bitrix24/contract';
import { FakePortal, type RunningPortal } from '@app/testkit';
import { ENTERPRISE_LIMIT } from '../company/portal-seed';
import type { Cast } from '../scenario/language/people';
import { companyOfCast } from './company-of-cast';

/** What a connector needs, and the messenger for its notices. */
const SCOPES = ['telephony', 'user_basic', 'crm', 'im'];
const CLICK_EVENTS = ['ONEXTERNALCALLSTART', 'ONEXTERNALCALLBACKSTART'];

/** The portal of one scenario: nothing has happened in it before. It listens on a port of its own. */
export class ScenarioPortal {
  readonly fake: FakePortal;
  #running: RunningPortal | undefined;
  #port = 0;
  /** It was made to fail or to go away at least once. */
  wasDisturbed = false;

  private constructor(cast: Cast, crm: 'leads' | 'simple', limit: RequestLimit) {
    const { capacity: threshold, drainPerSecond: leakPerSecond } = limit;
    this.fake = new FakePortal({
      company: companyOfCast(cast, crm),
      app: { scopes: SCOPES },
      rateLimit: { threshold, leakPerSecond },
    });
  }

  /** @param limit how many requests it takes; `installPortal` has to be told the same */
  static async open(cast: Cast, crm: 'leads' | 'simple', limit = ENTERPRISE_LIMIT): Promise<ScenarioPortal> {
    const portal = new ScenarioPortal(cast, crm, limit);
    await portal.comeBack();
    return portal;
  }

  /** Address of its page. */
  get pageUrl(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** REST root. */
  get endpoint(): string {
    return `${this.pageUrl}rest/`;
  }

  get isThere(): boolean {
    return this.#running !== undefined;
  }

  /** From now on nobody can connect to it; requests under way get no answer. */
  async goAway(): Promise<void> {
    this.wasDisturbed = true;
    const running = this.#running;
    this.#running = undefined;
    await running?.close();
  }

  /** It listens again, at the same address. */
  async comeBack(): Promise<void> {
    if (this.#running) return;
    this.#running = await this.fake.listen({ port: this.#port });
    this.#port = Number(new URL(this.#running.origin).port);
  }

  /** Clicks and callback forms go to this address of the public door from now on. */
  async bindClicks(handler: string): Promise<void> {
    for (const event of CLICK_EVENTS) {
      await fetch(`${this.endpoint}event.bind`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ event, handler, auth: this.fake.accessToken }),
      });
    }
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.close();
  }
}
