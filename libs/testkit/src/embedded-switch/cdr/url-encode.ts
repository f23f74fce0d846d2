const UNSAFE = new Set('\r\n #%&+:;<=>?@[\\]^`{|}"');

/** As switch_url_encode: bytes of UTF-8, capitals, and what looks encoded already stays as it is. */
export function urlEncode(text: string): string {
  return text.replace(/%[0-9A-F]{2}|./gsu, (found) =>
    /^%[0-9A-F]{2}$/.test(found) || isSafe(found) ? found : encoded(found),
  );
}

function isSafe(character: string): boolean {
  return character >= ' ' && character <= '~' && !UNSAFE.has(character);
}

function encoded(character: string): string {
  return Array.from(Buffer.from(character), (byte) => {
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
