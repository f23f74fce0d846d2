import { connect } from 'node:tls';
import { doorAddresses } from '@app/portals';
import { green, red, yellow, type Finding } from '../finding';

const CHECK = 'public-door';
const CERTIFICATE_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
/** What the door says to a look at its address for events (gateway, EventsController). */
const DOOR_SAYS = 'This address is for Bitrix24.';

const NOT_REACHED =
  'Bitrix24 has to reach PUBLIC_URL from the internet: see DNS, firewall and the TLS proxy in front of HTTP_HOST:HTTP_PORT. If only this machine cannot reach its own public address, the test events of the portals below decide.';

/** Whether the public door can be reached by its public address, with the key of an application. */
export async function lookAtDoor(
  publicUrl: string | undefined,
  installKey: string | undefined,
  timeoutMs: number,
): Promise<Finding[]> {
  if (publicUrl === undefined)
    return [
      red(
        CHECK,
        'PUBLIC_URL is not set: portals cannot be told where their events go.',
        'Set it to the https address of the connector as the internet knows it, for worker and command line.',
      ),
    ];
  const certificate = await lookAtCertificate(new URL(publicUrl), timeoutMs);
  return [...certificate, await knock(publicUrl, installKey, timeoutMs)];
}

async function knock(publicUrl: string, installKey: string | undefined, timeoutMs: number): Promise<Finding> {
  const address = doorAddresses(publicUrl, installKey ?? 'nobody').events;
  let answer: Response;
  try {
    answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    return red(CHECK, `${publicUrl} cannot be reached: ${reasonOf(error)}.`, NOT_REACHED);
  }
  const said = await answer.text().catch(() => '');
  if (answer.status === 200 && said === DOOR_SAYS) return green(CHECK, `${publicUrl} leads to our door`);
  if (installKey === undefined && answer.status === 404)
    return green(CHECK, `${publicUrl} answers; no application is known yet to ask for`);
  if (answer.status === 404)
    return red(
      CHECK,
      `${publicUrl} answers, and does not know our applications.`,
      'Another deployment, or another server, is behind it; or the proxy does not pass on /bitrix24/.',
    );
  if (answer.status >= 300 && answer.status < 400)
    return red(
      CHECK,
      `${publicUrl} sends visitors elsewhere (HTTP ${answer.status}).`,
      'Let the proxy pass /bitrix24/ on as it is: a portal does not follow.',
    );
  return red(
    CHECK,
    `${publicUrl} answers HTTP ${answer.status} where our door should.`,
    'See that the gateway (role http) runs, and that the proxy passes /bitrix24/ on to HTTP_HOST:HTTP_PORT.',
  );
}

function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  return typeof code === 'string' && !message.includes(code) ? `${message} (${code})` : message;
}

/** A certificate that ends soon is said while there is time. */
async function lookAtCertificate(url: URL, timeoutMs: number): Promise<Finding[]> {
  if (url.protocol !== 'https:')
    return [green('public-door.tls', 'No TLS: good for trying it out on this machine, and for nothing else')];
  const end = await certificateEnd(url, timeoutMs);
  // Why there is none is said by whoever knocks.
  if (end === undefined) return [];
  const days = Math.floor((end - Date.now()) / DAY_MS);
  return days >= CERTIFICATE_DAYS
    ? [green('public-door.tls', `The certificate is valid for ${days} days`)]
    : [
        yellow(
          'public-door.tls',
          `The certificate of ${url.host} ends in ${days} days.`,
          'Renew it: portals send no events to an address whose certificate is not valid.',
        ),
      ];
}

/** Epoch ms; undefined: nobody answered. */
function certificateEnd({ hostname, port }: URL, timeoutMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      servername: hostname,
      port: port === '' ? 443 : Number(port),
      timeout: timeoutMs,
      // It is judged by whoever knocks; here it is only read.
      rejectUnauthorized: false,
    });
    const end = (time?: number): void => {
      socket.destroy();
      resolve(time);
    };
    socket.once('secureConnect', () => {
      const time = Date.parse(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(time) ? undefined : time);
    });
    socket.once('error', () => end());
    socket.once('timeout', () => end());
  });
}
