import { isTrue } from '../params';
import { SwitchConfigError } from '../switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from '../xml-element';
import { CheckedParams, sameText, wholeNumber } from './checked-params';
import {
  AGENT_STATUSES,
  STRATEGIES,
  USUAL_AGENT,
  USUAL_QUEUE,
  type AgentSettings,
  type CallcenterSettings,
  type QueueSettings,
  type TierSettings,
} from './settings';

const USUAL_ORIGINATE_SECONDS = 60;

/** Without effect here: there is no database, and nothing is kept of who gave up. */
const WITHOUT_EFFECT = new Set([
  'debug',
  'dbname',
  'truncate-tiers-on-load',
  'truncate-agents-on-load',
  'global-database-lock',
  'discard-abandoned-after',
  'skip-agents-with-external-calls',
]);

/**
 * Reads callcenter.conf.
 *
 * @throws SwitchConfigError for what is not simulated, and for what FreeSWITCH would silently ignore
 */
export function callcenterSettings(configuration: XmlElement | undefined): CallcenterSettings {
  if (configuration) {
    const children = ['settings', 'queues', 'agents', 'tiers'];
    expectOnly(configuration, { children, attributes: ['name', 'description'] });
  }
  const list = (name: string, of: string): readonly XmlElement[] => {
    const parent = childOf(configuration, name);
    if (parent) expectOnly(parent, { children: [of] });
    return childrenOf(parent, of);
  };
  const settings = new CheckedParams(list('settings', 'param'), WITHOUT_EFFECT);
  const originateSeconds = settings.number('agent-originate-timeout', 0) || USUAL_ORIGINATE_SECONDS;
  settings.expectNoMore();
  const queues = list('queues', 'queue').map(queueOf);
  const agents = list('agents', 'agent').map(agentOf);
  const tiers = list('tiers', 'tier').map((element) => tierOf(element, queues, agents));
  return { originateSeconds, queues, agents, tiers };
}

function queueOf(element: XmlElement): QueueSettings {
  expectOnly(element, { children: ['param'], attributes: ['name'] });
  const values = new CheckedParams(childrenOf(element, 'param'), WITHOUT_EFFECT);
  const usual = USUAL_QUEUE;
  const { tierRules } = usual;
  values.refuse('abandoned-resume-allowed', isTrue);
  const queue: QueueSettings = {
    name: required(element, 'name'),
    strategy: values.oneOf('strategy', STRATEGIES, usual.strategy),
    mohSound: values.text('moh-sound'),
    recordTemplate: values.text('record-template'),
    countsTimeBefore: values.oneOf('time-base-score', ['queue', 'system'], 'queue') === 'system',
    tierRules: {
      areApplied: values.yes('tier-rules-apply', tierRules.areApplied),
      waitSeconds: values.number('tier-rule-wait-second', tierRules.waitSeconds),
      multipliesByLevel: values.yes('tier-rule-wait-multiply-level', tierRules.multipliesByLevel),
      skipsEmptyTiers: values.yes('tier-rule-no-agent-no-wait', tierRules.skipsEmptyTiers),
    },
    maxWaitSeconds: values.number('max-wait-time', 0),
    maxSecondsWithoutAgent: values.number('max-wait-time-with-no-agent', 0),
    graceSecondsWithoutAgent: values.number(
      'max-wait-time-with-no-agent-time-reached',
      usual.graceSecondsWithoutAgent,
    ),
    noAnswerStatus: values.oneOf('agent-no-answer-status', AGENT_STATUSES, usual.noAnswerStatus),
  };
  values.expectNoMore();
  return queue;
}

function agentOf(element: XmlElement): AgentSettings {
  const known = ['max-no-answer', 'wrap-up-time', 'reject-delay-time', 'busy-delay-time'];
  const attributes = ['name', 'type', 'contact', 'status', ...known, 'no-answer-delay-time'];
  expectOnly(element, { attributes });
  const type = required(element, 'type');
  if (type.toLowerCase() !== 'callback') {
    throw new SwitchConfigError(`agents of the type ${type} are not simulated, only "callback"`, element);
  }
  const text = element.attributes.get('status') ?? USUAL_AGENT.status;
  const status = sameText(AGENT_STATUSES, text);
  if (!status) throw new SwitchConfigError(`an agent's status cannot be "${text}"`, element);
  const number = (name: string): number => wholeNumber(element.attributes.get(name) ?? '0', name, element);
  return {
    name: required(element, 'name'),
    contact: required(element, 'contact'),
    status,
    maxNoAnswer: number('max-no-answer'),
    wrapUpSeconds: number('wrap-up-time'),
    rejectDelaySeconds: number('reject-delay-time'),
    busyDelaySeconds: number('busy-delay-time'),
    noAnswerDelaySeconds: number('no-answer-delay-time'),
  };
}

function tierOf(
  element: XmlElement,
  queues: readonly QueueSettings[],
  agents: readonly AgentSettings[],
): TierSettings {
  expectOnly(element, { attributes: ['agent', 'queue', 'level', 'position'] });
  const [queue, agent] = [required(element, 'queue'), required(element, 'agent')];
  if (!queues.some(({ name }) => name === queue)) {
    throw new SwitchConfigError(`there is no queue ${queue}`, element);
  }
  if (!agents.some(({ name }) => name === agent)) {
    throw new SwitchConfigError(`there is no agent ${agent}`, element);
  }
  const number = (name: string): number => wholeNumber(element.attributes.get(name) || '1', name, element);
  return { queue, agent, level: number('level'), position: number('position') };
}
