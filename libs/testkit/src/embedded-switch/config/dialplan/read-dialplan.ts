import { isTrue } from '../params';
import { SwitchConfigError } from '../switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from '../xml-element';
import type {
  ConditionTest,
  DialplanAction,
  DialplanCondition,
  DialplanContext,
  DialplanExtension,
  FieldTest,
  RegexTest,
} from './plan';
import { compilePattern, PatternError } from './pattern';
import { PROFILE_FIELDS } from './profile-fields';
import { TIME_ATTRIBUTES, timeCheck } from './time-conditions';

const TESTED = ['field', 'expression', ...TIME_ATTRIBUTES];
const BREAKS = ['on-false', 'on-true', 'always', 'never'] as const;
const RULES = ['all', 'any', 'xor'] as const;

/** Reads the section "dialplan". What mod_dialplan_xml would ignore or leave to chance throws. */
export function readDialplan(section: XmlElement | undefined): ReadonlyMap<string, DialplanContext> {
  if (section) expectOnly(section, { children: ['context'], attributes: ['name', 'description'] });
  const contexts = new Map<string, DialplanContext>();
  for (const element of childrenOf(section, 'context')) {
    expectOnly(element, { children: ['extension'], attributes: ['name'] });
    const { file, line } = element;
    const name = required(element, 'name');
    if (contexts.has(name)) throw new SwitchConfigError(`there are two contexts ${name}`, element);
    contexts.set(name, {
      file,
      line,
      name,
      extensions: childrenOf(element, 'extension').map(readExtension),
    });
  }
  return contexts;
}

function readExtension(element: XmlElement): DialplanExtension {
  expectOnly(element, { children: ['condition'], attributes: ['name', 'continue'] });
  const { file, line } = element;
  return {
    file,
    line,
    name: required(element, 'name'),
    goesOn: isTrue(element.attributes.get('continue')),
    conditions: childrenOf(element, 'condition').map(readCondition),
  };
}

function readCondition(element: XmlElement): DialplanCondition {
  expectOnly(element, {
    children: ['action', 'anti-action', 'condition', 'regex', 'expression'],
    attributes: [...TESTED, 'regex', 'break', 'require-nested'],
  });
  const { file, line } = element;
  const nested = element.attributes.get('require-nested');
  return {
    file,
    line,
    test: readTest(element),
    breaks: oneOf(BREAKS, element, 'break', 'on-false'),
    actions: childrenOf(element, 'action').map(readAction),
    antiActions: childrenOf(element, 'anti-action').map(readAction),
    inner: childrenOf(element, 'condition').map(readCondition),
    innerDecide: nested === undefined || isTrue(nested),
  };
}

function readTest(element: XmlElement): ConditionTest {
  const regexes = childrenOf(element, 'regex');
  if (!element.attributes.has('regex')) {
    if (regexes[0])
      throw new SwitchConfigError('<regex> needs regex="all", "any" or "xor" above', regexes[0]);
    return readRegexTest(element);
  }
  if (TESTED.some((name) => element.attributes.has(name)))
    throw new SwitchConfigError('a condition with regex has no test of its own', element);
  const rule = oneOf(RULES, element, 'regex', 'any');
  const tests = regexes.map((regex) => {
    expectOnly(regex, { children: ['expression'], attributes: TESTED });
    return readRegexTest(regex);
  });
  if (childrenOf(element, 'action').length > 0) refuseCaptures(tests);
  return { kind: 'regex', rule, tests };
}

/** With PCRE2 (FreeSWITCH 1.11) mod_dialplan_xml takes such captures out of memory that it has freed: `$1` is garbage. */
function refuseCaptures(tests: readonly RegexTest[]): void {
  for (const test of tests) {
    if (test.kind === 'field' && test.field.includes('$') && test.expression.includes('('))
      throw new SwitchConfigError(
        'a <regex> cannot capture from a variable: FreeSWITCH 1.11 would hand on garbage. Use (?: ), or a condition',
        test,
      );
  }
}

function readRegexTest(element: XmlElement): RegexTest {
  const times = TIME_ATTRIBUTES.flatMap((name) => {
    const value = element.attributes.get(name);
    return value === undefined ? [] : [{ name, value }];
  });
  if (element.attributes.has('field')) {
    if (times.length > 0)
      throw new SwitchConfigError('time and field in one: FreeSWITCH takes either for enough', element);
    return readField(element);
  }
  if (element.attributes.has('expression') || childOf(element, 'expression'))
    throw new SwitchConfigError('expression without field', element);
  if (times.length === 0) return { kind: 'always' };
  return {
    kind: 'time',
    checks: times.map(({ name, value }) => checkOf(element, () => timeCheck(name, value))),
  };
}

function readField(element: XmlElement): FieldTest {
  const { file, line } = element;
  const field = required(element, 'field');
  if (!field.includes('$') && !PROFILE_FIELDS.has(field.toLowerCase()))
    throw new SwitchConfigError(
      `${field} is no field of the caller profile; \${${field}} is the variable`,
      element,
    );
  const child = childOf(element, 'expression');
  const expression = child ? child.text : required(element, 'expression');
  const pattern = expression.includes('${') ? undefined : checkOf(element, () => compilePattern(expression));
  return { kind: 'field', file, line, field, expression, pattern };
}

/** Runs a reader of an attribute and says where it failed. */
function checkOf<T>(element: XmlElement, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof PatternError ? `regular expression: ${error.message}` : String(error);
    throw new SwitchConfigError(why, element);
  }
}

function readAction(element: XmlElement): DialplanAction {
  expectOnly(element, { attributes: ['application', 'data', 'inline', 'loop'] });
  const { file, line } = element;
  const loop = element.attributes.get('loop') ?? '1';
  if (!/^\d+$/.test(loop)) throw new SwitchConfigError(`loop="${loop}" is no number`, element);
  return {
    file,
    line,
    application: required(element, 'application'),
    data: element.text === '' ? (element.attributes.get('data') ?? '') : element.text,
    inline: isTrue(element.attributes.get('inline')),
    times: Number(loop),
  };
}

function oneOf<T extends string>(
  allowed: readonly T[],
  element: XmlElement,
  attribute: string,
  byDefault: T,
): T {
  const value = element.attributes.get(attribute)?.toLowerCase();
  if (value === undefined) return byDefault;
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new SwitchConfigError(`${attribute}="${value}": one of ${allowed.join(', ')} is wanted`, element);
  return found;
}
