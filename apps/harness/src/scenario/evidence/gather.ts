import type { Aftermath } from '../checks/aftermath';
import { judgeCards } from '../checks/always/cards';
import { boundTo } from '../checks/filed';
import { handsetOfChannel } from '../checks/legs';
import type {
  CallFactsRecord,
  CardRecord,
  FiledCallRecord,
  RequestRecord,
  SwitchEventRecord,
} from '../../report/evidence';
import type { ActorRecord, EvidenceRecord } from '../../report/run-record';
import type { Scene } from '../run/scene';
import { audioRecords } from './audio';
import { legRecords } from './legs';
import { logAttachments } from './logs';
import { messageRecords } from './messages';

export const SWITCH_ACTOR = 'switch';

/** Everybody who takes part: each phone, each client, and the switch. */
export function actorsOf(scene: Scene): ActorRecord[] {
  const people = scene.handsets.map(({ id, who, kind, number }): ActorRecord => {
    const person = scene.person(who);
    return {
      id,
      kind: kind === 'client' ? 'trunk' : 'person',
      name: id === who ? (person?.name ?? id) : id,
      ...(kind === 'person' && { extension: number }),
      ...(person?.userId !== undefined && { portalUserId: person.userId }),
    };
  });
  return [
    ...people,
    {
      id: SWITCH_ACTOR,
      kind: 'switch',
      name: scene.world.target.kind === 'embedded' ? 'embedded switch' : 'FreeSWITCH',
    },
  ];
}

/** All that was seen, with moments counted from the beginning of the scenario. */
export function gatherEvidence(aftermath: Aftermath): EvidenceRecord {
  const { scene } = aftermath;
  return {
    messages: messageRecords(scene),
    legs: legRecords(scene),
    cards: cardRecords(aftermath),
    requests: requestRecords(scene),
    audio: audioRecords(scene),
    filed: filedRecords(aftermath),
    callFacts: factRecords(aftermath),
    switchEvents: eventRecords(scene),
    complaints: scene.portal.fake.audit(),
    attachments: logAttachments(scene),
  };
}

function cardRecords(aftermath: Aftermath): CardRecord[] {
  const { scene } = aftermath;
  const ms = (at: number): number => at - scene.beginning.at;
  return judgeCards(aftermath).map(({ card, call, falseFrom, why }) => {
    const { by, hiddenBy } = scene.portal.fake.screens
      .of(card.userId)
      .find(({ callId, shownAt }) => callId === call.portalCallId && shownAt === card.shownAt) ?? {
      by: 'register',
    };
    const actor = scene.telephony.of(scene.whoHasUser(card.userId) ?? '')[0]?.id;
    return {
      portalUserId: card.userId,
      portalCallId: call.portalCallId,
      label: call.phone,
      shownMs: ms(card.shownAt),
      shownBy: by,
      isTrue: falseFrom === undefined,
      ...(actor !== undefined && { actor }),
      ...(card.hiddenAt !== undefined && { hiddenMs: ms(card.hiddenAt) }),
      ...(hiddenBy && { hiddenBy }),
      ...(falseFrom !== undefined && falseFrom > card.shownAt && { falseFromMs: ms(falseFrom) }),
      ...(why !== undefined && { why }),
    };
  });
}

function requestRecords(scene: Scene): RequestRecord[] {
  let batch = 0;
  return scene.portal.fake.requests.map((entry) => {
    if (entry.method === 'batch') batch += 1;
    const isBatch = entry.method === 'batch' || entry.inBatch !== undefined;
    return {
      atMs: entry.at - scene.beginning.at,
      method: entry.method,
      params: entry.params,
      ...(entry.tookMs !== undefined && { durationMs: entry.tookMs }),
      ...(entry.status !== undefined && { status: entry.status }),
      ...(entry.error && { error: { code: entry.error.code, description: entry.error.description } }),
      ...(entry.fault !== undefined && { fault: entry.fault }),
      ...(isBatch && { batchId: String(batch) }),
    };
  });
}

function filedRecords({ held, scene }: Aftermath): FiledCallRecord[] {
  return held.flatMap((call) =>
    call.rows.map((row) => ({
      portalCallId: call.portalCallId,
      direction: call.type === '1' ? 'outbound' : 'inbound',
      phone: call.phone,
      line: row.line,
      portalUserId: row.userId,
      statusCode: row.statusCode,
      failedReason: row.reason,
      talkSeconds: row.seconds,
      crm: boundTo(scene, call),
      ...(call.callId !== null && { callId: call.callId }),
      ...(call.recording && { recording: call.recording }),
    })),
  );
}

function factRecords({ calls }: Aftermath): CallFactsRecord[] {
  return calls.map(({ call, facts }) => ({
    callId: call.callId,
    facts: Object.entries(facts).flatMap(([name, value]: [string, unknown]) =>
      value === undefined ? [] : [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }],
    ),
  }));
}

function eventRecords(scene: Scene): SwitchEventRecord[] {
  return scene.events.map(({ at, name, channelUuid, hangupCause, detail }) => {
    const actor = channelUuid === undefined ? undefined : handsetOfChannel(scene, channelUuid)?.id;
    return {
      atMs: at - scene.beginning.at,
      name,
      ...(channelUuid !== undefined && { channelUuid }),
      ...(actor !== undefined && { actor }),
      ...(hangupCause !== undefined && { hangupCause }),
      ...(detail !== undefined && { detail }),
    };
  });
}
