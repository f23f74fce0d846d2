import { expand } from '../core';
import type { ApiCommand } from './api-desk';
import { OK, usage, type ApiParts } from './api-parts';
import { groupCall } from './group-call';

/** Commands about the switch as a whole: globals, directory, `fsctl`, `reloadxml`. */
export function switchCommands(parts: ApiParts): Record<string, ApiCommand> {
  const { core } = parts;
  const globalVariable = (name: string): string => {
    if (name === 'core_uuid') return core.identity.coreUuid;
    if (name === 'switchname') return core.identity.switchName;
    if (name === 'hostname') return 'vm';
    return core.globalVariable(name) ?? '';
  };
  return {
    global_getvar: (name) => globalVariable(name.trim()),
    global_setvar: (text) => {
      const [name = '', ...value] = text.split('=');
      if (name === '') return usage('<var>=<value> [=<value2>]');
      core.setGlobalVariable(name.trim(), value.join('='));
      return OK;
    },
    expand: (text) => expandGlobals(parts, text),
    user_exists: (args) => {
      const [, id = '', domain = ''] = args.split(' ');
      return String(parts.plan.domains.get(domain)?.users.has(id) ?? false);
    },
    user_data: (args) => userData(parts, args),
    group_call: (args, channel) => groupCall(parts, args, channel),
    bgapi: (line) => {
      const [, command = '', args = ''] = /^(\S*) ?(.*)$/s.exec(line) ?? [];
      return `+OK Job-UUID: ${parts.startJob(command, args)}\n`;
    },
    sched_api: (text) => schedule(parts, text),
    reloadxml: () => '+OK [Success]\n',
    reloadacl: () => '+OK acl reloaded\n',
    fsctl: (args) => fsctl(parts, args),
    shutdown: () => {
      parts.control.shutDown(false);
      return OK;
    },
  };
}

function expandGlobals({ core }: ApiParts, text: string): string {
  return expand(text, {
    variable: (name) => core.globalVariable(name),
    api: () => undefined,
  });
}

/** user_data 1001@domain var|param|attr name */
function userData({ plan }: ApiParts, args: string): string {
  const [address = '', kind = '', name = ''] = args.split(' ');
  const [id = '', domain = ''] = address.split('@');
  const user = plan.domains.get(domain)?.users.get(id);
  if (kind === 'attr') return name === 'id' ? (user?.id ?? '') : '';
  return (kind === 'param' ? user?.params : user?.variables)?.get(name) ?? '';
}

/** sched_api +2 group command; what comes again and again ("@60") is not simulated. */
function schedule({ scheduler, api }: ApiParts, text: string): string {
  const [, when, group = '', command = '', args = ''] = /^(\+?\d+) (\S+) (\S+) ?(.*?)&?$/s.exec(text) ?? [];
  if (when === undefined) return usage('[+@]<time> <group_name> <command_string>[&]');
  return `+OK Added: ${scheduler.at(when, group, () => api(command, args))}\n`;
}

function fsctl({ core, control }: ApiParts, args: string): string {
  const [action = '', ...rest] = args.toLowerCase().split(' ');
  switch (action) {
    case 'pause':
      control.isPaused = true;
      return OK;
    case 'resume':
      control.isPaused = false;
      return OK;
    case 'pause_check':
      return String(control.isPaused);
    case 'ready_check':
      return 'true';
    case 'shutdown_check':
      return 'false';
    case 'hupall':
      for (const channel of core.channels) core.hangUp(channel, 'MANAGER_REQUEST');
      return OK;
    case 'crash':
      control.crash();
      return OK;
    case 'shutdown':
      if (!rest.includes('cancel')) control.shutDown(rest.includes('restart'));
      return OK;
    case 'verbose_events':
      core.isVerbose = rest[0] === 'on';
      return `+OK verbose_events is ${core.isVerbose ? 'on' : 'off'} \n`;
    default:
      return usage(
        '[hupall|pause|resume|shutdown [cancel|restart]|pause_check|ready_check|verbose_events [on|off]]',
      );
  }
}
