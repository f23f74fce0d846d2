import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { Waiting } from '../../replay-switch/waiting';
import { TestCall, type CallAs } from './test-call';
import { TestMedia } from './test-media';
import type { TestPhoneOptions } from './test-phone-options';
import { digestAnswer, header, methodOf, readSip, statusOf, tagIn, writeSip, type SipText } from './sip-text';

/**
 * A SIP phone (or a carrier) for specs, over UDP: as little as it takes to be called and to call. It answers nothing by
 * itself, a spec says what happens.
 */
export class TestPhone {
  readonly calls: TestCall[] = [];
  /** Everything that was received, oldest first. */
  readonly received: SipText[] = [];
  readonly #messages = new Waiting<SipText>();
  readonly #incoming = new Waiting<TestCall>();
  readonly #registerCallId = token();
  #registerSequence = 0;
  #isDeaf = false;
  #isClosed = false;
  /** Where requests go: the port of a SIP profile. */
  switchPort = 0;

  /** @param port its own; 0 takes a free one */
  static async open(options: TestPhoneOptions, switchPort = 0, port = 0): Promise<TestPhone> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
    const phone = new TestPhone(options, socket);
    phone.switchPort = switchPort;
    return phone;
  }

  private constructor(
    readonly options: TestPhoneOptions,
    private readonly socket: Socket,
  ) {
    socket.on('message', (bytes) => this.#receive(readSip(bytes)));
  }

  get port(): number {
    return this.socket.address().port;
  }

  get domain(): string {
    return this.options.domain ?? '127.0.0.1';
  }

  get address(): string {
    return `sip:${this.options.user}@${this.domain}`;
  }

  get contact(): string {
    return `<sip:${this.options.user}@127.0.0.1:${this.port}>`;
  }

  /** Registers, answering the challenge. @returns the final status */
  async register(seconds = 600): Promise<number> {
    const challenged = await this.#register(seconds);
    if (statusOf(challenged) !== 401) return statusOf(challenged);
    const proof = digestAnswer(header(challenged, 'WWW-Authenticate'), {
      user: this.options.user,
      password: this.options.password ?? '',
      method: 'REGISTER',
      uri: `sip:${this.domain}`,
    });
    return statusOf(await this.#register(seconds, proof));
  }

  /** Calls somebody; the call is on its way when this returns. */
  async call(destination: string, as: CallAs = {}): Promise<TestCall> {
    const media = await TestMedia.open();
    const call = TestCall.outgoing(this, media, destination, as);
    this.calls.push(call);
    return call;
  }

  /** The next call that comes in. */
  incoming(): Promise<TestCall> {
    return this.#incoming.next(() => true);
  }

  /** The next message that is wanted. */
  message(wanted: (message: SipText) => boolean): Promise<SipText> {
    return this.#messages.next(wanted);
  }

  send(message: SipText): void {
    this.sendText(writeSip(message));
  }

  /** Sends any bytes. */
  sendText(text: string | Buffer): void {
    this.socket.send(text, this.switchPort, '127.0.0.1');
  }

  /** From now on nothing is heard, as if the network were down. */
  unplug(): void {
    this.#isDeaf = true;
  }

  close(): void {
    this.calls.forEach((call) => call.media.close());
    if (!this.#isClosed) this.socket.close();
    this.#isClosed = true;
  }

  via(branch: string): [string, string] {
    return ['Via', `SIP/2.0/UDP 127.0.0.1:${this.port};rport;branch=z9hG4bK${branch}`];
  }

  async #register(seconds: number, authorization?: string): Promise<SipText> {
    this.#registerSequence += 1;
    const cseq = `${this.#registerSequence} REGISTER`;
    const answer = this.message((message) => statusOf(message) > 100 && header(message, 'CSeq') === cseq);
    this.send({
      start: `REGISTER sip:${this.domain} SIP/2.0`,
      headers: [
        this.via(token()),
        ['From', `<${this.address}>;tag=${token()}`],
        ['To', `<${this.address}>`],
        ['Call-ID', this.#registerCallId],
        ['CSeq', cseq],
        ['Contact', `${this.contact};expires=${seconds}`],
        ['User-Agent', 'TestPhone/1.0'],
        ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
      ],
      body: '',
    });
    return answer;
  }

  #receive(message: SipText): void {
    if (this.#isDeaf || message.start === '') return;
    this.received.push(message);
    const callId = header(message, 'Call-ID');
    const known = this.calls.find((call) => call.callId === callId);
    if (known) known.receive(message);
    else if (methodOf(message) === 'INVITE') void this.#invited(message);
    this.#messages.seen(message);
  }

  async #invited(invite: SipText): Promise<void> {
    const again = this.calls.find((call) => call.callId === header(invite, 'Call-ID'));
    if (again || tagIn(header(invite, 'To')) !== '') return;
    const call = TestCall.incoming(this, invite);
    this.calls.push(call);
    await call.openMedia();
    this.#incoming.seen(call);
  }
}

export function token(): string {
  return randomBytes(6).toString('hex');
}
