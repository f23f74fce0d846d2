import { stringify } from 'qs';

/**
 * Parameters as the query of a command, the way PHP's http_build_query writes them: `USER_ID[0]=1&SHOW=0`. A flag is 1
 * or 0, because the text `false` is true in PHP; null and empty lists are left out.
 */
export function phpQuery(params: object): string {
  return stringify(params, { arrayFormat: 'indices', skipNulls: true, filter: phpValue });
}

function phpValue(_name: string, value: unknown): unknown {
  return typeof value === 'boolean' ? Number(value) : value;
}
