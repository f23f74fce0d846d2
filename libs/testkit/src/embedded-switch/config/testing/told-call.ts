import { expand } from '../dialplan/expand';
import { scopeOf, type HuntCall } from '../dialplan/judge';
import type { SwitchConfig } from '../switch-config';

/** A call for a hunt: what it brings along, and what the hunt did to it. */
export class ToldCall implements HuntCall {
  readonly variables: Map<string, string | readonly string[]>;
  /** Inline actions, expanded. */
  readonly inline: string[] = [];

  constructor(
    private readonly config: SwitchConfig,
    private readonly told: {
      readonly destination?: string;
      readonly variables?: Readonly<Record<string, string>>;
      readonly at?: Date;
    },
  ) {
    this.variables = new Map(Object.entries(told.variables ?? {}));
  }

  get now(): Date {
    return this.told.at ?? new Date('2026-11-24T12:00:00');
  }

  profileField(name: string): string | undefined {
    if (name === 'caller_id_name') return this.told.variables?.origination_caller_id_name;
    return name === 'destination_number' ? this.told.destination : undefined;
  }

  variable(name: string): string | undefined {
    const value = this.variables.get(name);
    return typeof value === 'string' ? value : value?.[0];
  }

  setVariable(name: string, values: readonly string[] | undefined): void {
    if (values) this.variables.set(name, values);
    else this.variables.delete(name);
  }

  api(command: string, args: string): string {
    return `<${command} ${args}>`;
  }

  runInline(application: string, data: string): void {
    const text = expand(data, scopeOf(this.config, this));
    this.inline.push(`${application} ${text}`);
    const [name = '', value = ''] = text.split('=');
    if (application === 'set') this.variables.set(name, value);
  }
}
