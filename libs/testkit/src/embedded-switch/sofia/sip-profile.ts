import { isTrue, type Channel, type SwitchCore } from '../core';
import type { PlannedProfile, PlannedUser } from '../dialplan-port';
import type { Codec } from '../media';
import {
  ALLOWED_METHODS,
  headerOf,
  parseUri,
  SipStack,
  type DialogUser,
  type IncomingInvite,
  type ServerTransaction,
  type SessionEvents,
  type SipApplication,
  type SipTimers,
} from '../sip';
import { Authentication } from './authentication';
import type { ProfilePort } from './profile-port';
import { receiveCall } from './receive-call';
import { register } from './registrar';
import type { Sessions } from './sessions';
import type { RegistrationTable } from './registration-table';

/** What a profile is told by the module it belongs to. */
export interface ProfileParts {
  readonly core: SwitchCore;
  readonly plan: PlannedProfile;
  readonly table: RegistrationTable;
  readonly sessions: Sessions;
  /** 0 takes a free port. */
  readonly port: number;
  readonly wsPort: number | undefined;
  readonly timers: SipTimers | undefined;
  findUser(user: string, domain: string): PlannedUser | undefined;
  /** Whether an address may call without proving who it is. */
  isAllowed(address: string): boolean;
  /** Whether a Request-URI's user is the name by which a gateway has registered. */
  isGatewayUser(user: string): boolean;
  /** New calls are refused with 503 (`fsctl pause`). */
  isPaused(): boolean;
}

const CODECS: readonly Codec[] = ['PCMA', 'PCMU'];
const SERVER = 'FreeSWITCH (embedded)';

/** A SIP profile of mod_sofia: listens, registers phones, and takes calls into its context. */
export class SofiaProfile implements ProfilePort, SipApplication {
  readonly #authentication: Authentication;
  #stack: SipStack | undefined;

  private constructor(private readonly parts: ProfileParts) {
    const realm = parts.plan.params.get('challenge-realm');
    const isFixed = realm !== undefined && !realm.startsWith('auto_');
    this.#authentication = new Authentication(
      (user, domain) => parts.findUser(user, domain),
      isFixed ? realm : parts.plan.params.get('force-register-domain'),
    );
  }

  /** @throws the system's error when a port is taken */
  static async start(parts: ProfileParts): Promise<SofiaProfile> {
    const profile = new SofiaProfile(parts);
    const { plan, port, wsPort, timers } = parts;
    profile.#stack = await SipStack.listen(
      {
        host: plan.sipIp,
        port,
        contactUser: 'mod_sofia',
        ...(wsPort !== undefined && { wsPort }),
        ...(timers && { timers }),
      },
      profile,
    );
    return profile;
  }

  get name(): string {
    return this.parts.plan.name;
  }

  get core(): SwitchCore {
    return this.parts.core;
  }

  get stack(): SipStack {
    if (!this.#stack) throw new Error(`the profile ${this.name} does not listen`);
    return this.#stack;
  }

  get codecs(): readonly Codec[] {
    const wanted = this.parts.plan.params.get('inbound-codec-prefs');
    const known = wanted?.split(',').filter((name): name is Codec => CODECS.some((codec) => codec === name));
    return known && known.length > 0 ? known : CODECS;
  }

  get holdMusic(): string {
    return this.parts.plan.params.get('hold-music') ?? 'local_stream://moh';
  }

  get allowsTransfer(): boolean {
    return this.parts.plan.params.get('disable-transfer') !== 'true';
  }

  get negotiatesLate(): boolean {
    return isTrue(this.parts.plan.params.get('inbound-late-negotiation'));
  }

  channelOf(session: DialogUser): Channel | undefined {
    return this.parts.sessions.channelOf(session);
  }

  findSession(callId: string, tag: string, otherTag: string): DialogUser | undefined {
    return this.parts.sessions.find(callId, tag, otherTag);
  }

  adopt(session: DialogUser, channel: Channel): void {
    this.parts.sessions.adopt(session, channel);
  }

  invited(transaction: ServerTransaction, open: (events: SessionEvents) => IncomingInvite): void {
    const { request, flow } = transaction;
    if (this.parts.isPaused()) {
      transaction.respond(503, { headers: [{ name: 'Retry-After', value: '300' }] });
      return;
    }
    const isKnown = this.parts.isAllowed(flow.remote.address);
    if (!isKnown && !this.parts.plan.authCalls) {
      transaction.respond(403);
      return;
    }
    const mustProve = this.parts.plan.authCalls && !(isKnown && this.parts.plan.inboundAcls.length > 0);
    const user = mustProve ? this.#authentication.authenticate(transaction) : undefined;
    if (mustProve && !user) return;
    if (!supportsAll(transaction)) return;
    const received = receiveCall(this.core, this, request, {
      context: this.parts.plan.context,
      dialplan: this.parts.plan.params.get('dialplan') ?? 'XML',
      user,
      destinationInTo: this.parts.isGatewayUser(parseUri(request.uri)?.user ?? ''),
    });
    if (received) received.start(open(received.leg));
    else transaction.respond(400);
  }

  requested(transaction: ServerTransaction): void {
    switch (transaction.request.method) {
      case 'REGISTER':
        this.#register(transaction);
        break;
      case 'OPTIONS':
        transaction.respond(200, {
          headers: [
            { name: 'Allow', value: ALLOWED_METHODS },
            { name: 'Accept', value: 'application/sdp' },
            { name: 'Server', value: SERVER },
          ],
        });
        break;
      case 'SUBSCRIBE':
      case 'PUBLISH':
        // presence and voice mail lamps are not simulated: phones take this and go on
        transaction.respond(489);
        break;
      case 'NOTIFY':
      case 'MESSAGE':
        transaction.respond(200);
        break;
      default:
        transaction.respond(
          ['INVITE', 'BYE', 'INFO', 'REFER', 'UPDATE'].includes(transaction.request.method) ? 481 : 501,
        );
    }
  }

  #register(transaction: ServerTransaction): void {
    const { plan, table } = this.parts;
    if (plan.params.get('disable-register') === 'true') {
      transaction.respond(403);
      return;
    }
    const user = this.#authentication.authenticate(transaction);
    if (!user) return;
    if (user.params.get('sip-forbid-register') === 'true') {
      transaction.respond(403);
      return;
    }
    const many = plan.params.get('multiple-registrations');
    register(transaction, user, {
      name: this.name,
      core: this.core,
      table,
      keepsMany: many !== undefined && many !== 'false',
    });
  }
}

/** An extension that must be there and is not (RFC 3261 section 8.2.2.3). @returns false when it was refused */
function supportsAll(transaction: ServerTransaction): boolean {
  const required = headerOf(transaction.request, 'Require')?.split(/\s*,\s*/) ?? [];
  const missing = required.filter((option) => !['replaces', 'timer', 'path'].includes(option));
  if (missing.length === 0) return true;
  transaction.respond(420, { headers: [{ name: 'Unsupported', value: missing.join(', ') }] });
  return false;
}
