import { portalCallTypes } from '@app/bitrix24/contract';
import { fullName } from '../../company/company';
import type { PortalState, TranscriptLine } from '../../portal-state';
import type { StatisticRow } from '../../telephony/statistic-row';

export type Direction = 'incoming' | 'outgoing';

export interface RecordingView {
  readonly fileId: number;
  readonly fileName: string;
  readonly bytes: number;
}

/** A finished call, as the page shows it. */
export interface FiledCall {
  readonly callId: string;
  readonly externalCallId: string | null;
  /** ISO-8601. */
  readonly startedAt: string;
  /** Digits. */
  readonly phone: string;
  readonly direction: Direction;
  /** Name of the employee; his id if there is no such employee. */
  readonly user: string;
  readonly line: string;
  /** Of talk. */
  readonly seconds: number;
  readonly statusCode: string;
  readonly reason: string;
  /** Name, type and id; '' if it belongs to nobody. */
  readonly client: string;
  readonly recording: RecordingView | null;
  readonly transcript: readonly TranscriptLine[];
}

export const directionOf = (type: number | string | null): Direction =>
  String(type) === String(portalCallTypes.outgoing) ? 'outgoing' : 'incoming';

export function filedCall(state: PortalState, row: StatisticRow): FiledCall {
  const callId = row.CALL_ID ?? '';
  const user = state.company.users.find(({ id }) => String(id) === row.PORTAL_USER_ID);
  const recording = state.recordings.get(callId);
  return {
    callId,
    externalCallId: row.EXTERNAL_CALL_ID,
    startedAt: row.CALL_START_DATE ?? '',
    phone: row.PHONE_NUMBER ?? '',
    direction: directionOf(row.CALL_TYPE),
    user: user ? fullName(user) : (row.PORTAL_USER_ID ?? ''),
    line: row.PORTAL_NUMBER ?? '',
    seconds: Number(row.CALL_DURATION),
    statusCode: row.CALL_FAILED_CODE ?? '',
    reason: row.CALL_FAILED_REASON ?? '',
    client: clientName(state, row.CRM_ENTITY_TYPE, Number(row.CRM_ENTITY_ID)),
    recording: recording
      ? { fileId: recording.fileId, fileName: recording.fileName, bytes: recording.bytes.length }
      : null,
    transcript: state.transcripts.get(callId)?.lines ?? [],
  };
}

/** `Oliver Brown (CONTACT 101)` */
export function clientName(
  state: PortalState,
  type: string | null | undefined,
  id: number | undefined,
): string {
  const entity = state.company.crm.find((candidate) => candidate.type === type && candidate.id === id);
  return entity ? `${entity.name} (${entity.type} ${entity.id})` : '';
}
