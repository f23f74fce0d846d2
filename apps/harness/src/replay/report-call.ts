import { callFacts, type Call } from '@app/calls';

/** One request that the portal got for a call. */
export interface PortalRequest {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A call in the field names of the captures' manifest. */
export interface ReportedCall {
  readonly callId: string;
  readonly direction: string;
  readonly clickToCall: boolean;
  readonly externalNumber: string | null;
  readonly externalName: string | null;
  readonly did: string | null;
  readonly extension: string | null;
  readonly ringingExtensions: readonly string[];
  readonly answeredByExtension: string | null;
  /** null when the end of a talk was never seen. */
  readonly talkSeconds: number | null;
  readonly outcome: string | null;
  readonly hungUpBy: string | null;
  readonly transfers: readonly { kind: string; by: string; to: string; answered: boolean }[];
  readonly talkParts: readonly { extension: string; with?: string; consultation?: true; seconds: number }[];
  readonly recordingFiles: readonly string[];
  readonly portal: readonly PortalRequest[];
}

/** What the product made of a call, and what it asked the portal for. */
export function reportCall(call: Call, now: number, portal: readonly PortalRequest[]): ReportedCall {
  const facts = callFacts(call, now);
  const unknownLength = facts.outcome === 'lost' && facts.talkSeconds > 0;
  return {
    callId: call.callId,
    direction: facts.direction,
    clickToCall: facts.clickToCall,
    externalNumber: facts.externalNumber ?? null,
    externalName: facts.externalName ?? null,
    did: facts.did ?? null,
    extension: facts.extension ?? null,
    ringingExtensions: facts.ringingExtensions,
    answeredByExtension: facts.answeredByExtension ?? null,
    talkSeconds: unknownLength ? null : hundredths(facts.talkSeconds),
    outcome: facts.outcome ?? null,
    hungUpBy: facts.hungUpBy ?? null,
    transfers: facts.transfers.map(({ kind, by, to, answered }) => ({ kind, by, to, answered })),
    talkParts: facts.talkParts.map((part) => ({ ...part, seconds: hundredths(part.seconds) })),
    recordingFiles: facts.recordingFiles,
    portal,
  };
}

const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100;
