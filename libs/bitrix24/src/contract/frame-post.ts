import { z } from 'zod';
import { phpMap, phpNumberOrNull, phpText, phpTextOrNull, scopeList } from './lenient';

/** A JSON text as the map it holds; nothing, or no JSON: null. */
const jsonMapOrNull = phpTextOrNull.transform((text) => (text === null ? null : mapIn(text)));

/**
 * What the portal posts when it opens a page of the application in a frame, be it the installation page: query and body
 * together (`{ ...query, ...body }`). The tokens belong to the user who opened it. Nothing of it is proven before
 * APPLICATION_TOKEN was compared or a refresh with our own secret has worked.
 * github.com/bitrix24/b24restdocs, settings/oauth/simple-way.md
 */
export const framePost = z.looseObject({
  /** Lower case, unlike the others. 32 hex digits. */
  member_id: phpText.pipe(z.string().min(1)),
  /** Of the application, for information only. */
  status: phpTextOrNull,
  /** Host of the portal. */
  DOMAIN: phpTextOrNull,
  /** https or not. */
  PROTOCOL: phpTextOrNull.transform((protocol) => (protocol === '0' ? 'http' : 'https')),
  /** Of the user. */
  LANG: phpTextOrNull,
  APP_SID: phpTextOrNull,
  /** Access token. */
  AUTH_ID: phpText.pipe(z.string().min(1)),
  /** s, 3600. */
  AUTH_EXPIRES: phpNumberOrNull,
  /** Refresh token. */
  REFRESH_ID: phpTextOrNull,
  /** https://<OAuth host>/rest/; missing in older portals, as are the next two. */
  SERVER_ENDPOINT: phpTextOrNull,
  APPLICATION_TOKEN: phpTextOrNull,
  APPLICATION_SCOPE: scopeList,
  /** DEFAULT: the application's own page. */
  PLACEMENT: phpTextOrNull,
  /** A JSON text on the wire; with placements only. */
  PLACEMENT_OPTIONS: jsonMapOrNull,
});
export type FramePost = z.output<typeof framePost>;

function mapIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return phpMap(z.unknown()).safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
