import { isTrue, lastOfEach, paramsIn, type Params } from './params';
import { SwitchConfigError } from './switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from './xml-element';

/** One SIP stack of mod_sofia. */
export interface SipProfile {
  readonly name: string;
  readonly context: string;
  readonly sipIp: string;
  readonly sipPort: number;
  /** `address:port`, when WebSocket phones are welcome. */
  readonly wsBinding?: string;
  /** Whether calls need digest authentication. */
  readonly authCalls: boolean;
  /** Networks that calls may come from; of several lists one that allows is enough. None: everybody. */
  readonly inboundAcls: readonly string[];
  /** Domains that are other names of this profile. */
  readonly aliases: readonly string[];
  /** Everything, the last value of each. */
  readonly params: ReadonlyMap<string, string>;
}

/** A trunk. */
export interface SipGateway {
  readonly name: string;
  readonly profile: string;
  /** `proxy`, `realm`, `username`, `password`, `register`, `extension` ... */
  readonly params: ReadonlyMap<string, string>;
}

export interface SipStack {
  readonly profiles: readonly SipProfile[];
  readonly gateways: readonly SipGateway[];
}

/** Reads sofia.conf. */
export function readSipStack(sofia: XmlElement | undefined): SipStack {
  if (!sofia) return { profiles: [], gateways: [] };
  expectOnly(sofia, { children: ['global_settings', 'profiles'], attributes: ['name', 'description'] });
  const list = childOf(sofia, 'profiles');
  if (list) expectOnly(list, { children: ['profile'] });
  const elements = childrenOf(list, 'profile');
  for (const element of elements)
    expectOnly(element, { children: ['domains', 'gateways', 'settings'], attributes: ['name'] });
  return { profiles: elements.map(readProfile), gateways: elements.flatMap(readGateways) };
}

function readProfile(element: XmlElement): SipProfile {
  const settings = childOf(element, 'settings');
  const all = paramsIn(settings);
  const params = lastOfEach(all);
  const sipPort = Number(params.get('sip-port') ?? 5060);
  if (!Number.isInteger(sipPort) || sipPort < 1 || sipPort > 65_535)
    throw new SwitchConfigError(`sip-port ${params.get('sip-port') ?? ''} is no port`, settings ?? element);
  const wsBinding = params.get('ws-binding');
  return {
    name: required(element, 'name'),
    context: params.get('context') ?? 'default',
    sipIp: params.get('sip-ip') ?? '127.0.0.1',
    sipPort,
    ...(wsBinding && { wsBinding }),
    authCalls: isTrue(params.get('auth-calls')),
    inboundAcls: namesOf(all, 'apply-inbound-acl'),
    aliases: readAliases(childOf(element, 'domains')),
    params,
  };
}

function namesOf(params: Params, name: string): readonly string[] {
  return params.get(name)?.filter((value) => value !== '') ?? [];
}

function readAliases(domains: XmlElement | undefined): string[] {
  if (domains) expectOnly(domains, { children: ['domain'] });
  return childrenOf(domains, 'domain').flatMap((domain) => {
    expectOnly(domain, { attributes: ['name', 'alias', 'parse'] });
    if (isTrue(domain.attributes.get('parse')))
      throw new SwitchConfigError('gateways of directory users (parse) are not supported', domain);
    return isTrue(domain.attributes.get('alias')) ? [required(domain, 'name')] : [];
  });
}

function readGateways(profile: XmlElement): SipGateway[] {
  const list = childOf(profile, 'gateways');
  if (list) expectOnly(list, { children: ['gateway'] });
  return childrenOf(list, 'gateway').map((element) => {
    expectOnly(element, { children: ['param'], attributes: ['name'] });
    return {
      name: required(element, 'name'),
      profile: required(profile, 'name'),
      params: lastOfEach(paramsIn(element)),
    };
  });
}
