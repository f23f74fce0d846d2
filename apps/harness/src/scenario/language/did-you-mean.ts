import { distance } from 'fastest-levenshtein';

/** More letters than this, and the words have nothing to do with each other. */
const FAR = 0.45;

/** `: did you mean "rings"?`, or the whole list when nothing is near; '' when there is nothing to choose from. */
export function didYouMean(written: string, known: readonly string[]): string {
  const lower = written.toLowerCase();
  const [nearest] = known
    .map((word) => ({
      word,
      share: distance(lower, word.toLowerCase()) / Math.max(lower.length, word.length),
    }))
    .sort((a, b) => a.share - b.share);
  if (!nearest) return '';
  if (nearest.share <= FAR) return `: did you mean "${nearest.word}"?`;
  return `; there is: ${known.join(', ')}`;
}

/** The same for a sentence, of which only the beginning has to be one of the known phrases. */
export function didYouMeanPhrase(written: string, known: readonly string[]): string {
  const words = written.split(/\s+/);
  const beginnings = known.map((phrase) => words.slice(0, phrase.split(' ').length).join(' '));
  const hints = known.map((phrase, index) => didYouMean(beginnings[index] ?? '', [phrase]));
  const near = hints.filter((hint) => hint.startsWith(': did'));
  const nearest = near.sort((a, b) => b.length - a.length)[0];
  return nearest ?? didYouMean(words[0] ?? '', known);
}
