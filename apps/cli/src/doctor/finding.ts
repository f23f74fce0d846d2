/** How it is: as it should be; worth a look; broken. */
export type Level = 'green' | 'yellow' | 'red';

/** One line of what the doctor says. */
export interface Finding {
  /** What was looked at, a word that stays: `portal.events`. */
  readonly check: string;
  readonly level: Level;
  /** A portal's domain, a switch's id, an application; undefined: the connector itself. */
  readonly about?: string;
  readonly text: string;
  /** What to do about it; of what is not green. */
  readonly cure?: string;
}

export function green(check: string, text: string): Finding {
  return { check, level: 'green', text };
}

export function yellow(check: string, text: string, cure: string): Finding {
  return { check, level: 'yellow', text, cure };
}

export function red(check: string, text: string, cure: string): Finding {
  return { check, level: 'red', text, cure };
}

/** The worst of several; of nothing green. */
export function worst(findings: readonly Finding[]): Level {
  const levels = findings.map(({ level }) => level);
  if (levels.includes('red')) return 'red';
  return levels.includes('yellow') ? 'yellow' : 'green';
}
