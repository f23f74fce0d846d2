import { runningSettings } from '../../real-switch/attach-switch';
import type { WorldSettings } from '../../world/world';
import type { FoundScenario } from './read-folder';

type Env = Readonly<Record<string, string | undefined>>;

/** A switch that runs already keeps the settings that it was started with: what a scenario wants of it, it has or has not. */
export class RunningSwitch {
  /** @param settings CONNECTOR_* settings that scenarios ask for, as the switch has them */
  constructor(private readonly settings: ReadonlyMap<string, string | undefined>) {}

  /**
   * Asks the switch that FREESWITCH_ESL names for every setting that one of these scenarios wants.
   *
   * @throws NoSwitchError when it cannot be asked; it says what to do
   */
  static async ask(env: Env, found: readonly FoundScenario[], signal: AbortSignal): Promise<RunningSwitch> {
    const names = new Set(found.flatMap(({ scenario }) => Object.keys(scenario?.settings.switch ?? {})));
    return new RunningSwitch(await runningSettings(env, [...names], signal));
  }

  /** Why a scenario that wants these settings cannot be played on it; undefined when it can. */
  whyNot({
    switch: wanted,
    configuration,
  }: Pick<WorldSettings, 'switch' | 'configuration'>): string | undefined {
    if (configuration !== undefined)
      return 'it wants a configuration of its own, and the running switch keeps the one that it has';
    const other = Object.entries(wanted).filter(([name, value]) => this.settings.get(name) !== value);
    if (other.length === 0) return undefined;
    const wishes = other.map(
      ([name, value]) => `${name}=${value} (it has ${this.settings.get(name) ?? 'none'})`,
    );
    return `the running switch would have to be started with ${wishes.join(', ')}`;
  }
}
