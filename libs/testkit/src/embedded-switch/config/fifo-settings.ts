import { createHash } from 'node:crypto';
import { SwitchConfigError } from './switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from './xml-element';

/** Somebody who rings when a caller waits in a fifo. */
export interface FifoMember {
  /** fifo_outbound_uuid: the MD5 of the dial string, or what stands there. */
  readonly id: string;
  readonly dialString: string;
  /** How many calls he takes at once. */
  readonly calls: number;
  readonly ringSeconds: number;
  /** How long he is left alone after a call. */
  readonly lagSeconds: number;
}

/** One waiting line. */
export interface FifoLine {
  readonly name: string;
  readonly importance: number;
  /** In front of the caller's name on the members' phones; with "=" in place of it. */
  readonly outboundName?: string;
  /** How many members ring for one caller; 0 = all of them. FreeSWITCH takes 1, whatever "ringall" sounds like. */
  readonly membersPerCaller: number;
  /** Added to the lag of members who did not answer. */
  readonly retrySeconds: number;
  readonly members: readonly FifoMember[];
}

/** mod_fifo. Lines that are not configured come to be when somebody uses them. */
export interface FifoSettings {
  readonly lines: readonly FifoLine[];
}

const MANUAL = 'manual_calls';
const USUAL_RING_SECONDS = 60;
const SHORTEST_RING_SECONDS = 10;
const WITHOUT_EFFECT = ['delete-all-outbound-member-on-startup', 'allow-transcoding'];
const LINE = [
  'name',
  'importance',
  'outbound_name',
  'outbound_strategy',
  'outbound_per_cycle',
  'retry_delay',
];

/**
 * Reads fifo.conf.
 *
 * @throws SwitchConfigError for what is not simulated, and for values that FreeSWITCH silently takes for others
 */
export function fifoSettings(configuration: XmlElement | undefined): FifoSettings {
  if (configuration) {
    expectOnly(configuration, { children: ['settings', 'fifos'], attributes: ['name', 'description'] });
  }
  const settings = childOf(configuration, 'settings');
  if (settings) expectOnly(settings, { children: ['param'] });
  for (const param of childrenOf(settings, 'param')) checkSetting(param);
  const list = childOf(configuration, 'fifos');
  if (list) expectOnly(list, { children: ['fifo'] });
  return { lines: childrenOf(list, 'fifo').map(lineOf) };
}

function checkSetting(param: XmlElement): void {
  expectOnly(param, { attributes: ['name', 'value'] });
  const name = required(param, 'name');
  if (name === 'outbound-strategy') checkStrategy(required(param, 'value'), param);
  else if (!WITHOUT_EFFECT.includes(name)) throw new SwitchConfigError(`${name} is not simulated`, param);
}

function checkStrategy(strategy: string, element: XmlElement): void {
  if (strategy.toLowerCase() === 'ringall') return;
  throw new SwitchConfigError(`the strategy ${strategy} is not simulated, only "ringall"`, element);
}

function lineOf(element: XmlElement): FifoLine {
  expectOnly(element, { children: ['member'], attributes: LINE });
  const name = required(element, 'name');
  if (name.toLowerCase() === MANUAL) throw new SwitchConfigError(`${MANUAL} is a reserved name`, element);
  checkStrategy(element.attributes.get('outbound_strategy') ?? 'ringall', element);
  const outboundName = element.attributes.get('outbound_name');
  return {
    name,
    importance: numberIn(element, 'importance', 0),
    ...(outboundName && { outboundName }),
    membersPerCaller: numberIn(element, 'outbound_per_cycle', 1),
    retrySeconds: numberIn(element, 'retry_delay', 0),
    members: childrenOf(element, 'member').map(memberOf),
  };
}

function memberOf(element: XmlElement): FifoMember {
  expectOnly(element, { attributes: ['timeout', 'simo', 'lag', 'taking_calls'] });
  const dialString = element.text;
  if (dialString === '') throw new SwitchConfigError('a member needs a dial string', element);
  // without it FreeSWITCH takes 0: he never rings
  required(element, 'simo');
  const ringSeconds = numberIn(element, 'timeout', USUAL_RING_SECONDS);
  if (ringSeconds < SHORTEST_RING_SECONDS) {
    throw new SwitchConfigError(`FreeSWITCH takes a timeout below 10 for ${USUAL_RING_SECONDS}`, element);
  }
  return {
    id: /fifo_outbound_uuid=([^,}]+)/.exec(dialString)?.[1] ?? md5(dialString),
    dialString,
    calls: numberIn(element, 'simo', 1),
    ringSeconds,
    lagSeconds: numberIn(element, 'lag', 0),
  };
}

function numberIn(element: XmlElement, name: string, usual: number): number {
  const text = element.attributes.get(name);
  if (text === undefined) return usual;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new SwitchConfigError(`${name} has to be a number, not "${text}"`, element);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
