import { localTime } from '../../replay-switch/state/own-events';
import type { Channel } from './channel';

/**
 * The variables that a channel gets when it has ended: when what happened, how long what lasted, and what it did last
 * (switch_channel_set_timestamps).
 */
export function setTimestamps(channel: Channel): void {
  const { variables, profile, appLog, dialedDigits } = channel;
  const set = (name: string, value: string | number): void => variables.set(name, String(value));
  set('digits_dialed', dialedDigits.length === 0 ? 'none' : dialedDigits.join(''));
  setStamps(channel, set);
  setEpochs(channel, set);
  const last = appLog.at(-1);
  if (last) {
    set('last_app', last.application);
    set('last_arg', last.data);
  }
  const { callerIdName, callerIdNumber } = profile;
  set('caller_id', callerIdName === '' ? callerIdNumber : `"${callerIdName}" <${callerIdNumber}>`);
  setDurations(channel, set);
}

type Set = (name: string, value: string | number) => void;

function setStamps(channel: Channel, set: Set): void {
  const { created, profileCreated, answered, bridged, lastHold, progress, progressMedia, hungup } =
    channel.profile.times;
  const stamps: [string, number][] = [
    ['start_stamp', created],
    ['profile_start_stamp', profileCreated],
    ['answer_stamp', answered],
    ['bridge_stamp', bridged],
    ['hold_stamp', lastHold],
    ['progress_stamp', progress],
    ['progress_media_stamp', progressMedia],
  ];
  for (const [name, us] of stamps) if (us > 0) set(name, localTime(us / 1000));
  const { holds } = channel;
  if (holds.length > 0) set('hold_events', `{${holds.map(({ on, off }) => `{${on},${off}}`).join(',')}}`);
  set('end_stamp', localTime(hungup / 1000));
}

function setEpochs(channel: Channel, set: Set): void {
  const { times } = channel.profile;
  const moments: [string, number][] = [
    ['start', times.created],
    ['profile_start', times.profileCreated],
    ['answer', times.answered],
    ['bridge', times.bridged],
    ['last_hold', times.lastHold],
  ];
  const later: [string, number][] = [
    ['resurrect', 0],
    ['progress', times.progress],
    ['progress_media', times.progressMedia],
    ['end', times.hungup],
  ];
  const setMoment = ([name, us]: [string, number]): void => {
    set(`${name}_epoch`, seconds(us));
    set(`${name}_uepoch`, us);
  };
  moments.forEach(setMoment);
  set('hold_accum_seconds', seconds(times.holdAccum));
  set('hold_accum_usec', times.holdAccum);
  set('hold_accum_ms', Math.floor(times.holdAccum / 1000));
  later.forEach(setMoment);
}

/** Differences of whole seconds, and of ms and us, as FreeSWITCH takes them. */
function setDurations(channel: Channel, set: Set): void {
  const { created, answered, progress, progressMedia, bridged, hungup } = channel.profile.times;
  const spans: [string, number, number][] = [
    ['duration', created, hungup],
    ['billsec', answered, hungup],
    ['progresssec', created, progress],
    ['answersec', created, answered],
    ['waitsec', created, bridged],
    ['progress_mediasec', created, progressMedia],
    ['flow_billsec', answered === 0 ? 0 : created, hungup],
  ];
  for (const unit of [1_000_000, 1000, 1]) {
    for (const [name, from, to] of spans) {
      const isOver = from > 0 && to > 0 && to >= from;
      set(nameIn(name, unit), isOver ? Math.floor(to / unit) - Math.floor(from / unit) : 0);
    }
  }
}

/** billsec, billmsec, billusec; duration, mduration, uduration. */
function nameIn(name: string, unit: number): string {
  const letter = unit === 1_000_000 ? '' : unit === 1000 ? 'm' : 'u';
  if (name === 'duration') return `${letter}${name}`;
  return `${name.slice(0, -'sec'.length)}${letter}sec`;
}

function seconds(us: number): number {
  return Math.floor(us / 1_000_000);
}
