import { executeOn, type Cause, type Channel, type StateHandler } from '../core';
import type { DialedLeg } from './dial-string/parse-dial-string';
import { DialingLeg } from './dialing-leg';
import { legProfile } from './leg-profile';
import type { EndpointKind } from './new-leg';
import type { OriginateOptions, OriginateRequest } from './originate-options';
import { outgoingChannel } from './outgoing-channel';

/** What all legs of a dial string have in common. */
export interface Dialling {
  readonly request: OriginateRequest;
  readonly variables: Map<string, string>;
  readonly options: OriginateOptions;
  readonly isForked: boolean;
  readonly endpoints: ReadonlyMap<string, EndpointKind>;
}

export interface OpenedLegs {
  readonly legs: readonly DialingLeg[];
  /** Why the last one that could not be made could not. */
  readonly cause: Cause | undefined;
  /** The caller went away meanwhile, or a refusal ends everything. */
  readonly isOver: boolean;
}

/** A dialled leg waits in CS_CONSUME_MEDIA until it is known what becomes of it. */
const ORIGINATE: StateHandler<Channel> = {
  onRouting: (channel) => {
    if (channel.state === 'CS_ROUTING') channel.setState('CS_CONSUME_MEDIA');
    return false;
  },
  onSoftExecute: leaveOriginate,
  onConsumeMedia: leaveOriginate,
};

function leaveOriginate(channel: Channel): boolean {
  channel.clearHandlers(ORIGINATE);
  return false;
}

/** Makes the legs of one attempt, one after the other, and starts them. */
export async function openLegs(dialling: Dialling, dialed: readonly DialedLeg[]): Promise<OpenedLegs> {
  const { caller, onlyMakes } = dialling.request;
  const legs: DialingLeg[] = [];
  let cause: Cause | undefined;
  for (const each of onlyMakes ? dialed.slice(0, 1) : dialed) {
    if (caller && !caller.isReady && !caller.has('XFER_ZOMBIE')) return { legs, cause, isOver: true };
    const opened = await openLeg(dialling, each, dialed.length > 1);
    if (typeof opened === 'string') {
      cause = opened;
      if (isFatal(dialling.options.fatal, opened)) return { legs, cause, isOver: true };
      continue;
    }
    legs.push(opened);
    if (!onlyMakes) start(opened);
  }
  return { legs, cause, isOver: false };
}

function isFatal(fatal: string | undefined, cause: Cause): boolean {
  return fatal !== undefined && (fatal === 'true' || fatal.split(',').includes(cause));
}

function start({ session, delaySeconds }: DialingLeg): void {
  if (session.hasStarted) return;
  if (delaySeconds > 0) session.setFlag('BLOCK_STATE');
  session.core.launch(session);
}

async function openLeg(
  { request, variables, options, isForked, endpoints }: Dialling,
  dialed: DialedLeg,
  isOneOfMany: boolean,
): Promise<DialingLeg | Cause> {
  const { caller, profile, handler, calledOff = () => undefined, news } = request;
  const ofTheLeg = new Map([...variables, ...dialed.variables]);
  variables.set('originate_early_media', String(options.earlyOk));
  const opened = await outgoingChannel(endpoints.get(dialed.endpoint), {
    caller,
    profile: legProfile(caller, profile, dialed.destination, ofTheLeg),
    variables: ofTheLeg,
    isForked: isForked || isOneOfMany,
    calledOff,
    news,
  });
  if ('cause' in opened) return opened.cause;
  const { channel } = opened;
  channel.setFlag('ORIGINATING');
  if (caller) channel.variables.set('call_uuid', caller.variables.get('call_uuid'));
  for (const [name, value] of [...dialed.variables, ...variables]) channel.variables.set(name, value);
  nameCallee(channel);
  if (caller) tellCaller(caller, channel, variables);
  channel.variables.set('originate_endpoint', dialed.endpoint);
  await executeOn(channel, 'execute_on_originate');
  if (handler) channel.addHandler(handler);
  channel.addHandler(ORIGINATE);
  return new DialingLeg(channel);
}

function nameCallee({ variables, profile }: Channel): void {
  profile.calleeIdName = variables.get('origination_callee_id_name') ?? profile.calleeIdName;
  profile.calleeIdNumber = variables.get('origination_callee_id_number') ?? profile.calleeIdNumber;
}

/** Whom a leg was made for, and whom the caller has dialled. */
function tellCaller(caller: Channel, channel: Channel, variables: ReadonlyMap<string, string>): void {
  const aleg = caller.core.locate(variables.get('ent_originate_aleg_uuid') ?? '') ?? caller;
  const { calleeIdName, calleeIdNumber } = channel.profile;
  channel.variables.set('originating_leg_uuid', aleg.uuid);
  aleg.variables.push('originated_legs', `${channel.uuid};${calleeIdName};${calleeIdNumber}`);
}
