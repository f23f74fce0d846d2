import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error';

/** What the fake portal was asked for. */
export interface PortalOptions {
  /** Of the first portal; the others follow, then the OAuth server. 0: free ones. */
  readonly port: number;
  readonly host: string;
  /** The name in all addresses that are told; undefined: the host. */
  readonly name: string | undefined;
  readonly portals: number;
  /** JSON or YAML; undefined: the demo company. */
  readonly companyFile: string | undefined;
  /** The bucket drains so many times faster than that of the plan. */
  readonly rateFactor: number;
  readonly enterprise: boolean;
  readonly crmMode: 'leads' | 'simple' | undefined;
  /** `field`: the empty string that portals in the field send instead of ERROR_CORE. */
  readonly errorCodes: 'documented' | 'field';
  readonly seed: number;
  /** Where the ready-made application goes back to with a code. */
  readonly redirectUri: string;
  /** The addresses as one line of JSON instead of a text. */
  readonly json: boolean;
}

export const PORTAL_USAGE = `portal [options]
  A Bitrix24 portal in memory, on a port of this machine, until it is ended with Ctrl-C. docs/fake-portal.md
  --port N            default 8400; further portals and the OAuth server take the next ones; 0: free ones
  --host ADDRESS      default 127.0.0.1; 0.0.0.0 lets other machines in, and there is no password
  --name HOST         the name in the addresses it tells, if others know it by another name
  --portals N         so many portals behind one OAuth server, 1 to 20
  --company FILE      the company, in JSON or YAML; default: the demo company
  --rate-factor N     the rate limit drains N times faster
  --enterprise        the Enterprise plan: 5 requests a second and 250 instead of 2 and 50
  --crm-mode MODE     leads or simple
  --error-codes KIND  documented (ERROR_CORE) or field (an empty string, as portals send it)
  --seed N            the same seed gives the same ids and secrets; default 1
  --redirect-uri URL  where the ready-made application goes back to with a code
  --json              the addresses as one line of JSON`;

const MOST_PORTALS = 20;
const HIGHEST_PORT = 65_535;

/** @throws UsageError with a sentence for the user */
export function portalOptions(args: readonly string[]): PortalOptions {
  const values = parse(args);
  const portals = wholeNumber('--portals', values.portals ?? '1', 1, MOST_PORTALS);
  return {
    port: wholeNumber('--port', values.port ?? '8400', 0, HIGHEST_PORT - portals),
    host: values.host ?? '127.0.0.1',
    name: values.name,
    portals,
    companyFile: values.company,
    rateFactor: positive('--rate-factor', values['rate-factor'] ?? '1'),
    enterprise: values.enterprise === true,
    crmMode:
      values['crm-mode'] === undefined
        ? undefined
        : oneOf('--crm-mode', values['crm-mode'], ['leads', 'simple']),
    errorCodes: oneOf('--error-codes', values['error-codes'] ?? 'documented', ['documented', 'field']),
    seed: wholeNumber('--seed', values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER),
    redirectUri: address('--redirect-uri', values['redirect-uri'] ?? 'http://localhost:3000/'),
    json: values.json === true,
  };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        host: text,
        name: text,
        portals: text,
        company: text,
        'rate-factor': text,
        enterprise: flag,
        'crm-mode': text,
        'error-codes': text,
        seed: text,
        'redirect-uri': text,
        json: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}.`);
  return value;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new UsageError(`${option} takes a number above 0.`);
  return value;
}

function oneOf<const Allowed extends string>(
  option: string,
  text: string,
  allowed: readonly Allowed[],
): Allowed {
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new UsageError(`${option} is one of: ${allowed.join(', ')}.`);
  return found;
}

function address(option: string, text: string): string {
  if (!URL.canParse(text))
    throw new UsageError(`${option} takes an address, such as http://localhost:3000/.`);
  return text;
}
