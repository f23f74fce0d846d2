import { describeIssues } from './answer';
import { contract } from './contract';
import type { MethodName, ParamsOf } from './contract';
import { PortalError } from './errors';
import type { PortalErrorFacts } from './errors';
import { UPLOAD } from './method-safety';
import { methodUrl } from './portal-address';
import type { PortalAddress } from './portal-address';
import { trustedUploadUrl } from './record-file';
import type { RecordFile, UploadTarget } from './record-file';

/** A request ready to leave. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly body?: string | FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly redirect: 'manual' | 'error';
}

/**
 * The request of a REST method: JSON, the token in its body and not in its address, which would end up in access logs.
 *
 * @throws PortalError if parameters break the contract or the endpoint is no URL
 */
export function restPost<M extends MethodName>(
  portal: PortalAddress,
  method: M,
  params: ParamsOf<M>,
): OutgoingRequest {
  const checked = contract[method].params.safeParse(params);
  if (!checked.success)
    throw notSent({
      method,
      kind: 'invalid-params',
      verdict: 'give-up',
      description: describeIssues(checked.error.issues),
    });
  if (!URL.canParse(portal.endpoint))
    throw notSent({
      method,
      kind: 'bad-address',
      verdict: 'ask-a-person',
      description: 'endpoint is not a URL',
    });
  return {
    method: 'POST',
    url: methodUrl(portal.endpoint, method),
    body: JSON.stringify({ ...params, auth: portal.accessToken.reveal() }),
    headers: { 'content-type': 'application/json' },
    redirect: 'manual',
  };
}

/**
 * The multipart request of a recording. Its redirect mode differs on purpose: with any other than `error` Node's fetch
 * keeps a copy of the body for a second request, and the whole file ends up in memory (measured on Node 20: 600 MB
 * against 35 MB).
 *
 * @throws PortalError if the address is not on the portal's own host
 */
export function uploadPost(portal: PortalAddress, target: UploadTarget, file: RecordFile): OutgoingRequest {
  const url = trustedUploadUrl(target.uploadUrl, portal.endpoint);
  if (!url)
    throw notSent({
      method: UPLOAD,
      kind: 'bad-address',
      verdict: 'ask-a-person',
      description: 'the upload address is not on the portal',
    });
  const body = new FormData();
  body.append(target.fieldName, file.content, file.fileName);
  return { method: 'POST', url, body, redirect: 'error' };
}

/** A request that is refused here, before anything leaves. */
export function notSent(facts: Omit<PortalErrorFacts, 'code'>): PortalError {
  return new PortalError({ ...facts, code: '' });
}
