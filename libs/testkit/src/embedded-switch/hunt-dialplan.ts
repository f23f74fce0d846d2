import {
  profileField,
  type Channel,
  type HuntTarget,
  type PlannedApplication,
  type SwitchCore,
} from './core';
import type { HuntCall, SwitchPlan } from './dialplan-port';

/** What the dial plan needs from the switch it is hunted for. */
export interface HuntParts {
  readonly core: () => SwitchCore;
  readonly plan: SwitchPlan;
  api(command: string, args: string, channel: Channel): string | undefined;
}

/** What the dial plan wants done with a channel: the XML one, or "inline" ("answer,sleep:1000,hangup"). */
export function huntDialplan(
  parts: HuntParts,
  channel: Channel,
  target: HuntTarget,
): readonly PlannedApplication[] | undefined {
  const { dialplan, context, destinationNumber } = target;
  if (dialplan.toLowerCase() === 'inline') return inlinePlan(destinationNumber);
  return parts.plan.hunt(context, huntCall(parts, channel, target))?.actions;
}

function huntCall(parts: HuntParts, channel: Channel, target: HuntTarget): HuntCall {
  const { variables } = channel;
  const targeted: Readonly<Record<string, string>> = {
    destination_number: target.destinationNumber,
    context: target.context,
    dialplan: target.dialplan,
  };
  return {
    profileField: (name) => targeted[name] ?? profileField(channel, name),
    variable: (name, index) => (index === undefined ? variables.get(name) : variables.at(name, index)),
    setVariable: (name, values) => variables.set(name, values?.length === 1 ? values[0] : values),
    api: (command, args) => parts.api(command, args, channel) ?? '',
    runInline: (application, data) => {
      void parts.core().execute(channel, application, data);
    },
    now: new Date(parts.core().clock.now()),
  };
}

/** "app:data,app:data"; `m:^:` in front chooses another delimiter (mod_dptools, inline_dialplan_hunt). */
export function inlinePlan(text: string): readonly PlannedApplication[] | undefined {
  const own = /^m:(.):(.*)$/s.exec(text);
  const steps = (own?.[2] ?? text).split(own?.[1] ?? ',').filter((step) => step.trim() !== '');
  if (steps.length === 0) return undefined;
  return steps.map((step) => {
    const [, application = '', data = ''] = /^\s*([^:]+):?(.*)$/s.exec(step) ?? [];
    return { application: application.trim(), data };
  });
}
