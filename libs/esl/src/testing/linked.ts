import type { EslAnomaly } from '../anomaly';
import type { EslEvent } from '../esl-event';
import type { LinkDown, SwitchListener, SwitchUp } from '../link-listener';
import type { SwitchLinkOptions } from '../link-options';
import { SwitchLink } from '../switch-link';
import { EslTestServer } from './esl-test-server';
import { waitFor } from './wait-for';

/** Everything a link told its listener. */
export class Witness implements SwitchListener {
  readonly events: EslEvent[] = [];
  readonly anomalies: EslAnomaly[] = [];
  readonly downs: LinkDown[] = [];
  readonly ups: SwitchUp[] = [];
  /** The resync hook of the test. */
  resync: (up: SwitchUp) => Promise<void> = () => Promise.resolve();
  /** What the test does with an event besides keeping it. */
  handle: (event: EslEvent) => void = () => undefined;

  get names(): string[] {
    return this.events.map((event) => event.name);
  }

  onEvent(event: EslEvent): void {
    this.events.push(event);
    this.handle(event);
  }

  async onUp(up: SwitchUp): Promise<void> {
    this.ups.push(up);
    await this.resync(up);
  }

  onDown(down: LinkDown): void {
    this.downs.push(down);
  }

  onAnomaly(anomaly: EslAnomaly): void {
    this.anomalies.push(anomaly);
  }
}

/** A test server, a link to it and a witness; {@link close} ends all three. */
export class Linked {
  readonly witness = new Witness();
  readonly link: SwitchLink;

  private constructor(
    readonly server: EslTestServer,
    options: Partial<SwitchLinkOptions>,
  ) {
    this.link = new SwitchLink(
      {
        switchId: 'test',
        host: '127.0.0.1',
        port: server.port,
        password: 'ClueCon',
        backoff: { minMs: 1, maxMs: 20, factor: 2, jitter: 0 },
        ...options,
      },
      this.witness,
    );
  }

  /** Not started yet, so that the test can change the script first. */
  static async idle(options: Partial<SwitchLinkOptions> = {}): Promise<Linked> {
    return new Linked(await EslTestServer.start(), options);
  }

  /** Started and up. */
  static async up(options: Partial<SwitchLinkOptions> = {}): Promise<Linked> {
    const linked = await Linked.idle(options);
    await linked.startAndWaitUp();
    return linked;
  }

  async startAndWaitUp(): Promise<void> {
    this.link.start();
    await waitFor('the link to be up', () => this.link.state === 'up');
  }

  /** Sends bytes on the events socket and waits until that many events have arrived in all. */
  async deliver(bytes: Buffer | string, events: number): Promise<void> {
    this.server.events.send(bytes);
    await waitFor(`${events} events`, () => this.witness.events.length >= events);
  }

  async close(): Promise<void> {
    await this.link.stop();
    await this.server.close();
  }
}
