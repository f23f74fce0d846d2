import { Journal } from './journal';

interface Note {
  readonly at: number;
  readonly text: string;
}

const note = (text: string): Note => ({ at: performance.timeOrigin + performance.now(), text });
const journalOf = (): Journal<Note> => new Journal<Note>(({ text }) => text);

it('a wait ends with the entry that brings what is awaited', async () => {
  const journal = journalOf();
  const wait = journal.until({ what: 'two notes', look: () => journal.entries[1]?.text });
  journal.add(note('one'));
  journal.add(note('two'));
  expect(await wait).toBe('two');
});

it('a wait for what is there already ends at once', async () => {
  const journal = journalOf();
  journal.add(note('one'));
  expect(await journal.until({ what: 'a note', look: () => journal.entries[0]?.text })).toBe('one');
});

it('a wait in vain says what was expected and what came instead', async () => {
  const journal = journalOf();
  journal.add(note('long before'));
  const wait = journal.until({ what: '1002 rings', look: () => undefined, withinMs: 50 });
  journal.add(note('1002 got 486 Busy Here'));
  await expect(wait).rejects.toThrow(
    /^Expected: 1002 rings\. Did not come: waited 0\.050 s\. Meanwhile: 1002 got 486 Busy Here \(\+0\.\d{3} s\)\.$/,
  );
});

it('a wait that has become hopeless does not last to its end', async () => {
  const journal = journalOf();
  let isOver = false;
  const hopeless = (): string | undefined => (isOver ? 'the call has ended' : undefined);
  const wait = journal.until({ what: 'an answer', look: () => undefined, hopeless, withinMs: 60_000 });
  isOver = true;
  journal.add(note('the end'));
  await expect(wait).rejects.toMatchObject({
    name: 'WaitError',
    expected: 'an answer',
    why: 'the call has ended',
    came: [expect.stringContaining('the end')],
  });
});

it('says so when nothing happened at all', async () => {
  const wait = journalOf().until({ what: 'anything', look: () => undefined, withinMs: 1 });
  await expect(wait).rejects.toThrow(/Meanwhile: nothing happened\.$/);
});
