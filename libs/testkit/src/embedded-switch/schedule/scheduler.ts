import type { ReplayClock } from '../../replay-switch/clock';

interface Task {
  readonly id: number;
  /** Whose it is: a channel's uuid. */
  readonly group: string;
  readonly callOff: () => void;
}

/** Things to be done later: sched_hangup, sched_transfer, sched_api (switch_scheduler). */
export class Scheduler {
  readonly #tasks = new Map<number, Task>();
  #lastId = 0;

  constructor(private readonly clock: ReplayClock) {}

  /**
   * @param when "+seconds", or an epoch second
   * @returns the number of the task, for `cancel`
   */
  at(when: string, group: string, run: () => void): number {
    this.#lastId += 1;
    const id = this.#lastId;
    const callOff = this.clock.after(this.#msUntil(when), () => {
      this.#tasks.delete(id);
      run();
    });
    this.#tasks.set(id, { id, group, callOff });
    return id;
  }

  /** Calls off one task by its number, or all of a group. @returns how many */
  cancel(which: string): number {
    const meant = [...this.#tasks.values()].filter(
      ({ id, group }) => String(id) === which || group === which,
    );
    for (const { id, callOff } of meant) {
      callOff();
      this.#tasks.delete(id);
    }
    return meant.length;
  }

  stop(): void {
    this.#tasks.forEach(({ callOff }) => callOff());
    this.#tasks.clear();
  }

  /** The scheduler of FreeSWITCH looks once a second, and counts in whole ones. */
  #msUntil(when: string): number {
    const now = this.clock.now();
    const seconds = Number.parseInt(when.replace('+', ''), 10) || 0;
    const due = when.startsWith('+') ? Math.floor(now / 1000) + seconds : seconds;
    return Math.max(0, due * 1000 - now);
  }
}
