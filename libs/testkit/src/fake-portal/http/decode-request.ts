import { decodePhpForm } from './php-form';
import type { PortalRequest, RawParams } from './wire';

/**
 * The parameters of a request: those of the query, then those of the body over them. A JSON body on GET is ignored,
 * as the portal does (section 1 of the contract).
 */
export function decodeParams(request: PortalRequest, url: URL): RawParams {
  const query = decodePhpForm(url.searchParams);
  if (request.method !== 'POST') return query;
  const type = request.headers['content-type'] ?? '';
  const body = bodyText(request);
  if (type.includes('json')) return { ...query, ...parseObject(body) };
  if (type.includes('x-www-form-urlencoded'))
    return { ...query, ...decodePhpForm(new URLSearchParams(body)) };
  return query;
}

export function bodyText({ body = '' }: PortalRequest): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

function parseObject(text: string): RawParams {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as RawParams) : {};
  } catch {
    return {};
  }
}
