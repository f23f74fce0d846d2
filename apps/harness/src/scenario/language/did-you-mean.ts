import { distance } from 'fastest-levenshtein';

/** More letters than this, and the words have nothing to do with each other. */
const FAR = 0.45;

/** `: did you mean "rings"?`, or the whole list when nothing is near; '' when there is nothing to choose from. */
export function didYouMean(written: string, known: readonly string[]): string {
  const lower = written.toLowerCase();
  const [nearest] = known
    .map((word) => ({ word, share: distance(lower, word.toLowerCase()) / Math.max(lower.length, word.length) }))
    .sort((a, b) => a.share - b.share);
  if (!nearest) return '';
  if (nearest.share <= FAR) return `: did you mean "${nearest.word}"?`;
  return `; there is: ${known.join(', ')}`;
}
