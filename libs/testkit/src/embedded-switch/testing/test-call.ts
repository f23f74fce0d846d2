import { Waiting } from '../../replay-switch/waiting';
import { TestMedia } from './test-media';
import type { TestPhoneOptions } from './test-phone-options';
import { digestAnswer, header, methodOf, statusOf, tagIn, uriIn, type SipText } from './sip-text';

type Header = readonly [string, string];

/** The phone that a call belongs to. */
export interface CallHome {
  readonly options: TestPhoneOptions;
  readonly domain: string;
  readonly address: string;
  readonly contact: string;
  /** Where requests go. */
  readonly switchPort: number;
  via(branch: string): [string, string];
  send(message: SipText): void;
}

function token(): string {
  return Math.random().toString(36).slice(2, 12);
}

/** How a phone calls, where it is not as usual. */
export interface CallAs {
  readonly headers?: readonly Header[];
  readonly sdp?: string;
  /** User part and name of From: a carrier has many callers. */
  readonly user?: string;
  readonly displayName?: string | undefined;
}

/** One call of a test phone. */
export class TestCall {
  readonly callId: string;
  media!: TestMedia;
  /** SDP of the switch, once known. */
  remoteSdp = '';
  readonly #messages = new Waiting<SipText>();
  readonly #seen: SipText[] = [];
  #invite: SipText;
  #localTag = token();
  #remoteTag = '';
  #target = '';
  #sequence = 1;
  #isOver = false;

  static incoming(phone: CallHome, invite: SipText): TestCall {
    const call = new TestCall(phone, invite, false);
    call.remoteSdp = invite.body;
    call.#remoteTag = tagIn(header(invite, 'From'));
    call.#target = uriIn(header(invite, 'Contact'));
    return call;
  }

  static outgoing(
    phone: CallHome,
    media: TestMedia,
    destination: string,
    { headers = [], sdp, user = phone.options.user, displayName = phone.options.displayName }: CallAs,
  ): TestCall {
    const name = displayName === undefined ? '' : `"${displayName}" `;
    const tag = token();
    const uri = `sip:${destination}@${phone.domain}:${phone.switchPort}`;
    const invite: SipText = {
      start: `INVITE ${uri} SIP/2.0`,
      headers: [
        phone.via(token()),
        ['From', `${name}<sip:${user}@${phone.domain}>;tag=${tag}`],
        ['To', `<sip:${destination}@${phone.domain}>`],
        ['Call-ID', `${token()}@test`],
        ['CSeq', '1 INVITE'],
        ['Contact', phone.contact],
        ['Max-Forwards', '70'],
        ['User-Agent', 'TestPhone/1.0'],
        ['Content-Type', 'application/sdp'],
        ...headers,
      ],
      body: sdp ?? media.sdp(),
    };
    const call = new TestCall(phone, invite, true);
    call.media = media;
    call.#localTag = tag;
    call.#target = uri;
    phone.send(invite);
    return call;
  }

  private constructor(
    private readonly phone: CallHome,
    invite: SipText,
    private readonly isCaller: boolean,
  ) {
    this.#invite = invite;
    this.callId = header(invite, 'Call-ID');
  }

  get invite(): SipText {
    return this.#invite;
  }

