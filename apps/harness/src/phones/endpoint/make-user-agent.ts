import {
  SIPExtension,
  URI,
  UserAgent,
  type SessionDescriptionHandlerFactory,
  type UserAgentDelegate,
} from 'sip.js';
import { SipTransport, type SipTransportOptions } from '../transport/sip-transport';
import type { TransportName } from './network';

/** What of a SIP user agent differs from phone to phone. */
export interface UserAgentSettings {
  readonly user: string;
  readonly domain: string;
  readonly displayName: string;
  readonly credentials?: { readonly username: string; readonly password: string };
  /** What we call ourselves in Via and Contact. */
  readonly localHost: string;
  readonly transport: TransportName;
  readonly transportOptions: SipTransportOptions;
  readonly delegate: UserAgentDelegate;
  readonly descriptions: SessionDescriptionHandlerFactory;
}

/** Rings for ever, as far as SIP.js is concerned: it would answer 480 by itself. Seconds. */
const NO_ANSWER_TIMEOUT = 24 * 3600;

/** A SIP.js user agent with the settings that make it behave like a telephone and not like a browser. */
export function makeUserAgent(settings: UserAgentSettings): UserAgent {
  const { user, domain, displayName, credentials, localHost, transport } = settings;
  return new UserAgent({
    uri: new URI('sip', user, domain),
    displayName,
    authorizationUsername: credentials?.username ?? user,
    authorizationPassword: credentials?.password ?? '',
    // Responses are dropped if the top Via had a port or another host than this; the far end answers to where the request
    // came from (RFC 3581).
    viaHost: localHost,
    forceRport: true,
    // A switch shows the user part of the contact as the number that it has dialled.
    contactName: user,
    contactParams: { transport },
    transportConstructor: SipTransport,
    transportOptions: settings.transportOptions,
    sessionDescriptionHandlerFactory: settings.descriptions,
    delegate: settings.delegate,
    sendInitialProvisionalResponse: false,
    noAnswerTimeout: NO_ANSWER_TIMEOUT,
    sipExtensionReplaces: SIPExtension.Supported,
    // Switches send message-waiting notices that nobody has asked for.
    allowLegacyNotifications: true,
    userAgentString: 'connector-test-phone',
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'error',
  });
}
