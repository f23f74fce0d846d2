import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@app/observability';
import type { AskForChores } from './ask-for-chores';

/** At every start: what portals told while no worker was there is fetched at once, and not at its time. */
export class FetchMissedEvents implements OnApplicationBootstrap {
  constructor(
    private readonly ask: Pick<AskForChores, 'missedEventsOfAll'>,
    private readonly log: Logger,
  ) {}

  /** Never throws: what is due stays due. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.ask.missedEventsOfAll();
    } catch (error) {
      this.log.warn({ err: error }, 'missed events could not be asked for; they are fetched at their time');
    }
  }
}
