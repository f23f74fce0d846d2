/** So much is listened to before somebody is called. */
const LONGEST_SPEECH = 300;

/**
 * What can be spoken of a visitor's or a portal's text: letters, digits and the marks of a sentence. It goes through the
 * dialplan, where `$`, braces, quotes and bars have a meaning.
 */
export function speakable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} .,!?:-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, LONGEST_SPEECH);
}
