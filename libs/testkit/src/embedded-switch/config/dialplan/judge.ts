import type { SwitchConfig } from '../switch-config';
import { SwitchConfigError } from '../switch-config-error';
import { expand, type ExpandScope } from './expand';
import { compilePattern } from './pattern';
import type { ConditionTest, FieldTest, RegexTest } from './plan';
import { localTime } from './time-conditions';

/** The call that a dialplan is hunted for. */
export interface HuntCall {
  /** A field of the caller profile, `destination_number`. */
  profileField(name: string): string | undefined;
  /** A channel variable; `index` for an element of an array. */
  variable(name: string, index?: number): string | undefined;
  /** What the hunt leaves on the channel: DP_MATCH, DP_REGEX_MATCH_1 ... (an array when there is more than one value). */
  setVariable(name: string, values: readonly string[] | undefined): void;
  /** An API command inside a text, `${hash(select/realm/key)}`. */
  api(command: string, args: string): string;
  /** An action with inline="true"; variables in the data are still to be expanded. */
  runInline(application: string, data: string): void;
  readonly now: Date;
}

export interface Verdict {
  /** Whether the actions run, not the anti-actions. */
  readonly passes: boolean;
  /** Whether the extension fits so far. Differs from `passes` where the last part of a regex condition decides it alone. */
  readonly fits: boolean;
  /** What `$1` stands for; without one `$1` stays as it is. */
  readonly match?: RegExpExecArray;
}

/**
 * Looks at one condition.
 * @param fitted whether the extension fitted up to here: a regex condition may leave that as it is
 */
export function judge(test: ConditionTest, config: SwitchConfig, call: HuntCall, fitted: boolean): Verdict {
  const scope = scopeOf(config, call);
  if (test.kind === 'regex') return judgeRegexes(test, scope, call, fitted);
  const verdict = judgeOne(test, scope, call);
  if (test.kind === 'field' && verdict.passes && captures(test)) remember(call, 'DP_MATCH', verdict.match);
  return verdict;
}

/** Where texts of a call find their variables: the channel, the caller profile, then the switch. */
export function scopeOf(config: SwitchConfig, call: HuntCall): ExpandScope {
  return {
    lookUp: (name, index) =>
      call.variable(name, index) ?? call.profileField(name.toLowerCase()) ?? config.globals.get(name),
    api: (command, args) => call.api(command, args),
  };
}

/**
 * `any` stops at the first that passes, `all` at the first that does not. What the last one captured counts, and the last one
 * decides whether the extension fits; a time that does not fit leaves that open (mod_dialplan_xml: `proceed`).
 */
function judgeRegexes(
  { rule, tests }: Extract<ConditionTest, { kind: 'regex' }>,
  scope: ExpandScope,
  call: HuntCall,
  fitted: boolean,
): Verdict {
  let passed = 0;
  let failed = 0;
  let fits = fitted;
  let match: RegExpExecArray | undefined;
  for (const [index, test] of tests.entries()) {
    const verdict = judgeOne(test, scope, call);
    if (test.kind === 'field' || verdict.passes) fits = verdict.fits;
    if (verdict.passes) passed += 1;
    else failed += 1;
    match = verdict.match ?? match;
    if (rule === 'any' ? verdict.passes : rule === 'all' && !verdict.passes) break;
    if (verdict.match) remember(call, `DP_REGEX_MATCH_${index + 1}`, verdict.match);
  }
  const passes = rule === 'xor' ? passed === 1 : rule === 'all' ? failed === 0 : passed > 0;
  if (passes) remember(call, 'DP_MATCH', match);
  return { passes, fits: fits || match !== undefined, ...(match && { match }) };
}

function judgeOne(test: RegexTest, scope: ExpandScope, call: HuntCall): Verdict {
  switch (test.kind) {
    case 'always':
      return { passes: true, fits: true };
    case 'time': {
      const time = localTime(call.now, zoneOf(scope));
      const passes = test.checks.every((check) => check(time));
      return { passes, fits: passes };
    }
    case 'field': {
      const match = patternOf(test, scope).exec(valueOf(test, scope, call));
      const passes = match !== null;
      return { passes, fits: passes, ...(match && captures(test) && { match }) };
    }
  }
}

function valueOf({ field }: FieldTest, scope: ExpandScope, call: HuntCall): string {
  if (field.includes('$')) return expand(field, scope);
  return call.profileField(field.toLowerCase()) ?? '';
}

function patternOf(test: FieldTest, scope: ExpandScope): RegExp {
  if (test.pattern) return test.pattern;
  const expression = expand(test.expression, scope);
  try {
    return compilePattern(expression);
  } catch (error) {
    throw new SwitchConfigError(`regular expression ${expression}: ${String(error)}`, test);
  }
}

/** FreeSWITCH looks for captures only behind a parenthesis: without one `$1` is left alone. */
function captures({ expression }: FieldTest): boolean {
  return expression.includes('(');
}

function remember(call: HuntCall, name: string, match: RegExpExecArray | undefined): void {
  if (!match) return;
  call.setVariable(name, undefined);
  call.setVariable(
    name,
    Array.from(match).filter((group): group is string => typeof group === 'string'),
  );
}

/** `tod_tz_offset` (whole hours) wins over the name in `timezone`. */
function zoneOf(scope: ExpandScope): { offsetHours?: number; name?: string } {
  const offset = scope.lookUp('tod_tz_offset');
  if (offset !== undefined && /^-?\d+$/.test(offset)) return { offsetHours: Number(offset) };
  const name = scope.lookUp('timezone');
  return name ? { name } : {};
}
