interface Asked<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks together what many want to know at the same time. One request is on its way at a time, and whoever asks meanwhile
 * is served by the next: alone when little is going on, so that nobody waits for company, and in ever larger groups the
 * more there is to do. A group that fails is asked one by one, so that one bad question does not cost the others.
 */
export class Gather<Question, Answer> {
  #asked: Asked<Question, Answer>[] = [];
  #isAsking = false;

  /**
   * @param answer all questions, in their order
   * @param most questions in one group
   */
  constructor(
    private readonly answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly most = 100,
  ) {}

  /** Throws what `answer` throws for this question. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ question, resolve, reject });
      if (!this.#isAsking) void this.#askOnAndOn();
    });
  }

  async #askOnAndOn(): Promise<void> {
    this.#isAsking = true;
    // What is asked in the same moment goes together already the first time.
    await Promise.resolve();
    while (this.#asked.length > 0) await this.#serve(this.#asked.splice(0, this.most));
    this.#isAsking = false;
  }

  async #serve(group: readonly Asked<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.answer(group.map(({ question }) => question));
      // Whoever answers gives one for each question.
      group.forEach(({ resolve }, index) => resolve(answers[index] as Answer));
    } catch (error) {
      const [first, ...others] = group;
      if (others.length === 0) first?.reject(error);
      else for (const one of group) await this.#serve([one]);
    }
  }
}
