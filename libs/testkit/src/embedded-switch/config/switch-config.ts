import type { CallcenterSettings } from './callcenter/settings';
import type { DirectoryDomain } from './directory';
import type { DialplanContext } from './dialplan/plan';
import type { FifoSettings } from './fifo-settings';
import type { CoreSettings, EventSocketSettings, JsonCdrSettings } from './module-settings';
import type { NetworkList } from './network-list';
import type { Params } from './params';
import type { SipGateway, SipProfile } from './sip-profiles';

/** A switch's configuration, read. */
export interface SwitchConfig {
  /** Every file that was read, relative to the folder. */
  readonly files: readonly string[];
  /** Global variables after everything was read; what `${name}` falls back to. */
  readonly globals: ReadonlyMap<string, string>;
  readonly contexts: ReadonlyMap<string, DialplanContext>;
  readonly domains: ReadonlyMap<string, DirectoryDomain>;
  readonly profiles: readonly SipProfile[];
  readonly gateways: readonly SipGateway[];
  readonly acls: ReadonlyMap<string, NetworkList>;
  /** In the order in which they are loaded: `mod_sofia`. */
  readonly modules: readonly string[];
  readonly core: CoreSettings;
  readonly eventSocket: EventSocketSettings;
  /** Undefined when the module is not loaded. */
  readonly jsonCdr: JsonCdrSettings | undefined;
  /** Undefined when the module is not loaded. */
  readonly callcenter: CallcenterSettings | undefined;
  /** Undefined when the module is not loaded. */
  readonly fifo: FifoSettings | undefined;
  /** The settings of any other configuration, by its name (`conference.conf`); empty when there is none. */
  settingsOf(configuration: string): Params;
}
