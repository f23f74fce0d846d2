/** Small works on raw SIP messages, for a test exchange that does without a SIP library. */

/** A response to a request, without a body. */
export function responseTo(
  request: string,
  statusLine: string,
  { tag = '', headers = [] }: { readonly tag?: string; readonly headers?: readonly string[] } = {},
): string {
  const kept = headerLines(request)
    .filter((line) => /^(via|v|from|f|to|t|call-id|i|cseq)\s*:/i.test(line))
    .map((line) =>
      /^(to|t)\s*:/i.test(line) && !/;\s*tag=/i.test(line) && tag ? `${line};tag=${tag}` : line,
    );
  return [`SIP/2.0 ${statusLine}`, ...kept, ...headers, 'Content-Length: 0', '', ''].join('\r\n');
}

/** @returns the value of the first header of that name */
export function headerOf(message: string, name: string): string | undefined {
  const line = headerLines(message).find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(line.indexOf(':') + 1).trim();
}

/** The message with one more Via on top. */
export function withVia(message: string, via: string): string {
  const at = message.indexOf('\r\n') + 2;
  return `${message.slice(0, at)}Via: ${via}\r\n${message.slice(at)}`;
}

/** The message without its top Via. */
export function withoutTopVia(message: string): string {
  return message.replace(/^(?:via|v)[ \t]*:[^\r\n]*\r\n/im, '');
}

function headerLines(message: string): string[] {
  return (message.split('\r\n\r\n', 1)[0] ?? '').split('\r\n').slice(1);
}
