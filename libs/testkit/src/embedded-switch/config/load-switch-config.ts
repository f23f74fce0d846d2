import { callcenterSettings } from './callcenter/read-settings';
import { readDialplan } from './dialplan/read-dialplan';
import { readDirectory } from './directory';
import type { Env } from './env';
import { fifoSettings } from './fifo-settings';
import { GlobalVariables } from './global-variables';
import { coreSettings, eventSocketSettings, jsonCdrSettings } from './module-settings';
import { readNetworkLists } from './network-list';
import { paramsIn, type Params } from './params';
import { parseXml } from './parse-xml';
import { preProcess } from './pre-process';
import { readSipStack } from './sip-profiles';
import type { SwitchConfig } from './switch-config';
import { SwitchConfigError } from './switch-config-error';
import { childOf, childrenOf, expectOnly, required, type XmlElement } from './xml-element';

const ENTRY = 'freeswitch.xml';
const SECTIONS = ['configuration', 'dialplan', 'directory'] as const;

/** What a switch knows about itself before it reads anything (switch_core.c); a start on one machine. */
const CORE_VARIABLES: Readonly<Record<string, string>> = {
  local_ip_v4: '127.0.0.1',
  base_dir: '/var/lib/freeswitch',
  log_dir: '/var/log/freeswitch',
  recordings_dir: '/var/lib/freeswitch/recordings',
};

/**
 * Reads the configuration of a switch from `freeswitch.xml` on.
 *
 * @param env the environment that the switch would have been started with
 * @param builtIn what the core of this switch knows: `recordings_dir`, `local_ip_v4` ...
 * @throws SwitchConfigError with file and line, for what FreeSWITCH would refuse, silently ignore, or does differently here
 */
export function loadSwitchConfig(
  confDir: string,
  env: Env,
  builtIn: Readonly<Record<string, string>> = {},
): SwitchConfig {
  const globals = new GlobalVariables({ ...CORE_VARIABLES, ...builtIn });
  const lines = preProcess(confDir, ENTRY, globals, env);
  const document = parseXml(lines);
  expectOnly(document, { children: ['section'], attributes: ['type'] });
  const section = sectionsOf(document);
  const configurations = configurationsIn(section.configuration);
  const settingsOf = (name: string): Params => paramsIn(childOf(configurations.get(name), 'settings'));
  const modules = modulesIn(configurations.get('modules.conf'));
  return {
    files: [...new Set(lines.map(({ file }) => file))],
    globals: globals.toMap(),
    contexts: readDialplan(section.dialplan),
    domains: readDirectory(section.directory),
    ...readSipStack(configurations.get('sofia.conf')),
    acls: readNetworkLists(configurations.get('acl.conf')),
    modules,
    core: coreSettings(settingsOf('switch.conf')),
    eventSocket: eventSocketSettings(settingsOf('event_socket.conf')),
    jsonCdr: modules.includes('mod_json_cdr') ? jsonCdrSettings(settingsOf('json_cdr.conf')) : undefined,
    callcenter: modules.includes('mod_callcenter')
      ? callcenterSettings(configurations.get('callcenter.conf'))
      : undefined,
    fifo: modules.includes('mod_fifo') ? fifoSettings(configurations.get('fifo.conf')) : undefined,
    settingsOf,
  };
}

function sectionsOf(document: XmlElement): Partial<Record<(typeof SECTIONS)[number], XmlElement>> {
  return Object.fromEntries(
    childrenOf(document, 'section').map((element) => {
      const name = SECTIONS.find((known) => known === required(element, 'name'));
      if (!name) throw new SwitchConfigError(`the section ${required(element, 'name')} is unknown`, element);
      return [name, element];
    }),
  );
}

function configurationsIn(section: XmlElement | undefined): ReadonlyMap<string, XmlElement> {
  if (section) expectOnly(section, { children: ['configuration'], attributes: ['name', 'description'] });
  return new Map(childrenOf(section, 'configuration').map((element) => [required(element, 'name'), element]));
}

function modulesIn(configuration: XmlElement | undefined): string[] {
  const list = childOf(configuration, 'modules');
  if (list) expectOnly(list, { children: ['load'] });
  return childrenOf(list, 'load').map((load) => {
    expectOnly(load, { attributes: ['module'] });
    return required(load, 'module');
  });
}
