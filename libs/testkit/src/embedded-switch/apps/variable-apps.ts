import { setProfileField, type Channel } from '../core';
import { separate } from '../originate';
import { assignment, words, type App } from './application-parts';

const UNDEFINED = '_undef_';

/** `set`, `export` and everything else that changes variables. */
export const variableApps: readonly App[] = [
  { name: 'set', isRoutable: true, run: (channel, data) => setOne(channel, data) },
  { name: 'multiset', isRoutable: true, run: (channel, data) => setMany(channel, data) },
  { name: 'unset', isRoutable: true, run: ({ variables }, data) => variables.delete(data.trim()) },
  {
    name: 'multiunset',
    isRoutable: true,
    run: ({ variables }, data) => words(data).forEach((name) => variables.delete(name)),
  },
  { name: 'export', isRoutable: true, run: (channel, data) => exportOne(channel, data, 'export_vars') },
  {
    name: 'bridge_export',
    isRoutable: true,
    run: (channel, data) => exportOne(channel, data, 'bridge_export_vars'),
  },
  {
    name: 'push',
    isRoutable: true,
    run: ({ variables }, data) => {
      const { name, value } = assignment(data) ?? { name: '', value: '' };
      if (name !== '') variables.push(name, value);
    },
  },
  {
    name: 'set_profile_var',
    isRoutable: true,
    run: (channel, data) => {
      const { name, value } = assignment(data) ?? { name: '', value: '' };
      setProfileField(channel, name, value);
    },
  },
];

/** The value is expanded once more, as `set` does; nothing and "_undef_" take the variable away. */
function setOne(channel: Channel, data: string): void {
  const { name, value } = assignment(data) ?? { name: '', value: '' };
  if (name === '') return;
  channel.variables.set(name, value === UNDEFINED ? undefined : channel.core.expand(channel, value));
}

/** `^^;a=1;b=2`, or words. */
function setMany(channel: Channel, data: string): void {
  const own = /^\^\^(.)(.*)$/s.exec(data);
  const all = own ? separate(own[2] ?? '', own[1] ?? ' ') : separate(data, ' ');
  for (const each of all) if (each !== '') setOne(channel, each);
}

/** "nolocal:name=value" is for the other leg alone (switch_channel_export_variable). */
function exportOne(channel: Channel, data: string, list: string): void {
  const { name, value } = assignment(data) ?? { name: '', value: '' };
  if (name === '') return;
  const { variables } = channel;
  const expanded = value === UNDEFINED ? undefined : channel.core.expand(channel, value);
  variables.set(name, expanded);
  const names = variables.get(list)?.split(',') ?? [];
  if (!names.includes(name)) variables.set(list, [...names, name].join(','));
}
