import type { PortalRequest, ReportedCall } from './report-call';

/** A call for people: a line on what happened, and one for each request to the portal. */
export function describeCall(call: ReportedCall): string {
  return [
    headline(call),
    ...details(call).map((line) => `  ${line}`),
    ...call.portal.map(describeRequest),
  ].join('\n');
}

function headline(call: ReportedCall): string {
  const client = [call.externalNumber ?? 'no number', call.externalName && `"${call.externalName}"`]
    .filter(Boolean)
    .join(' ');
  const who = wayOf(call, client);
  const length = call.talkSeconds === null ? 'length unknown' : `${call.talkSeconds} s`;
  return `${call.direction} ${who}: ${call.outcome ?? 'going on'}${call.outcome === 'answered' ? `, ${length}` : ''}`;
}

function wayOf(call: ReportedCall, client: string): string {
  if (call.direction === 'inbound') return `${client} -> ${call.did ?? '?'}`;
  if (call.direction === 'outbound') {
    return `${call.extension ?? '?'} -> ${client}${call.clickToCall ? ' (click-to-call)' : ''}`;
  }
  return `${call.extension ?? '?'} -> colleague`;
}

function details(call: ReportedCall): string[] {
  return [
    call.ringingExtensions.length > 0 && `rang: ${call.ringingExtensions.join(', ')}`,
    call.answeredByExtension !== null && `answered by: ${call.answeredByExtension}`,
    call.hungUpBy !== null && `hung up by: ${call.hungUpBy}`,
    ...call.transfers.map(
      (t) => `transferred (${t.kind}) by ${t.by} to ${t.to}${t.answered ? '' : ', not answered'}`,
    ),
    ...call.recordingFiles.map((path) => `recording: ${path}`),
    call.portal.length === 0 && 'nothing in the portal',
  ].filter((line) => line !== false);
}

function describeRequest({ method, params }: PortalRequest): string {
  return `  ${method.replace('telephony.externalCall.', '')} ${JSON.stringify(params)}`;
}
