import type { PortalRequest } from './report-call';

/** A request to the portal in the fewest words that tell its kind, its person and its result. */
export function compactRequest({ method, params }: PortalRequest): string {
  const user = String(params.USER_ID);
  switch (method) {
    case 'telephony.externalCall.register': {
      const card = params.SHOW === 1 ? ', card shown' : '';
      return `register type ${String(params.TYPE)} for ${user}${card}`;
    }
    case 'telephony.externalCall.show':
    case 'telephony.externalCall.hide':
      return `${method.endsWith('show') ? 'show' : 'hide'} ${user}`;
    case 'telephony.externalCall.finish': {
      const reason = typeof params.FAILED_REASON === 'string' ? `, ${params.FAILED_REASON}` : '';
      return `finish for ${user}: ${String(params.STATUS_CODE)}, ${String(params.DURATION)} s${reason}`;
    }
    case 'telephony.externalCall.attachRecord':
      return 'attach recording';
    default:
      return method;
  }
}
