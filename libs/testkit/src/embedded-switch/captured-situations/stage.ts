import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headerText, type EventRecord } from '../../captured-calls/captured-event';
import { RawEslClient } from '../../replay-switch/raw-esl-client';
import { startEmbeddedSwitch, type EmbeddedSwitch } from '../embedded-switch';
import { handPlan } from '../testing/hand-plan';
import type { CallAs, TestCall } from '../testing/test-call';
import { TestPhone } from '../testing/test-phone';
import { capturedContexts } from './captured-plan';
import { CAPTURED_QUEUE } from './captured-queue';

/** An embedded switch with the captured dial plan, phones, a carrier, and somebody who listens to its events. */
export class Stage {
  readonly #phones = new Map<string, TestPhone>();
  readonly #heardBefore: EventRecord[] = [];

  private constructor(
    readonly embedded: EmbeddedSwitch,
    public esl: RawEslClient,
    /** The carrier: calls from outside come from it, calls by the gateway go to it. */
    readonly carrier: TestPhone,
    readonly recordings: string,
  ) {}

  static async open(globals: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const folder = join(mkdtempSync(join(tmpdir(), 'embedded-')), 'recordings');
    const carrier = await TestPhone.open({ user: '79161234567', displayName: 'Иван Петров' });
    const embedded = await startEmbeddedSwitch({
      plan: handPlan({
        contexts: capturedContexts(folder),
        users: Array.from({ length: 9 }, (_, index) => String(1001 + index)),
        gatewayPort: carrier.port,
        globals,
        callcenter: CAPTURED_QUEUE,
        fifo: { lines: [] },
      }),
      heartbeatMs: 0,
    });
    carrier.switchPort = embedded.sipPort('external');
    const esl = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
    return new Stage(embedded, esl, carrier, folder);
  }

  get events(): readonly EventRecord[] {
    return [...this.#heardBefore, ...this.esl.events];
  }

  /** The connection has ended: another one goes on where it was. */
  async reconnect(): Promise<void> {
    this.#heardBefore.push(...this.esl.events);
    this.esl = await RawEslClient.login(this.embedded.eventSocketPort, 'event json ALL');
  }

  /** A phone that is registered; some have a name, some have not, as in the captures. */
  async phone(user: string, displayName?: string): Promise<TestPhone> {
    const known = this.#phones.get(user);
    if (known) return known;
    const phone = await TestPhone.open(
      { user, password: 'secret', ...(displayName !== undefined && { displayName }) },
      this.embedded.sipPort('internal'),
    );
    this.#phones.set(user, phone);
    const status = await phone.register();
    if (status !== 200) throw new Error(`${user} could not register: ${status}`);
    return phone;
  }

  /** Port of the switch for its own phones. */
  get sipPort(): number {
    return this.embedded.sipPort('internal');
  }

  /** A call from outside. */
  callIn(did: string, as: CallAs = {}): Promise<TestCall> {
    return this.carrier.call(did, as);
  }

  /** Waits until an event of that name (and more) has come; the n-th one. */
  async event(
    name: string,
    fits: (event: EventRecord) => boolean = () => true,
    nth = 1,
  ): Promise<EventRecord> {
    const found = (): EventRecord | undefined =>
      this.events.filter((event) => event['Event-Name'] === name && fits(event))[nth - 1];
    await this.esl.until(() => found() !== undefined);
    return found()!;
  }

  /** The uuid of the n-th leg. */
  leg(index: number): string {
    const uuids = new Set(
      this.events.map((event) => headerText(event, 'Unique-ID')).filter((uuid) => uuid !== ''),
    );
    return [...uuids][index] ?? '';
  }

  /** People talk for a moment. */
  async talk(ms = 150): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Waits until all calls are over and all their events have come. */
  async idle(): Promise<void> {
    await this.embedded.idle();
    if (this.embedded.isUp) await this.esl.api('version');
  }

  async close(): Promise<void> {
    for (const phone of [this.carrier, ...this.#phones.values()]) phone.close();
    this.esl.close();
    await this.embedded.stop();
    rmSync(join(this.recordings, '..'), { recursive: true, force: true });
  }
}
