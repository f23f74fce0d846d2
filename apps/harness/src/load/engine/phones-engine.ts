import {
  answersAfter,
  Phone,
  PhoneLab,
  refuses,
  rings,
  Trunk,
  type Behaviour,
  type PhoneCall,
} from '../../phones';
import { now } from '../../phones/journal/now';
import { DeadlineError, until } from '../../processes/until';
import type { CallerView } from '../books/call-truth';
import type { PlannedCall } from '../plan/planned-call';
import type { CallEngine, EngineOptions } from './call-engine';
import { placeCall, viewOf } from './place-call';
import { eachInItsSlot } from './slots';

/** Our own phones and trunk, with sound: a dozen calls a second, and nothing to install. */
export class PhonesEngine implements CallEngine {
  readonly name = 'phones';
  readonly #lab = new PhoneLab();
  readonly #phones = new Map<string, Phone>();
  /** By the client's number. */
  readonly #calls = new Map<string, PhoneCall>();
  readonly #troubles = new Map<string, CallerView>();
  readonly #planned: ReadonlyMap<string, PlannedCall>;
  #trunk: Trunk | undefined;

  private constructor(private readonly options: EngineOptions) {
    this.#planned = new Map(options.plan.map((planned) => [planned.client, planned]));
  }

  static async open(options: EngineOptions): Promise<PhonesEngine> {
    const engine = new PhonesEngine(options);
    try {
      await engine.#openTrunk();
      for (const extension of options.office.employees) await engine.#openPhone(extension);
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async run(withinMs: number): Promise<void> {
    const { plan, signal } = this.options;
    const stop = eachInItsSlot(plan, (call) => this.#place(call));
    const lastAt = now() + (plan.at(-1)?.atMs ?? 0);
    const isOver = (): boolean => now() > lastAt && [...this.#calls.values()].every(({ end }) => end);
    try {
      await until('all calls are over', isOver, { withinMs, signal });
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error;
    } finally {
      stop();
    }
  }

  views(): ReadonlyMap<string, CallerView> {
    const seen = [...this.#calls].map(([client, call]) => [client, viewOf(call)] as const);
    return new Map([...this.#troubles, ...seen]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#phones.values()].map((phone) => phone.close()));
    await this.#trunk?.close();
  }

  /** A call that breaks is told by its view; it must not break the others. */
  #place(planned: PlannedCall): void {
    const { client, from, to, kind } = planned;
    try {
      if (kind === 'outbound') this.#trunk?.answersAt(client, behaviourFor(planned));
      const call =
        kind === 'outbound'
          ? this.#phones.get(from)?.call(to)
          : this.#outside.call({ to, from: { number: from } });
      if (!call) throw new Error(`nobody has the extension ${from}`);
      this.#calls.set(client, call);
      placeCall(planned, call);
    } catch (error) {
      this.#troubles.set(client, { placedAt: now(), trouble: String(error) });
    }
  }

  get #outside(): Trunk {
    if (!this.#trunk) throw new Error('the trunk is not open');
    return this.#trunk;
  }

  async #openTrunk(): Promise<void> {
    const { trunk: listen, sip } = this.options.target;
    const place = { host: sip.host, port: sip.trunks };
    this.#trunk = await Trunk.open(this.#lab, { listen, transport: 'udp', switch: place });
  }

  async #openPhone(number: string): Promise<void> {
    const { sip, domain, phonePassword: password } = this.options.target;
    const server = { host: sip.host, port: sip.phones };
    const network = { transport: 'udp', server } as const;
    const behaviourFor = ({ far }: PhoneCall) => behaviourAt(number, this.#planned.get(far.number));
    const phone = await Phone.open(this.#lab, { number, domain, password, network, behaviourFor });
    this.#phones.set(number, phone);
    await phone.register();
  }
}

/** What a phone does with a call from a client: the one that is meant does what is fated, the others ring. */
function behaviourAt(extension: string, planned: PlannedCall | undefined): Behaviour {
  return planned?.employee === extension ? behaviourFor(planned) : rings;
}

function behaviourFor({ fate, ringMs }: PlannedCall): Behaviour {
  switch (fate) {
    case 'answered':
      return answersAfter(ringMs);
    case 'busy':
      return refuses(486, { afterMs: ringMs });
    case 'unanswered':
      return rings;
  }
}
