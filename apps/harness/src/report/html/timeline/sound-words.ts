import type { ExpectedSound } from '../../evidence';
import { actorHeading } from '../../ladder/ladder';
import type { ActorRecord } from '../../run-record';
import { visibleText } from '../../text/visible-text';

/** "Anna (750 Hz)", "ringing tone (425 Hz)", "silence", "nothing". */
export function expectedText(expected: ExpectedSound, actors: readonly ActorRecord[]): string {
  switch (expected.kind) {
    case 'actor':
      return `${nameIn(actors, expected.actor)} (${expected.hz.join(' + ')} Hz)`;
    case 'tone':
      return visibleText(`${expected.name} (${expected.hz.join(' + ')} Hz)`);
    case 'silence':
      return 'silence';
    case 'nothing':
      return 'nothing';
  }
}

/** How an actor is called; his id when the scenario does not know him. */
export function nameIn(actors: readonly ActorRecord[], id: string): string {
  const actor = actors.find((candidate) => candidate.id === id);
  return actor ? actorHeading(actor) : visibleText(id);
}
