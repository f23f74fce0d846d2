import { answer, executeOn, setOriginator, Signal, until, type Cause, type Channel } from '../core';
import { cloneForPartner, passCalleeId, runErrands } from '../ivr';
import { tellDisposition } from './finish-attempt';
import type { Originate, Originated, OriginateRequest } from './originate-options';
import { Ringback, ringbackOf } from './ringback';

const POLL_MS = 1000;

/**
 * Several whole dial strings at once (switch_ivr_enterprise_originate): each one goes its own way, the first that is
 * answered wins, the others are called off. The caller hears it ring meanwhile.
 */
export async function originateEnterprises(
  dialler: { originate: Originate },
  request: OriginateRequest,
  dialStrings: readonly string[],
): Promise<Originated> {
  const { caller } = request;
  if (caller) {
    setOriginator(caller, true);
    await executeOn(caller, 'execute_on_pre_originate');
  }
  const race: Race = {
    winner: undefined,
    calledOff: undefined,
    left: dialStrings.length,
    causes: [],
    news: new Signal(),
  };
  for (const dialString of dialStrings) void enter(dialler, request, dialString, race);
  await watch(request, race);
  const { winner } = race;
  race.calledOff ??= winner ? 'LOSE_RACE' : 'ORIGINATOR_CANCEL';
  race.news.notify();
  const cause = winner ? 'SUCCESS' : (race.causes[0] ?? race.calledOff);
  if (caller) await tellCaller(caller, winner, cause);
  return winner ? { channel: winner } : { cause };
}

interface Race {
  winner: Channel | undefined;
  calledOff: Cause | undefined;
  left: number;
  readonly causes: Cause[];
  /** Somebody has won, failed, or is called off. */
  readonly news: Signal;
}

async function enter(
  dialler: { originate: Originate },
  request: OriginateRequest,
  dialString: string,
  race: Race,
): Promise<void> {
  const { caller } = request;
  const variables = new Map(request.variables);
  if (caller) variables.set('ent_originate_aleg_uuid', caller.uuid);
  // dialled for nobody: each one keeps to itself, and the caller is seen to here
  const result = await dialler.originate({
    dialString,
    timeoutSeconds: request.timeoutSeconds,
    variables,
    ...(caller && { profile: request.profile ?? caller.profile }),
    calledOff: () => race.calledOff,
    news: race.news,
  });
  race.left -= 1;
  if ('cause' in result) race.causes.push(result.cause);
  else if (race.winner || race.calledOff) result.channel.core.hangUp(result.channel, 'LOSE_RACE');
  else race.winner = result.channel;
  race.news.notify();
}

async function watch({ caller, calledOff, news }: OriginateRequest, race: Race): Promise<void> {
  const sound = caller && ringbackOf(caller);
  const ringback = caller && sound !== undefined ? new Ringback(caller, sound) : undefined;
  await ringback?.start();
  const isOver = (): boolean =>
    race.winner !== undefined || race.left === 0 || (caller !== undefined && !caller.isReady);
  while (!isOver() && !calledOff?.()) {
    const signals = [race.news, news, caller?.signal].filter((each) => each !== undefined);
    await until(signals, () => isOver() || Boolean(calledOff?.()) || (caller?.hasErrand ?? false), POLL_MS);
    if (caller) await runErrands(caller);
  }
  ringback?.stop();
}

async function tellCaller(caller: Channel, winner: Channel | undefined, cause: Cause): Promise<void> {
  if (winner && caller.isReady) {
    passCalleeId(winner, caller);
    if (winner.has('ANSWERED')) await answer(caller);
    winner.setPartnerProfile('originator', cloneForPartner(caller.profile, 'originator'));
    winner.variables.set('signal_bond', caller.uuid);
    winner.variables.set('call_uuid', caller.variables.get('call_uuid'));
    caller.setPartnerProfile('originatee', cloneForPartner(winner.profile, 'originatee'));
    caller.variables.set('signal_bond', winner.uuid);
  }
  tellDisposition(caller, cause);
  await executeOn(caller, 'execute_on_post_originate');
  setOriginator(caller, false);
}
