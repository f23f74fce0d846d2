import type { SwitchConfig } from '../switch-config';
import { judge, type HuntCall, type Verdict } from './judge';
import type { DialplanAction, DialplanCondition, DialplanContext, DialplanExtension } from './plan';
import { substituteCaptures } from './substitute';

/** What the dialplan wants done with a call. */
export interface Hunted {
  /** The first extension that gave an action. */
  readonly extension: string;
  /** In order. Captures (`$1`) are in the data, variables (`${name}`) are still to be expanded when the action runs. */
  readonly actions: readonly HuntedAction[];
}

export interface HuntedAction {
  readonly application: string;
  readonly data: string;
  /** The extension it comes from. */
  readonly extension: string;
}

/** mod_dialplan_xml gives up at this depth of conditions inside conditions. */
const DEEPEST = 100;

/**
 * Looks for what to do with a call, as mod_dialplan_xml does (`dialplan_hunt`, `parse_exten`): extensions from the top, the
 * first that fits and does not `continue` ends the hunt. Actions of an extension that turns out not to fit after all stay.
 *
 * @returns undefined when nothing fits: the switch then hangs up with NO_ROUTE_DESTINATION. A plan without actions means
 * NORMAL_CLEARING.
 */
export function hunt(config: SwitchConfig, context: string, call: HuntCall): Hunted | undefined {
  const plan = config.contexts.get(context) ?? config.contexts.get('global');
  return plan && new Hunt(config, call).through(plan);
}

class Hunt {
  #extension: string | undefined;
  readonly #actions: HuntedAction[] = [];

  constructor(
    private readonly config: SwitchConfig,
    private readonly call: HuntCall,
  ) {}

  through({ extensions }: DialplanContext): Hunted | undefined {
    for (const extension of extensions) {
      if (this.#fits(extension, extension.conditions, 0) && !extension.goesOn) break;
    }
    return this.#extension === undefined ? undefined : { extension: this.#extension, actions: this.#actions };
  }

  /** The verdict on the last condition that was looked at. */
  #fits(extension: DialplanExtension, conditions: readonly DialplanCondition[], depth: number): boolean {
    if (depth > DEEPEST) return false;
    let fits = false;
    for (const condition of conditions) {
      const verdict = judge(condition.test, this.config, this.call, fits);
      fits = this.#act(extension, condition, verdict) || verdict.fits;
      if (breaksAfter(condition, verdict.passes)) break;
      if (!fits || condition.inner.length === 0) continue;
      const innerFits = this.#fits(extension, condition.inner, depth + 1);
      fits = innerFits || !condition.innerDecide;
      if (!fits && condition.breaks !== 'never') break;
    }
    return fits;
  }

  /** Takes up the actions or anti-actions of a condition. True when there were anti-actions: they make the extension fit. */
  #act(extension: DialplanExtension, condition: DialplanCondition, verdict: Verdict): boolean {
    if (!verdict.passes) {
      for (const action of condition.antiActions) this.#take(extension, action, action.data);
      return condition.antiActions.length > 0;
    }
    for (const action of condition.actions) {
      const data = verdict.match ? substituteCaptures(action.data, verdict.match) : action.data;
      this.#take(extension, action, data);
    }
    return false;
  }

  #take(extension: DialplanExtension, { application, inline, times }: DialplanAction, data: string): void {
    this.#extension ??= extension.name;
    for (let time = 0; time < times; time += 1) {
      if (inline) this.call.runInline(application, data);
      else this.#actions.push({ application, data, extension: extension.name });
    }
  }
}

function breaksAfter({ breaks }: DialplanCondition, passes: boolean): boolean {
  switch (breaks) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'on-true':
      return passes;
    case 'on-false':
      return !passes;
  }
}
