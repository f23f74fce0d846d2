import { createDataSource, RouteStore } from '@app/store';
import { answersAfter, Phone, PhoneLab, Trunk, type PhoneCall } from '../../apps/harness/src/phones';
import { until } from '../../apps/harness/src/processes/until';
import type { Cast } from '../../apps/harness/src/scenario/language/people';
import { installPortal } from '../../apps/harness/src/world/install-portal';
import { heldCalls, type HeldCall } from '../../apps/harness/src/world/portal-holding';
import { ScenarioPortal } from '../../apps/harness/src/world/scenario-portal';
import { SWITCH_ID, World, type WorldOptions } from '../../apps/harness/src/world/world';

const LINE = '74951234571';
const FIRST_EXTENSION = 1001;
const FIRST_USER = 11;
const FIRST_CALLER = 79_160_000_001;
/** Of the line that the dialplan rings by itself, for comparison. */
export const DIRECT_LINE = '74951234567';

export interface OfficeOptions {
  readonly openSwitch: WorldOptions['openSwitch'];
  readonly agents: number;
  readonly callers: number;
  /** How long an agent lets it ring, ms. */
  readonly ringMs: number;
  /** As docs/routing.md has it, without members. */
  readonly routing: Readonly<Record<string, unknown>>;
  /** How long the portal takes to say who a caller is, ms. */
  readonly searchMs?: number;
}

/** An employee's phone, and what it has lived through. */
export interface AgentPhone {
  readonly extension: string;
  readonly userId: number;
  readonly phone: Phone;
}

/** A company with one routed line: phones, clients outside, a switch, gateway and worker as processes, a portal. */
export class RoutedOffice {
  private constructor(
    readonly world: World,
    readonly portal: ScenarioPortal,
    readonly agents: readonly AgentPhone[],
    private readonly outside: Trunk,
    private readonly options: OfficeOptions,
  ) {}

  static async open(options: OfficeOptions): Promise<RoutedOffice> {
    const world = await World.build({
      // How quick this machine is is not what is tested here.
      settings: {
        switch: { CONNECTOR_ROUTE_SECONDS: '60', CONNECTOR_SESSIONS_PER_SECOND: '500' },
        connector: { ROUTE_COMMAND_TIMEOUT_MS: '30000' },
      },
      openSwitch: options.openSwitch,
    });
    const cast = castOf(options);
    const portal = await ScenarioPortal.open(cast, 'leads');
    await installPortal(world, portal, { cast, settings: { portal: {} } });
    const lab = new PhoneLab();
    const { sip, domain, phonePassword, trunk } = world.target;
    const agents: AgentPhone[] = [];
    for (const { extension = '', userId = 0 } of cast.people) {
      const phone = await Phone.open(lab, {
        number: extension,
        domain,
        password: phonePassword,
        network: { transport: 'tcp', server: { host: sip.host, port: sip.phones } },
        behaviour: answersAfter(options.ringMs),
        // One that is called twice at once shall ring twice: that is what must not happen.
        lines: 10,
      });
      await phone.register();
      agents.push({ extension, userId, phone });
    }
    const outside = await Trunk.open(lab, {
      name: 'trunk',
      listen: trunk,
      transport: 'udp',
      switch: { host: sip.host, port: sip.trunks },
    });
    return new RoutedOffice(world, portal, agents, outside, options);
  }

  /** The client with this index calls. */
  call(index: number, line = LINE): PhoneCall {
    return this.outside.call({ to: line, from: { number: numberOf(index), name: '' } });
  }

  /** Makes a way for the callers of the line to be taken up later, at once. */
  async prepareRoute(routing: unknown): Promise<() => Promise<void>> {
    const dataSource = await createDataSource(this.world.databaseUrl, { poolSize: 1 }).initialize();
    const [portal] = await dataSource.query<{ portal_id: string }[]>('SELECT portal_id FROM portal');
    return async () => {
      const line = { switchId: SWITCH_ID, did: LINE };
      await new RouteStore(dataSource).save(portal?.portal_id ?? '', line, routing);
      await dataSource.destroy();
    };
  }

  /** From now on the portal takes its time to say who somebody is. */
  slowDown(): void {
    const { searchMs } = this.options;
    if (searchMs === undefined) return;
    const method = 'telephony.externalCall.searchCrmEntities';
    this.portal.fake.inject({ kind: 'slow', ms: searchMs, method, times: 10_000 });
  }

  /** Every ring of every agent, with the number that called. */
  get rings(): readonly { readonly agent: AgentPhone; readonly call: PhoneCall }[] {
    return this.agents.flatMap((agent) => agent.phone.calls.map((call) => ({ agent, call })));
  }

  get held(): readonly HeldCall[] {
    return heldCalls(this.portal.fake);
  }

  /** Waits until nobody has anything left to do. */
  async settle(calls: number, withinMs: number): Promise<void> {
    const isSettled = async () =>
      (await this.world.calls.calls()).length >= calls && (await this.world.calls.isSettled());
    await until('everything is filed', isSettled, { withinMs });
  }

  async close(): Promise<void> {
    await Promise.all(this.agents.map(({ phone }) => phone.close()));
    await this.outside.close();
    await this.portal.close();
    await this.world.close();
  }
}

/** The number of a client outside. */
export function numberOf(index: number): string {
  return String(FIRST_CALLER + index);
}

function castOf({ agents, callers, routing }: OfficeOptions): Cast {
  const people = Array.from({ length: agents }, (_, index) => ({
    id: `agent${index}`,
    name: `Agent ${index}`,
    extension: String(FIRST_EXTENSION + index),
    userId: FIRST_USER + index,
    phones: [],
    isThere: true,
  }));
  return {
    people,
    clients: Array.from({ length: callers }, (_, index) => ({
      id: `client${index}`,
      number: numberOf(index),
      name: '',
      whenCalled: 'rings' as const,
    })),
    lines: [
      {
        id: 'routed',
        number: LINE,
        lineNumber: 'line-routed',
        routing: { ...routing, members: people.map(({ extension }) => extension) },
      },
      { id: 'direct', number: DIRECT_LINE, lineNumber: 'line-direct' },
    ],
    defaultPerson: 'agent0',
  };
}
