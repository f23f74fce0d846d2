import { randomUUID } from 'node:crypto';
import type { ReplayClock } from '../../replay-switch/clock';
import { answerChallenge, headerOf, type SipRequest, type SipResponse, type SipStack } from '../sip';
import type { Gateway } from './gateway';

const EXPIRES_SECONDS = 600;
const RETRY_SECONDS = 30;
/** A registration is refreshed before it ends. */
const REFRESH_SHARE = 0.9;

/** Keeps a gateway registered with its carrier, as `register=true` wants it. */
export class GatewayRegistration {
  readonly #callId = randomUUID();
  readonly #tag = randomUUID().slice(0, 8);
  #sequence = 0;
  #isUp = false;
  #callOff: () => void = () => undefined;
  #isStopped = false;

  constructor(
    private readonly gateway: Gateway,
    private readonly stack: SipStack,
    private readonly clock: ReplayClock,
  ) {}

  get isUp(): boolean {
    return this.#isUp;
  }

  async start(): Promise<void> {
    const answer = await this.#send();
    const challenge = answer && challengeOf(answer);
    const { credentials } = this.gateway;
    const proof =
      challenge !== undefined && credentials
        ? answerChallenge(challenge, credentials, 'REGISTER', this.#uri())
        : undefined;
    const final = proof === undefined ? answer : await this.#send(proof);
    this.#isUp = final !== undefined && final.status < 300;
    if (this.#isStopped) return;
    const seconds = this.#isUp ? EXPIRES_SECONDS * REFRESH_SHARE : RETRY_SECONDS;
    this.#callOff = this.clock.after(seconds * 1000, () => void this.start());
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff();
  }

  #uri(): string {
    return `sip:${this.gateway.host}`;
  }

  async #send(authorization?: string): Promise<SipResponse | undefined> {
    const { host, port, protocol } = this.gateway;
    const flow = await this.stack.flowTo(protocol, host, port);
    if (!flow) return undefined;
    return new Promise((resolve) => {
      this.stack.transactions.send(this.#request(authorization), flow, this.stack.via, {
        answered: (response) => {
          if (response.status >= 200) resolve(response);
        },
        gaveUp: () => resolve(undefined),
      });
    });
  }

  #request(authorization: string | undefined): SipRequest {
    const { credentials, name, fromHost, host } = this.gateway;
    const address = `<sip:${credentials?.username ?? name}@${fromHost || host}>`;
    const contact = `<sip:gw+${name}@${this.stack.via};transport=udp;gw=${name}>`;
    this.#sequence += 1;
    return {
      kind: 'request',
      method: 'REGISTER',
      uri: this.#uri(),
      headers: [
        { name: 'Max-Forwards', value: '70' },
        { name: 'From', value: `${address};tag=${this.#tag}` },
        { name: 'To', value: address },
        { name: 'Call-ID', value: this.#callId },
        { name: 'CSeq', value: `${this.#sequence} REGISTER` },
        { name: 'Contact', value: contact },
        { name: 'Expires', value: String(EXPIRES_SECONDS) },
        ...(authorization === undefined ? [] : [{ name: 'Authorization', value: authorization }]),
      ],
      body: '',
    };
  }
}

function challengeOf(answer: SipResponse): string | undefined {
  if (answer.status !== 401 && answer.status !== 407) return undefined;
  return headerOf(answer, answer.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate');
}
