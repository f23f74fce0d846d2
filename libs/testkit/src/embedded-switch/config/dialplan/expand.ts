/** Where variables and API commands of a text are looked up. */
export interface ExpandScope {
  /** Channel variable, caller profile, global variable: the first that has it. `index` is for `${array[2]}`. */
  lookUp(name: string, index?: number): string | undefined;
  /** `${command(args)}`; throws for a command that there is not. */
  api(command: string, args: string): string;
}

const DEEPEST = 100;

/**
 * Replaces `${variable}`, `${variable:offset:length}`, `${array[index]}` and `${command(args)}`, nested as they may be
 * (switch_channel.c, `switch_channel_expand_variables_check`). What a variable holds is expanded again; what a command
 * says is not. `\$` is a plain dollar, `\\` a plain backslash, and `\'` vanishes, in texts that have a variable or an escape.
 */
export function expand(text: string, scope: ExpandScope, depth = 0): string {
  if (depth > DEEPEST || !(hasVariable(text) || hasEscape(text))) return text;
  let result = '';
  let position = 0;
  while (position < text.length) {
    const escaped = escapeAt(text, position);
    if (escaped) {
      result += escaped.literal;
      position = escaped.next;
      continue;
    }
    const opening = /^\$?\$\{/.exec(text.slice(position, position + 3))?.[0];
    if (opening === undefined) {
      const char = text[position] ?? '';
      // "$$" without a brace is one dollar.
      position += char === '$' && text[position + 1] === '$' ? 2 : 1;
      result += char;
      continue;
    }
    const end = closingBrace(text, position + opening.length);
    result += valueOf(text.slice(position + opening.length, end), scope, depth + 1);
    position = end + 1;
    // As the original does: what follows a variable is taken as it is, unless it begins the next one.
    if (position < text.length && text[position] !== '$') {
      result += text[position] ?? '';
      position += 1;
    }
  }
  return result;
}

/** `$`, then `{`, with nothing but backslashes between (switch_utils.h, `switch_string_var_check_const`). */
function hasVariable(text: string): boolean {
  return /\$\\*\{/.test(text);
}

/** switch_utils.h, `switch_string_has_escaped_data`. */
function hasEscape(text: string): boolean {
  return /\\[\\nst']/.test(text);
}

function escapeAt(text: string, position: number): { literal: string; next: number } | undefined {
  if (text[position] !== '\\') return undefined;
  const next = text[position + 1];
  if (next === '$') return { literal: '$', next: position + (text[position + 2] === '$' ? 3 : 2) };
  if (next === "'") return { literal: '', next: position + 2 };
  if (next === '\\') return { literal: '\\', next: position + 2 };
  return undefined;
}

function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let position = from; position < text.length; position += 1) {
    if (text[position] === '{' && position !== from) open += 1;
    if (text[position] === '}') open -= 1;
    if (open === 0) return position;
  }
  return text.length;
}

function valueOf(inside: string, scope: ExpandScope, depth: number): string {
  const call = /[ (]/.exec(inside);
  if (!call) return variableValue(expand(inside, scope, depth), scope, depth);
  const command = inside.slice(0, call.index).trimEnd();
  const args = call[0] === '(' ? upToParenthesis(inside.slice(call.index + 1)) : inside.slice(call.index + 1);
  return scope.api(expand(command, scope, depth), expand(args, scope, depth));
}

function upToParenthesis(text: string): string {
  let open = 1;
  for (let position = 0; position < text.length; position += 1) {
    if (text[position] === '(') open += 1;
    if (text[position] === ')') open -= 1;
    if (open === 0) return text.slice(0, position);
  }
  return text;
}

function variableValue(reference: string, scope: ExpandScope, depth: number): string {
  const [nameAndIndex = '', offset = '', length = ''] = reference.split(':');
  const [, name = nameAndIndex, index] = /^([^[]*)\[([^\]]*)\]/.exec(nameAndIndex) ?? [];
  const found = scope.lookUp(name, index === undefined ? undefined : whole(index));
  if (found === undefined) return '';
  const value = expand(found, scope, depth);
  const from = whole(offset);
  const start = from < 0 && -from > value.length ? 0 : from;
  const rest = value.slice(start);
  const kept = whole(length);
  return kept > 0 ? rest.slice(0, kept) : rest;
}

/** As atoi: the digits at the beginning, 0 without any. */
function whole(text: string): number {
  const number = Number.parseInt(text, 10);
  return Number.isNaN(number) ? 0 : number;
}
