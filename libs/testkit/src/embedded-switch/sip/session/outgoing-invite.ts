import { answerChallenge, type Credentials } from '../digest';
import { headerOf, parseVia, tagOf, type SipHeader, type SipRequest, type SipResponse } from '../message';
import { after, type ClientTransaction } from '../transaction';
import type { Flow } from '../transport';
import { Dialog, sequenceOf } from './dialog';
import { InviteSession } from './invite-session';
import type { InviteEvents, SessionEvents, SessionHome } from './session-ports';

/** How long a cancelled INVITE may take to end with 487 (64 x T1). */
const CANCEL_PATIENCE_MS = 32_000;

/** Whom to call and what to say. */
export interface Invitation {
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly sequence: number;
  readonly headers: readonly SipHeader[];
  readonly sdp: string;
  /** For a gateway that asks who calls. */
  readonly credentials?: Credentials;
}

/** A call made by the switch, from its INVITE on. */
export class OutgoingInvite extends InviteSession {
  #transaction: ClientTransaction | undefined;
  #request: SipRequest;
  #hasProgressed = false;
  #wantsCancel: readonly SipHeader[] | undefined;
  #isSettled = false;
  #hasAuthenticated = false;

  constructor(
    home: SessionHome,
    flow: Flow,
    private readonly invitation: Invitation,
    private readonly inviteEvents: InviteEvents,
    events: SessionEvents,
  ) {
    super(home, flow, events);
    this.#request = this.#build(invitation.sequence);
  }

  /** The INVITE as sent last. */
  get sent(): SipRequest {
    return this.#transaction?.request ?? this.#request;
  }

  /** Sends the INVITE. */
  start(): void {
    this.#transaction = this.home.transactions.send(this.#request, this.flow, this.home.via, {
      answered: (response) => this.#answered(response),
      gaveUp: () => this.#refused(noAnswer(this.#request)),
    });
  }

  /**
   * Calls the INVITE off. Before the first provisional answer a CANCEL must not be sent (RFC 3261 section 9.1): it
   * then follows that answer. If the phone was quicker and has answered, it gets a BYE.
   */
  cancel(headers: readonly SipHeader[] = []): void {
    if (this.#isSettled || this.#wantsCancel) return;
    this.#wantsCancel = headers;
    if (this.#hasProgressed) this.#sendCancel();
  }

  #answered(response: SipResponse): void {
    if (response.status < 200) this.#progressed(response);
    else if (response.status < 300) this.#accepted(response);
    else if (!this.#authenticate(response)) this.#refused(response);
  }

  #progressed(response: SipResponse): void {
    const isFirst = !this.#hasProgressed;
    this.#hasProgressed = true;
    if (this.#wantsCancel) {
      if (isFirst) this.#sendCancel();
    } else if (response.status !== 100) {
      this.inviteEvents.progressed(response);
    }
  }

  #accepted(response: SipResponse): void {
    const dialog = Dialog.ofCaller(this.#request, response);
    const isAgain = this.dialog?.key === dialog.key;
    if (!isAgain && (this.#isSettled || this.#wantsCancel)) {
      this.#refuseLate(dialog);
      return;
    }
    if (!isAgain) {
      this.#isSettled = true;
      this.establish(dialog);
    }
    this.home.transactions.sendAck(dialog.ack(this.#request), this.flow, this.home.via);
    if (!isAgain) this.inviteEvents.accepted(response);
  }

  /** Another branch of a fork answered too, or somebody whom we no longer want. */
  #refuseLate(dialog: Dialog): void {
    this.home.transactions.sendAck(dialog.ack(this.#request), this.flow, this.home.via);
    const nobody = { answered: () => undefined, gaveUp: () => undefined };
    this.home.transactions.send(dialog.request('BYE'), this.flow, this.home.via, nobody);
    if (!this.#isSettled) this.#refused(noAnswer(this.#request, 487));
  }

  #refused(response: SipResponse): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.end();
    this.inviteEvents.refused(response);
  }

  #authenticate(response: SipResponse): boolean {
    const { credentials, uri, sequence } = this.invitation;
    const [name, answer] =
      response.status === 401
        ? ['WWW-Authenticate', 'Authorization']
        : ['Proxy-Authenticate', 'Proxy-Authorization'];
    const challenge = headerOf(response, name);
    if (![401, 407].includes(response.status) || challenge === undefined || this.#wantsCancel) return false;
    const proof = credentials && answerChallenge(challenge, credentials, 'INVITE', uri);
    if (proof === undefined || this.#hasAuthenticated) return false;
    this.#hasAuthenticated = true;
    this.#hasProgressed = false;
    this.#request = this.#build(sequence + 1, [{ name: answer, value: proof }]);
    this.start();
    return true;
  }

  #sendCancel(): void {
    const { headers, uri } = this.sent;
    const branch = parseVia(headers[0]?.value ?? '')?.params.get('branch') ?? '';
    const kept = headers.filter(({ name }) =>
      ['Route', 'From', 'To', 'Call-ID', 'Max-Forwards'].includes(name),
    );
    const cseq = { name: 'CSeq', value: `${sequenceOf(this.#request)} CANCEL` };
    const cancel: SipRequest = {
      kind: 'request',
      method: 'CANCEL',
      uri,
      headers: [...kept, cseq, ...(this.#wantsCancel ?? [])],
      body: '',
    };
    const nobody = { answered: () => undefined, gaveUp: () => undefined };
    this.home.transactions.sendAs(cancel, this.flow, this.home.via, branch, nobody);
    after(CANCEL_PATIENCE_MS, () => this.#refused(noAnswer(this.#request, 487)));
  }

  #build(sequence: number, authorization: readonly SipHeader[] = []): SipRequest {
    const { uri, from, to, callId, headers, sdp } = this.invitation;
    const type = sdp === '' ? [] : [{ name: 'Content-Type', value: 'application/sdp' }];
    return {
      kind: 'request',
      method: 'INVITE',
      uri,
      headers: [
        { name: 'Max-Forwards', value: '69' },
        { name: 'From', value: from },
        { name: 'To', value: to },
        { name: 'Call-ID', value: callId },
        { name: 'CSeq', value: `${sequence} INVITE` },
        this.home.contact(this.flow),
        ...headers,
        ...authorization,
        ...type,
      ],
      body: sdp,
    };
  }
}

/** The answer that an INVITE without an answer counts as. */
function noAnswer(invite: SipRequest, status = 408): SipResponse {
  const to = headerOf(invite, 'To') ?? '';
  const reason = status === 408 ? 'Request Timeout' : 'Request Terminated';
  const headers = invite.headers.filter(({ name }) => ['From', 'Call-ID', 'CSeq'].includes(name));
  return {
    kind: 'response',
    status,
    reason,
    headers: [...headers, { name: 'To', value: tagOf(to) === '' ? to : to.split(';tag=')[0]! }],
    body: '',
  };
}
