import type { SwitchConfiguration } from '../real-switch/switch-folders';
import type { SwitchUnderTest } from '../real-switch/switch-under-test';

export type TargetKind = 'embedded' | 'freeswitch';

/** The switch of a world. */
export interface TargetSwitch extends SwitchUnderTest {
  readonly kind: TargetKind;
  /** `1.10.12`; of the embedded one what it is. */
  readonly shortVersion: string;
  /** The folder of recordings, as this machine names it. */
  readonly recordingsHere: string;
  /** Where it expects the carrier: calls to the outside go there. */
  readonly trunk: { readonly host: string; readonly port: number };
  /** Where it hands calls over to the gateway; undefined: where it was told to (CONNECTOR_ROUTE_HOSTS). */
  readonly routePort?: number;
  /** Mistakes that the switch itself has told so far. */
  errors(): readonly string[];
}

/** What differs from one switch of a kind to the next. */
export interface TargetOptions extends SwitchConfiguration {
  /** CONNECTOR_* settings. */
  readonly settings: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
