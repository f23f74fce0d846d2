import {
  isPortalEventName,
  portalEvents,
  type EventDataOf,
  type PortalEventName,
} from '@app/bitrix24/contract';
import type { StoredEvent } from '@app/store';

/** What has become of an event. */
export type EventOutcome =
  /** `note`: for people who look at the inbox. */
  | { readonly kind: 'handled'; readonly note?: string }
  /** It is kept until something of ours is there that can handle it. */
  | { readonly kind: 'waiting'; readonly reason: string }
  /** It never can be handled. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Does what an event asks for. Throws to have it tried again. */
export type EventHandler = (event: StoredEvent) => Promise<EventOutcome>;

/** One handler for every event in use: an event that is added to the contract does not compile without one. */
export type EventHandlers = Readonly<Record<PortalEventName, EventHandler>>;

/** A handler that gets the data of its event as the contract describes it; data that is otherwise is never handled. */
export function reading<Name extends PortalEventName>(
  name: Name,
  handle: (data: EventDataOf<Name>, event: StoredEvent) => Promise<EventOutcome>,
): EventHandler {
  return async (event) => {
    const read = portalEvents[name].data.safeParse(event.data);
    if (read.success) return handle(read.data as EventDataOf<Name>, event);
    const fields = read.error.issues.map(({ path }) => path.join('.') || 'data');
    return { kind: 'failed', reason: `it does not say what it should: ${fields.join(', ')}` };
  };
}

/**
 * Gives an event to its handler. What nobody knows is kept in the inbox and done with: a portal sends what a later version
 * of it has learnt.
 */
export async function handleEvent(handlers: EventHandlers, event: StoredEvent): Promise<EventOutcome> {
  const { name } = event;
  if (!isPortalEventName(name)) return { kind: 'handled', note: 'nobody here knows this event' };
  return handlers[name](event);
}
