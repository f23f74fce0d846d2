import { Gather } from './gather';

describe('questions that are asked together', () => {
  /** Answers a question with its double; groups wait for the test to let them go. */
  function doubling({ bad = [] as number[], most = 100 } = {}) {
    const groups: (readonly number[])[] = [];
    const gates: (() => void)[] = [];
    const gather = new Gather<number, number>(async (questions) => {
      groups.push(questions);
      await new Promise<void>((resolve) => gates.push(resolve));
      if (questions.some((question) => bad.includes(question))) throw new Error(`bad: ${questions.join()}`);
      return questions.map((question) => question * 2);
    }, most);
    const letGo = async () => {
      while (gates.length === 0) await new Promise(setImmediate);
      gates.shift()?.();
    };
    return { groups, gather, letGo };
  }

  it('are those of the same moment, and those that come while others are on their way', async () => {
    const { groups, gather, letGo } = doubling();
    const first = [1, 2].map((question) => gather.ask(question));
    await letGo();
    const later = [3, 4, 5].map((question) => gather.ask(question));
    expect(await Promise.all(first)).toEqual([2, 4]);
    await letGo();
    expect(await Promise.all(later)).toEqual([6, 8, 10]);
    expect(groups).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('do not wait for company', async () => {
    const { groups, gather, letGo } = doubling();
    const only = gather.ask(7);
    await letGo();
    expect([await only, groups]).toEqual([14, [[7]]]);
  });

  it('are no more than told', async () => {
    const { groups, gather, letGo } = doubling({ most: 2 });
    const answers = Promise.all([1, 2, 3].map((question) => gather.ask(question)));
    await letGo();
    await letGo();
    expect([await answers, groups]).toEqual([
      [2, 4, 6],
      [[1, 2], [3]],
    ]);
  });

  it('fail alone: the others of the group get their answers', async () => {
    const { groups, gather, letGo } = doubling({ bad: [2] });
    const answers = Promise.allSettled([1, 2, 3].map((question) => gather.ask(question)));
    for (let group = 0; group < 4; group += 1) await letGo();
    expect(await answers).toMatchObject([{ value: 2 }, { reason: { message: 'bad: 2' } }, { value: 6 }]);
    expect(groups).toEqual([[1, 2, 3], [1], [2], [3]]);
  });
});
