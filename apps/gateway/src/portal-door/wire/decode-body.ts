import { parse } from 'qs';
import { Refusal } from '../refusal';
import { cleanTree, deepestLevel } from './clean-value';
import { isFormTree, type FormTree } from './form-value';
import { withPhpLists } from './php-lists';

/** Fields of one body; the largest event in use has about thirty. */
const MOST_FIELDS = 1_000;

/** The kinds of body that Bitrix24 sends; JSON is taken from our own tools and from tests. */
type BodyKind = 'form' | 'json';

/**
 * The fields of a request body, nested as PHP's brackets say. A field that comes twice becomes a list, which no
 * field of the protocol may be; in JSON the last one counts.
 *
 * @param accepted the kinds of body that the caller takes
 * @throws Refusal `wrong-content-type` or `malformed`
 */
export function decodeBody(
  body: Buffer,
  contentType: string | undefined,
  accepted: readonly BodyKind[] = ['form', 'json'],
): FormTree {
  const kind = kindOf(contentType);
  if (kind === undefined || !accepted.includes(kind)) throw new Refusal('wrong-content-type');
  const text = decodeText(body);
  return cleanTree(kind === 'form' ? decodeForm(text) : decodeJson(text));
}

function kindOf(contentType: string | undefined): BodyKind | undefined {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const charset = parameters
    .map((part) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(part)?.[1])
    .find(Boolean);
  if (charset !== undefined && charset !== 'utf-8') return undefined;
  if (type.trim() === 'application/x-www-form-urlencoded') return 'form';
  return type.trim() === 'application/json' ? 'json' : undefined;
}

function decodeText(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new Refusal('malformed', { detail: 'not UTF-8' });
  }
}

function decodeForm(text: string): FormTree {
  try {
    const fields = parse(text, {
      depth: deepestLevel,
      strictDepth: true,
      parameterLimit: MOST_FIELDS,
      throwOnLimitExceeded: true,
      duplicates: 'combine',
      arrayLimit: MOST_FIELDS,
      // Its lists drop the numbers that Bitrix24 uses as names; see withPhpLists.
      parseArrays: false,
      // No prototype, so that a field may be called `constructor`.
      plainObjects: true,
    });
    return withPhpLists(fields as FormTree);
  } catch {
    throw new Refusal('malformed', { detail: 'too many fields or levels' });
  }
}

function decodeJson(text: string): FormTree {
  const value = parseJson(text);
  if (!isFormTree(value)) throw new Refusal('malformed', { detail: 'not a JSON object' });
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON.parse's own message: it quotes the text, and the text holds tokens.
    throw new Refusal('malformed', { detail: 'not JSON' });
  }
}
