import type { Company, ExpectedCall } from '@app/testkit';
import { userWithExtension } from '../company/extensions';
import { expectedStatusCode } from './expected-status-code';
import { callsOf, type Scene } from './scene';

/** What the portal must hold for a call once it is over, from the script that drove the phones: not from our own view. */
export interface Expected {
  /** Name of the capture. */
  readonly scene: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  /** Digits of the client's number; undefined for internal calls. */
  readonly phone?: string;
  readonly outcome: string;
  /** From the first word to the last, transfers included. */
  readonly talkSeconds: number;
  /** Extensions of everybody whose phone rang, who dialled or who talked. */
  readonly extensions: readonly string[];
  /** Their users: nobody else may ever see the card. */
  readonly mayShowTo: readonly number[];
  /** Undefined for internal calls: the portal must hold nothing. */
  readonly filing?: ExpectedFiling;
}

export interface ExpectedFiling {
  /** 1 outbound, 2 inbound. */
  readonly type: '1' | '2';
  /** Who may be responsible; several when phones rang together, or when all of them were in a conference. */
  readonly userIds: readonly number[];
  readonly statusCode: string;
  /** Undefined where the company's own number was not recorded by the script. */
  readonly did?: string;
  /** `whole`: one file that covers the talk; `part`: of several files one is attached; `none`: there is none. */
  readonly recording: 'whole' | 'part' | 'none';
}

/** What only some captures tell. */
interface Details extends ExpectedCall {
  readonly extension?: string;
  readonly callerExtension?: string;
  readonly ringingOrder?: 'together';
  readonly parked?: { readonly retrievedBy: string };
  readonly conference?: { readonly members: readonly string[] };
}

/** The calls of a scene, as they must be filed. */
export function expectedCalls(scene: Scene, company: Company, defaultUserId: number): Expected[] {
  return callsOf(scene).map((call) => expectedCall(scene.capture, call, company, defaultUserId));
}

function expectedCall(scene: string, call: Details, company: Company, defaultUserId: number): Expected {
  const { direction = 'inbound', outcome = 'unknown' } = call;
  const extensions = concerned(call);
  const users = (of: readonly string[]): number[] =>
    of.map((extension) => userWithExtension(company, extension));
  const responsible = users(responsibleExtensions(call));
  const isInternal = direction === 'internal';
  return {
    scene,
    direction,
    outcome,
    extensions,
    talkSeconds: call.talkSeconds ?? 0,
    mayShowTo: users(extensions),
    ...(!isInternal && {
      phone: call.externalNumber?.replace(/\D/g, ''),
      filing: {
        type: direction === 'outbound' ? '1' : '2',
        userIds: responsible.length > 0 ? responsible : [defaultUserId],
        statusCode: expectedStatusCode(call),
        did: direction === 'inbound' ? call.did : undefined,
        recording: expectedRecording(call),
      },
    }),
  };
}

function concerned(call: Details): string[] {
  const { conference, parked, finalParty, extension, callerExtension, answeredByExtension } = call;
  const named = [
    extension,
    callerExtension,
    ...(call.ringingExtensions ?? []),
    answeredByExtension,
    ...(call.talkParts ?? []).map((part) => part.extension),
    ...(conference?.members ?? []).filter((member) => member !== call.externalNumber),
    parked?.retrievedBy,
    finalParty?.extension,
  ];
  return [...new Set(named.filter((one) => typeof one === 'string'))];
}

/** Who talked last; of a missed call whose phone rang last; of an outbound one who dialled. */
function responsibleExtensions(call: Details): readonly string[] {
  const { direction, answeredByExtension, ringingExtensions = [], conference, finalParty } = call;
  if (direction === 'outbound') return call.extension ? [call.extension] : [];
  if (conference) return conference.members.filter((member) => member !== call.externalNumber);
  if (finalParty) return [finalParty.extension];
  if (answeredByExtension) return [answeredByExtension];
  return call.ringingOrder === 'together' ? ringingExtensions : ringingExtensions.slice(-1);
}

function expectedRecording({ talkSeconds, recordingFiles = [] }: Details): ExpectedFiling['recording'] {
  if (!talkSeconds || recordingFiles.length === 0) return 'none';
  return recordingFiles.length === 1 ? 'whole' : 'part';
}
