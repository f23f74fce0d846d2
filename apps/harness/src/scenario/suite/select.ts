import type { TargetKind } from '../../world/target-switch';
import type { FoundScenario } from './read-folder';

export interface Selection {
  /** In file, title or tags; any case. */
  readonly grep?: RegExp;
  /** One of them is enough. */
  readonly tags: readonly string[];
}

/** The scenarios that are wanted; files that cannot be read are, unless their name excludes them. */
export function selectScenarios(found: readonly FoundScenario[], { grep, tags }: Selection): FoundScenario[] {
  const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
  return found.filter(({ file, scenario }) => {
    const isTagged =
      wanted.size === 0 || (scenario?.tags.some((tag) => wanted.has(tag.toLowerCase())) ?? true);
    const text = [file, scenario?.title ?? '', ...(scenario?.tags ?? [])].join('\n');
    return isTagged && (grep?.test(text) ?? true);
  });
}

/** Why a scenario cannot be played on such a switch; undefined when it can. */
export function whySkipped({ scenario }: FoundScenario, target: TargetKind): string | undefined {
  if (scenario?.only === undefined || scenario.only === target) return undefined;
  return `only on the ${scenario.only === 'embedded' ? 'embedded switch' : 'real FreeSWITCH'}: ${scenario.onlyBecause ?? ''}`;
}
