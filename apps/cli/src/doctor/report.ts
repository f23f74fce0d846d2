import type { Terminal } from '../terminal/terminal';
import { wrapped } from '../terminal/table';
import { worst, type Finding, type Level } from './finding';

const WIDTH = 110;
const INDENT = ' '.repeat(9);

/** What `doctor --json` prints. New fields may be added; those that are there stay as they are. */
export interface DoctorReport {
  readonly version: 1;
  /** ISO 8601. */
  readonly at: string;
  readonly verdict: Level;
  readonly findings: readonly Finding[];
}

export function reportOf(findings: readonly Finding[], now: number): DoctorReport {
  return { version: 1, at: new Date(now).toISOString(), verdict: worst(findings), findings };
}

/** The same for people: what belongs together stands together, the cure below what is wrong. */
export function printReport(terminal: Terminal, { findings, verdict }: DoctorReport): void {
  const abouts = [...new Set(findings.map(({ about }) => about ?? 'connector'))];
  for (const about of abouts) {
    terminal.write(terminal.paint('bold', about));
    for (const finding of findings)
      if ((finding.about ?? 'connector') === about) printFinding(terminal, finding);
  }
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const sum = `${count('green')} green, ${count('yellow')} yellow, ${count('red')} red`;
  terminal.write(`\n${terminal.paint(verdict, sum)}`);
}

function printFinding(terminal: Terminal, { level, text, cure }: Finding): void {
  const [first = '', ...more] = wrapped(text, WIDTH, INDENT);
  terminal.write(`  ${terminal.paint(level, level.padEnd(6))} ${first}`);
  for (const line of more) terminal.write(line);
  if (cure !== undefined && level !== 'green')
    for (const line of wrapped(`-> ${cure}`, WIDTH, `${INDENT}   `))
      terminal.write(line.startsWith('->') ? INDENT + line : line);
}