  /** Who calls, as From says it. */
  get from(): string {
    return header(this.#invite, 'From');
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  async openMedia(): Promise<void> {
    this.media = await TestMedia.open();
  }

  // --- the called side ---

  ring(): void {
    this.#respond(this.#invite, '180 Ringing');
  }

  /** 183 with media. */
  progress(): void {
    this.#respond(this.#invite, '183 Session Progress', this.media.sdp());
    this.media.talkTo(this.remoteSdp);
  }

  answer(sdp = this.media.sdp()): void {
    this.#respond(this.#invite, '200 OK', sdp);
    this.media.talkTo(this.remoteSdp);
  }

  refuse(statusLine: string, headers: readonly Header[] = []): void {
    this.#respond(this.#invite, statusLine, '', headers);
  }

  // --- the calling side ---

  /** Waits for a status (a final one ends the wait with an error if it is another). */
  async status(wanted: number): Promise<SipText> {
    const isIt = (message: SipText): boolean =>
      statusOf(message) >= 100 &&
      header(message, 'CSeq').endsWith('INVITE') &&
      this.#isFinal(message, wanted);
    const known = this.#seen.find(isIt);
    const answer = known ?? (await this.#messages.next(isIt));
    if (statusOf(answer) !== wanted) throw new Error(`${answer.start} in place of ${wanted}`);
    return answer;
  }

  cancel(): void {
    const [, uri = ''] = this.#invite.start.split(' ');
    const kept = this.#invite.headers.filter(([name]) => ['Via', 'From', 'To', 'Call-ID'].includes(name));
    this.phone.send({
      start: `CANCEL ${uri} SIP/2.0`,
      headers: [...kept, ['CSeq', `${this.#sequence} CANCEL`]],
      body: '',
    });
  }

  // --- both ---

  hangUp(headers: readonly Header[] = []): void {
    this.#isOver = true;
    this.media.silence();
    this.request('BYE', headers);
  }

  /** Resolves when the switch has hung up. */
  async ended(): Promise<void> {
    if (!this.#isOver) await this.#messages.next(() => this.#isOver);
  }

  async hold(): Promise<SipText> {
    return this.#reinvite(this.media.sdp('sendonly', 2));
  }

  async resume(): Promise<SipText> {
    return this.#reinvite(this.media.sdp('sendrecv', 3));
  }

  /** A REFER; resolves with the answer to it. */
  refer(target: string): Promise<SipText> {
    return this.requested('REFER', [
      ['Refer-To', target],
      ['Referred-By', `<${this.phone.address}>`],
    ]);
  }

  /** For Replaces: "call-id;to-tag=...;from-tag=...", as this phone sees the dialog. */
  get replaces(): string {
    return `${this.callId};to-tag=${this.#remoteTag};from-tag=${this.#localTag}`;
  }

  request(method: string, headers: readonly Header[] = [], body = ''): string {
    this.#sequence += 1;
    const cseq = `${this.#sequence} ${method}`;
    this.phone.send({
      start: `${method} ${this.#target} SIP/2.0`,
      headers: [
        this.phone.via(token()),
        ['From', this.#party(true)],
        ['To', this.#party(false)],
        ['Call-ID', this.callId],
        ['CSeq', cseq],
        ['Contact', this.phone.contact],
        ['Max-Forwards', '70'],
        ...headers,
      ],
      body,
    });
    return cseq;
  }

  /** Sends a request and waits for its final answer. */
  async requested(method: string, headers: readonly Header[] = [], body = ''): Promise<SipText> {
    const cseq = `${this.#sequence + 1} ${method}`;
    const answer = this.#messages.next(
      (message) => statusOf(message) >= 200 && header(message, 'CSeq') === cseq,
    );
    this.request(method, headers, body);
    return answer;
  }

  /** Waits for a message of this call. */
  message(wanted: (message: SipText) => boolean): Promise<SipText> {
    const known = this.#seen.find(wanted);
    return known ? Promise.resolve(known) : this.#messages.next(wanted);
  }

  /** Something came for this call. */
  receive(message: SipText): void {
    this.#seen.push(message);
    const method = methodOf(message);
    const status = statusOf(message);
    if (status >= 200 && header(message, 'CSeq').endsWith('INVITE')) this.#settled(message, status);
    if (status > 100 && message.body !== '') this.#hears(message);
    if (method === 'BYE') {
      this.#isOver = true;
      this.media.silence();
      this.#respond(message, '200 OK');
    } else if (method === 'CANCEL') {
      this.#isOver = true;
      this.#respond(message, '200 OK');
      this.#respond(this.#invite, '487 Request Terminated');
    } else if (method === 'NOTIFY' || method === 'INFO' || method === 'OPTIONS') {
      this.#respond(message, '200 OK');
    } else if (method === 'INVITE' && tagIn(header(message, 'To')) !== '') {
      this.remoteSdp = message.body;
      this.#respond(message, '200 OK', this.media.sdp('sendrecv', 5));
    }
    this.#messages.seen(message);
  }

  /** Answers a challenge for the INVITE with the phone's password. */
  authenticate(challenge: SipText): void {
    const [, uri = ''] = this.#invite.start.split(' ');
    const proof = digestAnswer(header(challenge, 'Proxy-Authenticate'), {
      user: this.phone.options.user,
      password: this.phone.options.password ?? '',
      method: 'INVITE',
      uri,
    });
    this.#sequence += 1;
    const headers = this.#invite.headers.map(([name, value]): Header => {
      if (name === 'Via') return this.phone.via(token());
      return name === 'CSeq' ? [name, `${this.#sequence} INVITE`] : [name, value];
    });
    this.#invite = { ...this.#invite, headers: [...headers, ['Proxy-Authorization', proof]] };
    this.phone.send(this.#invite);
  }

  #settled(answer: SipText, status: number): void {
    if (!this.isCaller && methodOf(this.#invite) === 'INVITE' && this.#sequence === 1) return;
    const [, uri = ''] = this.#invite.start.split(' ');
    const cseq = `${Number.parseInt(header(answer, 'CSeq'), 10)} ACK`;
    if (status < 300) {
      this.#remoteTag = tagIn(header(answer, 'To')) || this.#remoteTag;
      if (this.isCaller) this.#target = uriIn(header(answer, 'Contact')) || this.#target;
    }
    if (status === 407 && this.phone.options.password !== undefined) {
      queueMicrotask(() => this.authenticate(answer));
    } else if (status >= 300) {
      this.#isOver = true;
    }
    const viaOfInvite = this.#invite.headers.find(([name]) => name === 'Via') ?? this.phone.via(token());
    this.phone.send({
      start: `ACK ${status < 300 ? this.#target : uri} SIP/2.0`,
      headers: [
        status < 300 ? this.phone.via(token()) : viaOfInvite,
        ['From', header(answer, 'From')],
        ['To', header(answer, 'To')],
        ['Call-ID', this.callId],
        ['CSeq', cseq],
        ['Max-Forwards', '70'],
      ],
      body: '',
    });
  }

  #hears(message: SipText): void {
    this.remoteSdp = message.body;
    if (this.isCaller) this.media.talkTo(message.body);
  }

  #isFinal(message: SipText, wanted: number): boolean {
    const status = statusOf(message);
    return status === wanted || (status >= 200 && status !== 407);
  }

  async #reinvite(sdp: string): Promise<SipText> {
    return this.requested('INVITE', [['Content-Type', 'application/sdp']], sdp);
  }

  /** From or To of a request of this phone. */
  #party(isOwn: boolean): string {
    const [own, other] = this.isCaller ? ['From', 'To'] : ['To', 'From'];
    const value = header(this.#invite, isOwn ? own : other).replace(/;tag=.*$/, '');
    return `${value};tag=${isOwn ? this.#localTag : this.#remoteTag}`;
  }

  #respond(request: SipText, statusLine: string, body = '', headers: readonly Header[] = []): void {
    const to = header(request, 'To');
    const type: Header[] = body === '' ? [] : [['Content-Type', 'application/sdp']];
    this.phone.send({
      start: `SIP/2.0 ${statusLine}`,
      headers: [
        ...request.headers.filter(([name]) => name === 'Via' || name === 'Record-Route'),
        ['From', header(request, 'From')],
        ['To', tagIn(to) === '' ? `${to};tag=${this.#localTag}` : to],
        ['Call-ID', this.callId],
        ['CSeq', header(request, 'CSeq')],
        ...(headers.some(([name]) => name === 'Contact') ? [] : [['Contact', this.phone.contact] as const]),
        ['User-Agent', 'TestPhone/1.0'],
        ...type,
        ...headers,
      ],
      body,
    });
  }
}
