/** Where the values of `${...}` come from. */
export interface ExpandFrom {
  /** `${name}` */
  variable(name: string): string | undefined;
  /** `${command(arguments)}` */
  api(command: string, args: string): string | undefined;
}

/** How deep expressions may stand in one another: a variable that names itself must come to an end. */
const DEEPEST = 20;

/**
 * Replaces `${name}`, `${name:offset:length}` and `${command(arguments)}`, also inside one another
 * (switch_channel_expand_variables). `\$` is a dollar sign. What has no value becomes ''.
 */
export function expand(text: string, from: ExpandFrom, depth = 0): string {
  if (depth > DEEPEST || !text.includes('$')) return text;
  let result = '';
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('${', at);
    if (open < 0) return result + text.slice(at);
    if (text[open - 1] === '\\') {
      result += `${text.slice(at, open - 1)}\${`;
      at = open + 2;
      continue;
    }
    const close = closingBrace(text, open + 2);
    if (close < 0) return result + text.slice(at);
    const inner = expand(text.slice(open + 2, close), from, depth + 1);
    result += text.slice(at, open) + valueOf(inner, from);
    at = close + 1;
  }
  return result;
}

function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

function valueOf(inner: string, from: ExpandFrom): string {
  const call = /^([\w.-]+)\((.*)\)$/s.exec(inner);
  if (call) return from.api(call[1] ?? '', call[2] ?? '') ?? '';
  const [, name = '', offset, length] = /^(.*?)(?::(-?\d{1,6})(?::(\d{1,6}))?)?$/s.exec(inner) ?? [];
  const value = from.variable(name) ?? '';
  if (offset === undefined) return value;
  const start = Number(offset) < 0 ? Math.max(0, value.length + Number(offset)) : Number(offset);
  return length === undefined ? value.slice(start) : value.slice(start, start + Number(length));
}
