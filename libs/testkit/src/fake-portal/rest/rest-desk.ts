import { FaultQueue } from '../faults/fault-queue';
import type { Fault } from '../faults/faults';
import { tellsTheTruth, withFault } from '../faults/with-fault';
import { decodeParams } from '../http/decode-request';
import { redirectReply } from '../http/wire';
import type { PortalReply, PortalRequest } from '../http/wire';
import type { PortalState } from '../portal-state';
import { methodByName } from './catalogue';
import { PortalDoor } from './portal-door';
import type { DoorParts, RestRoute, Visit } from './portal-door';
import { RequestLog } from './request-log';

/** Takes REST requests: writes them down, lets them meet their fault, and remembers who learnt what. */
export class RestDesk {
  readonly log: RequestLog;
  readonly faults = new FaultQueue<Fault>(({ method }) => method);
  readonly #state: PortalState;
  readonly #door: PortalDoor;

  constructor(parts: Omit<DoorParts, 'log' | 'faults'>) {
    this.#state = parts.state;
    this.log = new RequestLog(parts.state.clock);
    this.#door = new PortalDoor({ ...parts, log: this.log, faults: this.faults });
  }

  /** @throws ConnectionDropped if the client is to get no answer */
  async handle(route: RestRoute, request: PortalRequest, url: URL): Promise<PortalReply> {
    const { clock, identity } = this.#state;
    const params = decodeParams(request, url);
    const method = route.kind === 'upload' ? 'upload' : (methodByName(route.method) ?? route.method);
    const startedAt = clock.now();
    if (identity.formerOrigins.has(url.origin)) {
      const moved = this.log.add({ at: startedAt, method, params, fault: 'renamed', source: request.source });
      const reply = redirectReply(`${identity.origin}${url.pathname}${url.search}`);
      this.log.answered(moved, reply, true);
      return reply;
    }
    const fault = this.faults.take(method);
    const entry = this.log.add({ at: startedAt, method, params, fault: fault?.kind, source: request.source });
    const visit: Visit = { route, request, params, fault, entry, startedAt, commands: [] };
    const reply = await withFault(fault, clock, () => this.#door.answer(visit));
    this.log.answered(entry, reply, tellsTheTruth(fault), visit.commands);
    return reply;
  }
}
