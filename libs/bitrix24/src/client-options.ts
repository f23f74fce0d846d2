import type { AddressCheck } from './address-guard';
import type { PortalExchange } from './portal-exchange';

/** What the clients of this library are made with. */
export interface ClientOptions {
  readonly fetch?: typeof fetch;
  /** Name and version of the product; an empty or technical agent can break file downloads. */
  readonly userAgent: string;
  /** Default for every request, ms; covers the check of the address and the answer's body, too. */
  readonly timeoutMs: number;
  /** Called once per request when its end is known. What it throws is ignored: a broken ledger changes no call. */
  readonly onExchange?: (exchange: PortalExchange) => void;
  /**
   * Asked about every address before anything goes there; `AddressGuard.check` in production. Without it every address
   * is called and no renamed portal is followed: for tests only.
   */
  readonly checkAddress?: AddressCheck;
  /** Epoch ms; default is the system clock. */
  readonly now?: () => number;
}
