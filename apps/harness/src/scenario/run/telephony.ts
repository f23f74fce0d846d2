import { Phone, PhoneLab, tone, Trunk, type PhoneCall } from '../../phones';
import { until } from '../../processes/until';
import type { TargetSwitch } from '../../world/target-switch';
import type { Cast, Client, Device, Person } from '../language/people';
import { behaviourOf } from './behaviour-of';
import { Handset } from './handset';
import { Loudness } from './loudness';
import { SOUND_TONES, VOICES } from './sounds';

/** The phones of everybody who exists in a scenario, and the network outside. */
export class Telephony {
  readonly lab = new PhoneLab();
  readonly #handsets: Handset[] = [];
  readonly loudness = new Loudness(() => this.#handsets);
  readonly #closers: (() => Promise<void>)[] = [];
  #voices = 0;

  private constructor(private readonly target: TargetSwitch) {
    for (const hz of [...SOUND_TONES, ...VOICES]) this.lab.listenFor(hz);
  }

  /** Connects all phones, and registers those whose owners are there. */
  static async open(cast: Cast, target: TargetSwitch): Promise<Telephony> {
    const telephony = new Telephony(target);
    try {
      await telephony.#openTrunk(cast.clients);
      const devices = cast.people.flatMap((person) => person.phones.map((device) => ({ person, device })));
      await Promise.all(devices.map(({ person, device }) => telephony.#openPhone(person, device)));
      return telephony;
    } catch (error) {
      await telephony.close();
      throw error;
    }
  }

  get handsets(): readonly Handset[] {
    return this.#handsets;
  }

  /** The phones of somebody, or the one that is named. */
  of(who: string, device?: string): Handset[] {
    const id = device === undefined ? undefined : phoneId(who, device);
    return this.#handsets.filter((handset) => handset.who === who && (id === undefined || handset.id === id));
  }

  /** Whose SIP message this is, by the phone that has logged it and the dialog. */
  ownerOf(owner: string, callId: string): string | undefined {
    if (owner !== TRUNK) return owner;
    return this.#handsets.find(
      ({ kind, calls }) => kind === 'client' && calls.some((call) => call.callId === callId),
    )?.id;
  }

  async close(): Promise<void> {
    this.loudness.stop();
    await Promise.all(this.#closers.splice(0).map((close) => close()));
  }

  async #openPhone(person: Person, device: Device): Promise<void> {
    const { sip, domain, phonePassword } = this.target;
    const port = device.over === 'ws' ? sip.webSocket : sip.phones;
    const toneHz = this.#nextVoice();
    const number = person.extension ?? '';
    const phone = await Phone.open(this.lab, {
      number,
      domain,
      password: phonePassword,
      name: person.name,
      label: phoneId(person.id, device.name),
      network: { transport: device.over, server: { host: sip.host, port } },
      behaviour: behaviourOf(device.whenCalled),
      toneHz,
    });
    this.#closers.push(() => phone.close());
    this.#handsets.push(
      new Handset(phoneId(person.id, device.name), person.id, 'person', number, toneHz, {
        calls: () => phone.calls,
        place: (to) => phone.call(to),
        register: () => this.#register(phone),
        unregister: () => phone.unregister(),
      }),
    );
    if (person.isThere) await this.#register(phone);
  }

  /**
   * Registers, and waits until the switch would ring this phone: it keeps contacts in a database of its own, and nothing says
   * that this knows one as soon as the phone has its 200 OK.
   */
  async #register(phone: Phone): Promise<void> {
    await phone.register();
    const isReached = async () =>
      (await this.target.api('sofia_contact', `${phone.number}@${this.target.domain}`)).includes(
        `:${phone.contactUser}@`,
      );
    await until(`the switch reaches the phone of ${phone.number}`, isReached, {
      withinMs: REACHED_WITHIN_MS,
    });
  }

  /** All people outside are at the other end of one trunk; each has a voice of his own. */
  async #openTrunk(clients: readonly Client[]): Promise<void> {
    const { trunk: listen, sip } = this.target;
    const trunk = await Trunk.open(this.lab, {
      name: TRUNK,
      listen,
      transport: 'udp',
      switch: { host: sip.host, port: sip.trunks },
      numbers: Object.fromEntries(clients.map(({ number, whenCalled }) => [number, behaviourOf(whenCalled)])),
    });
    this.#closers.push(() => trunk.close());
    for (const client of clients) this.#addClient(trunk, client);
  }

  #addClient(trunk: Trunk, { id, number, name }: Client): void {
    const toneHz = this.#nextVoice();
    const placed = new Set<PhoneCall>();
    const speak = (call: PhoneCall): void => call.play(tone(toneHz));
    const isHis = (call: PhoneCall): boolean =>
      placed.has(call) || (call.direction === 'incoming' && call.calledNumber === number);
    trunk.listen(({ kind, call: ref }) => {
      if (kind !== 'answered') return;
      const call = trunk.calls.find((one) => one.ref === ref);
      if (call && isHis(call)) speak(call);
    });
    this.#handsets.push(
      new Handset(id, id, 'client', number, toneHz, {
        calls: () => trunk.calls.filter(isHis),
        place: (to, options) => {
          const { isAnonymous } = options;
          const from = { number: options.number ?? number, name: options.name ?? name, isAnonymous };
          const call = trunk.call({ to, from });
          placed.add(call);
          speak(call);
          return call;
        },
      }),
    );
  }

  #nextVoice(): number {
    const hz = VOICES[this.#voices % VOICES.length] ?? 550;
    this.#voices += 1;
    return hz;
  }
}

const TRUNK = 'trunk';
const REACHED_WITHIN_MS = 10_000;

function phoneId(who: string, device: string): string {
  return device === '' ? who : `${who}'s ${device}`;
}
