import type { PortalEventName } from '@app/bitrix24/contract';

/** An event that an application has bound. */
export interface Binding {
  readonly event: string;
  /** '' for one that the portal keeps until it is fetched. */
  readonly handler: string;
  readonly offline: boolean;
}

interface WantedEvent {
  readonly event: PortalEventName;
  readonly offline?: true;
  /** What does not work without it; undefined: nothing that anybody would miss. */
  readonly without?: string;
}

const CLICKS = 'clicks on numbers do not reach the connector';
const CALLBACKS = 'callback forms do not reach the connector';

/**
 * What the connector wants to hear. Clicks and callbacks are kept by the portal, too: a callback that comes while we are
 * down is a client who is lost, and a click that nobody answered leaves a card open. ONAPPINSTALL comes to an address of
 * its own.
 */
const WANTED: readonly WantedEvent[] = [
  { event: 'ONEXTERNALCALLSTART', without: CLICKS },
  { event: 'ONEXTERNALCALLBACKSTART', without: CALLBACKS },
  { event: 'ONEXTERNALCALLSTART', offline: true },
  { event: 'ONEXTERNALCALLBACKSTART', offline: true },
  { event: 'ONOFFLINEEVENT' },
  { event: 'ONAPPUPDATE' },
  { event: 'ONAPPUNINSTALL' },
  { event: 'ONAPPPAYMENT' },
  { event: 'ONAPPTEST' },
  { event: 'ONUSERADD' },
];

/** What has to be done so that what is bound is what is wanted. */
export interface BindingChanges {
  readonly bind: readonly Binding[];
  readonly unbind: readonly Binding[];
  /** Events that the portal does not offer, with what does not work without them. */
  readonly missing: readonly { readonly event: string; readonly without: string }[];
}

/** An address of a connector's public door, of whatever host and key. */
const OURS = /^\/bitrix24\/[^/]+\/events$/;

/**
 * Compares what is bound with what is wanted. Addresses that were ours before (another PUBLIC_URL, another key) are
 * unbound; those of others are left alone.
 *
 * @param offered what the portal can tell of; undefined: it did not say
 * @param handler our address for events
 */
export function bindingChanges(
  bound: readonly Binding[],
  offered: ReadonlySet<string> | undefined,
  handler: string,
): BindingChanges {
  const isOffered = ({ event }: WantedEvent): boolean => offered?.has(event) ?? true;
  const bind = WANTED.filter(isOffered)
    .map(({ event, offline = false }) => ({ event, offline, handler: offline ? '' : handler }))
    .filter((wanted) => !bound.some((binding) => isSame(binding, wanted)));
  return {
    bind,
    unbind: bound.filter((binding) => !binding.offline && binding.handler !== handler && isOurs(binding)),
    missing: WANTED.filter((wanted) => !isOffered(wanted)).flatMap(({ event, without }) =>
      without === undefined ? [] : [{ event, without }],
    ),
  };
}

function isSame(one: Binding, other: Binding): boolean {
  return (
    one.event === other.event &&
    one.offline === other.offline &&
    (one.offline || one.handler === other.handler)
  );
}

function isOurs({ handler }: Binding): boolean {
  return URL.canParse(handler) && OURS.test(new URL(handler).pathname);
}
