import type { Gateway } from '../sofia';
import type { ApiCommand } from './api-desk';
import type { ApiParts } from './api-parts';

const LINE = '='.repeat(173);

/** `sofia ...`: profiles and gateways; `sofia_contact`: where somebody can be reached. */
export function sofiaCommands(parts: ApiParts): Record<string, ApiCommand> {
  return {
    sofia: (args) => sofia(parts, args.trim().split(/\s+/)),
    sofia_contact: (args) => contact(parts, args.trim()),
  };
}

function sofia(parts: ApiParts, [command = '', what = '', name = '', ...more]: readonly string[]): string {
  if (command === 'jsonstatus' || (command === 'status' && [what, name].join(' ') === 'as json')) {
    return jsonStatus(parts);
  }
  if (command === 'profile' && more.length === 0) return `+OK ${what} ${name}\n`;
  if (command !== 'status') return '-USAGE: sofia status|jsonstatus|profile <name> <action>\n';
  if (what === 'gateway') return gatewayStatus(parts, name);
  if (what === 'profile') return profileStatus(parts, name);
  return table(parts);
}

function state({ sofia: running }: ApiParts, gateway: Gateway): string {
  if (!gateway.registers) return 'NOREG';
  return running().isUp(gateway) ? 'REGED' : 'FAIL_WAIT';
}

function table(parts: ApiParts): string {
  const { profiles, gateways } = parts.sofia();
  const row = (name: string, type: string, data: string, status: string): string =>
    `${name.padStart(25)}\t${type}\t  ${data.padStart(40)}\t${status}\n`;
  const lines = [...profiles.values()].flatMap(({ name, stack }) => [
    row(name, 'profile', stack.contactUri('UDP'), 'RUNNING (0)'),
    ...gateways
      .filter(({ profile }) => profile === name)
      .map((gateway) =>
        row(`${name}::${gateway.name}`, 'gateway', `sip:${gateway.host}`, state(parts, gateway)),
      ),
  ]);
  const count = profiles.size;
  const title = `${'Name'.padStart(25)}\t   Type\t  ${'Data'.padStart(40)}\tState\n`;
  return `${title}${LINE}\n${lines.join('')}${LINE}\n${count} profile${count === 1 ? '' : 's'} 0 aliases\n`;
}

function gatewayStatus(parts: ApiParts, name: string): string {
  const gateway = parts.sofia().gateways.find((each) => each.name === name);
  if (!gateway) return 'Invalid Gateway!\n';
  const isUp = parts.sofia().isUp(gateway);
  const facts: [string, string][] = [
    ['Name    ', gateway.name],
    ['Profile ', gateway.profile],
    ['Proxy   ', `sip:${gateway.host}:${gateway.port}`],
    ['Username', gateway.credentials?.username ?? ''],
    ['State   ', state(parts, gateway)],
    ['Status  ', isUp ? 'UP' : 'DOWN'],
  ];
  return `${LINE}\n${facts.map(([label, value]) => `${label}\t${value}\n`).join('')}${LINE}\n`;
}

function profileStatus(parts: ApiParts, name: string): string {
  const profile = parts.sofia().profiles.get(name);
  if (!profile) return 'Invalid Profile!\n';
  const count = parts.registrations
    .rows(parts.core.identity.switchName)
    .filter(({ url }) => url?.startsWith(`sofia/${name}/`)).length;
  const facts: [string, string][] = [
    ['Name             ', name],
    ['SIP-IP           ', profile.stack.host],
    ['URL              ', profile.stack.contactUri('UDP')],
    ['CODECS IN        ', profile.codecs.join(',')],
    ['REGISTRATIONS    ', String(count)],
  ];
  return `${LINE}\n${facts.map(([label, value]) => `${label}\t${value}\n`).join('')}`;
}

function jsonStatus(parts: ApiParts): string {
  const { profiles, gateways } = parts.sofia();
  return JSON.stringify({
    profiles: Object.fromEntries(
      [...profiles.values()].map(({ name, stack }) => [
        name,
        { type: 'profile', data: stack.contactUri('UDP'), state: 'RUNNING' },
      ]),
    ),
    gateways: Object.fromEntries(
      gateways.map((gateway) => [
        gateway.name,
        { type: 'gateway', profile: gateway.profile, state: state(parts, gateway) },
      ]),
    ),
  });
}

/** sofia_contact [profile/]user@domain[/prefix]: all phones of the address, commas in between. */
function contact(parts: ApiParts, args: string): string {
  const [, user = '', domain = '', prefix = ''] =
    /^(?:[^/@]*\/)?([^/@]*)(?:@([^/]*))?(?:\/(.*))?$/s.exec(args) ?? [];
  const known = parts.sofia().contact(user, domain || (parts.core.globalVariable('domain') ?? ''));
  if (known === undefined) return 'error/user_not_registered';
  return known.map((each) => `${prefix}${each}`).join(',');
}
