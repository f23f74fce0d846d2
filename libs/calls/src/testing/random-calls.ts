import { movesOf } from './random-moves';
import { RandomSwitch } from './random-switch';
import type { Story } from './story';

/**
 * A random story: each number chooses one of the things that may happen next. In the end everybody has put down. The
 * same numbers give the same story, so a failure can be shrunk to the shortest call that shows it.
 */
export function randomCalls(dice: readonly number[]): Story {
  const fs = new RandomSwitch();
  for (const die of dice) {
    const moves = movesOf(fs);
    moves[die % moves.length]?.(Math.floor(die / moves.length));
    fs.story.wait((die % 7) / 3);
  }
  for (const phone of fs.alive()) fs.end(phone, 'NORMAL_CLEARING', { endedBy: 'switch' });
  return fs.story;
}
