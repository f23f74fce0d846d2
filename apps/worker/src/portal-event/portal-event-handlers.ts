import type { OrderClicks } from '../clicks/order-clicks';
import { reading, type EventHandler, type EventHandlers, type EventOutcome } from './event-handlers';

/** What handlers need of others. */
export interface HandlerDeps {
  /** Wishes for the set-up of a portal, and rings for it. */
  readonly setUp: (portalId: string) => Promise<void>;
  /** Has the events fetched that the portal keeps for us. */
  readonly missedEvents: (portalId: string) => Promise<void>;
  /** Has the users read: somebody new is there. */
  readonly newUser: (portalId: string) => Promise<void>;
  readonly clicks: Pick<OrderClicks, 'click' | 'callback'>;
}

/**
 * What the worker does with each event of a portal. Who may come in (ONAPPUPDATE, ONAPPUNINSTALL) was settled by the public
 * door before the event was stored.
 */
export function portalEventHandlers({ setUp, missedEvents, newUser, clicks }: HandlerDeps): EventHandlers {
  const setUpAgain: EventHandler = async ({ portalId }) => {
    await setUp(portalId);
    return { kind: 'handled', note: 'the portal is set up again' };
  };
  return {
    ONAPPTEST: handled,
    // Its own address takes installations; this is what else is told of them.
    ONAPPINSTALL: handled,
    // An update wipes the bindings, whether or not it brought tokens.
    ONAPPUPDATE: setUpAgain,
    // The data is erased by a regular task, if that was wished for.
    ONAPPUNINSTALL: handled,
    ONAPPPAYMENT: setUpAgain,
    ONUSERADD: async ({ portalId }) => {
      await newUser(portalId);
      return { kind: 'handled', note: 'the users are read again' };
    },
    ONOFFLINEEVENT: async ({ portalId }) => {
      await missedEvents(portalId);
      return { kind: 'handled', note: 'what the portal kept is fetched' };
    },
    ONEXTERNALCALLSTART: reading('ONEXTERNALCALLSTART', (data, event) => clicks.click(data, event)),
    ONEXTERNALCALLBACKSTART: reading('ONEXTERNALCALLBACKSTART', (data, event) =>
      clicks.callback(data, event),
    ),
  };
}

function handled(): Promise<EventOutcome> {
  return Promise.resolve({ kind: 'handled' });
}
