import { randomUUID } from 'node:crypto';
import type { EventRecord } from '../../captured-calls/captured-event';
import { EslServer } from '../../replay-switch/socket/esl-server';
import type { SwitchDoor } from '../../replay-switch/socket/esl-session';
import type { CommandWatcher, Drop } from '../../replay-switch/socket/listener';
import { backgroundJob, foreignEvent } from '../../replay-switch/state/own-events';
import type { ApiDesk } from '../api';
import type { EventListener, SwitchCore } from '../core';
import type { SwitchPlan } from '../dialplan-port';
import { directoryLogins } from './directory-logins';
import { EventOutlet } from './event-outlet';
import { sendMessage } from './send-message';

/** What the event socket needs from the life of the switch it belongs to. */
export interface EventSocketParts {
  readonly core: SwitchCore;
  readonly plan: SwitchPlan;
  readonly desk: ApiDesk;
  /** Gets every command of every client, before it is answered. */
  watch(connection: number): CommandWatcher;
  /** Resolves when the switch is not frozen. */
  thawed(): Promise<void>;
}

/** mod_event_socket: clients, their events, and their commands. */
export class EventSocket implements EventListener {
  readonly server: EslServer;
  readonly outlet: EventOutlet;
  readonly door: SwitchDoor;

  constructor(private readonly parts: EventSocketParts) {
    const { plan, core } = parts;
    this.door = this.#door();
    this.server = new EslServer(plan.eventSocket.listenIp, this.door, (connection) =>
      parts.watch(connection),
    );
    this.outlet = new EventOutlet((event) => this.server.broadcast(event), core.clock);
    core.events.listen(this);
  }

  hears(name: string, subclass?: string): boolean {
    return this.server.anyoneHears(name, subclass);
  }

  happened(record: EventRecord, doubledKeys: readonly string[]): void {
    this.outlet.put(record, doubledKeys);
  }

  /** Ends all connections and gives the port back. */
  async close(how: Drop): Promise<void> {
    this.outlet.stop();
    await this.server.close(how);
  }

  /** Runs a command in the background; its output comes as BACKGROUND_JOB. */
  startJob(command: string, args: string, jobUuid: string | undefined, owner?: string): string {
    const uuid = jobUuid ?? randomUUID();
    // a turn later, so that the reply with the Job-UUID leaves first
    setImmediate(() => void this.#runJob(command, args, uuid, owner));
    return uuid;
  }

  async #runJob(command: string, args: string, uuid: string, owner: string | undefined): Promise<void> {
    const { core, desk, thawed } = this.parts;
    await thawed();
    const output = await desk.call(command, args);
    const job = backgroundJob(core.identity, core.clock.now(), { uuid, command, args, output });
    core.events.fireMade(owner === undefined ? job : { ...job, 'Job-Owner-UUID': owner });
  }

  #door(): SwitchDoor {
    const { core, plan, desk, thawed } = this.parts;
    return {
      logins: directoryLogins(plan),
      api: async (command, args) => {
        await thawed();
        return desk.call(command, args);
      },
      bgapi: (command, args, wanted) => this.startJob(command, args, wanted),
      sendEvent: (headers) => {
        const uuid = randomUUID();
        const event = { ...headers, 'Event-UUID': uuid };
        core.events.fireMade(foreignEvent(core.identity, core.clock.now(), event));
        return uuid;
      },
      hasChannel: (uuid) => core.locate(uuid) !== undefined,
      admits: (address) => this.#admits(address),
      sendMessage: (uuid, command) => {
        const channel = core.locate(uuid);
        return channel ? sendMessage(channel, command) : `-ERR invalid session id [${uuid}]`;
      },
    };
  }

  /** Of several lists all have to allow the address. */
  #admits(address: string): boolean {
    const { acls, eventSocket } = this.parts.plan;
    const ip = address.replace(/^::ffff:/, '');
    return eventSocket.acls.every((name) => acls.get(name)?.allows(ip) ?? isLoopback(name, ip));
  }
}

/** Lists that every FreeSWITCH has: `loopback.auto`, `localnet.auto` ... */
function isLoopback(list: string, ip: string): boolean {
  if (list === 'any_v4.auto' || list === 'any_v6.auto') return true;
  return /^(loopback|localnet|wan_v4)\.auto$/.test(list) && (ip === '::1' || ip.startsWith('127.'));
}
