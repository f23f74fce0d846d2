import { commonRefusals } from '@app/bitrix24/contract';
import { canStrikeInsideBatch } from '../faults/faults';
import type { Fault, FaultEffect } from '../faults/faults';
import { tellsTheTruth } from '../faults/with-fault';
import type { FaultQueue } from '../faults/fault-queue';
import { jsonReply } from '../http/wire';
import type { PortalReply, PortalRequest, RawParams } from '../http/wire';
import type { PortalState } from '../portal-state';
import { takeUpload } from '../telephony/upload';
import { checkAccess } from './access';
import type { Access } from './access';
import type { Caller } from './caller';
import { catalogue, methodByName } from './catalogue';
import type { FakeMethod } from './catalogue';
import type { CommandOutcome, MethodAnswer } from './method-call';
import { handlers } from './methods';
import { Refusal } from './refusal';
import type { RequestLog, RequestLogEntry } from './request-log';
import type { Route } from './route';
import { timeBlock } from './time-block';

export interface DoorParts {
  readonly state: PortalState;
  readonly access: Access;
  readonly log: RequestLog;
  readonly faults: FaultQueue<Fault>;
}

export type RestRoute = Extract<Route, { kind: 'method' | 'webhook' | 'upload' }>;

export interface Visit {
  readonly route: RestRoute;
  readonly request: PortalRequest;
  readonly params: RawParams;
  readonly fault: FaultEffect | undefined;
  readonly entry: RequestLogEntry;
  /** Epoch ms. */
  readonly startedAt: number;
  /** What a batch runs is written down here. */
  readonly commands: RequestLogEntry[];
}

/** One execution of a method: a request, or a command of a batch. */
interface Execution {
  readonly visit: Visit;
  readonly caller: Caller;
  readonly params: RawParams;
  readonly fault: FaultEffect | undefined;
}

/** Methods that a batch may not hold. */
const NOT_IN_BATCH = ['batch', 'upload', 'download'];

/** One request through all checks in their order: authorisation, rate, operating time, then the method itself. */
export class PortalDoor {
  constructor(private readonly parts: DoorParts) {}

  async answer(visit: Visit): Promise<PortalReply> {
    let key: string | undefined;
    try {
      this.#checkPortal();
      const caller = this.#identify(visit);
      const method = visit.route.kind === 'upload' ? undefined : this.#method(visit.route.method, caller);
      this.#checkRate(visit);
      key = method && operatingKey(method, caller);
      const { params, fault } = visit;
      const answer = method
        ? await this.#execute(method, { visit, caller, params, fault })
        : { result: takeUpload(this.parts.state, visit.request, String(params.token)) };
      Object.assign(visit.entry, { ok: true, result: answer.result });
      return jsonReply(200, { ...answer, time: this.#time(visit.startedAt, key) });
    } catch (thrown) {
      const { status, error } = this.#refused(thrown, visit.entry, visit.fault);
      // the documentation shows the time block in successes; with 429 it is where operating_reset_at is found
      const time = status === 429 ? { time: this.#time(visit.startedAt, key) } : {};
      return jsonReply(status, { ...error, ...time });
    }
  }

  #checkPortal(): void {
    if (this.parts.state.conditions.isDeleted) throw new Refusal(commonRefusals.PORTAL_DELETED);
  }

  #identify({ route, params }: Visit): Caller {
    const { access, state } = this.parts;
    const caller =
      route.kind === 'webhook' ? access.byWebhook(route.userId, route.code) : access.byToken(params.auth);
    if (!state.conditions.hasRest) throw new Refusal(commonRefusals.NO_COMMERCIAL_PLAN);
    return caller;
  }

  #method(name: string, caller: Caller): FakeMethod {
    const method = methodByName(name);
    if (!method) throw new Refusal(commonRefusals.ERROR_METHOD_NOT_FOUND);
    checkAccess(caller, catalogue[method]);
    return method;
  }

  #checkRate({ request, startedAt }: Visit): void {
    const { conditions, limits } = this.parts.state;
    if (conditions.isOverloaded) throw new Refusal(commonRefusals.OVERLOAD_LIMIT);
    limits.rate.take(request.source ?? 'local', startedAt);
  }

  /** Operating time is checked before the method runs and charged whatever comes of it; a batch itself is free. */
  async #execute(method: FakeMethod, execution: Execution): Promise<MethodAnswer<FakeMethod>> {
    const { visit, caller, params, fault } = execution;
    const { state } = this.parts;
    if (method !== 'batch') {
      const now = state.clock.now();
      state.limits.operating.check(operatingKey(method, caller), now);
      state.limits.operating.charge(operatingKey(method, caller), now);
    }
    return handlers[method](state, {
      params,
      caller,
      token: typeof visit.params.auth === 'string' ? visit.params.auth : '',
      origin: visit.request.origin ?? state.identity.origin,
      leadCreationError:
        fault?.kind === 'lead-creation-error' ? (fault.text ?? 'Lead was not created') : undefined,
      runCommand: (key, name, inner) => this.#runCommand(key, name, { visit, caller, params: inner, fault }),
    });
  }

  async #runCommand(key: string, name: string, execution: Execution): Promise<CommandOutcome> {
    const { faults, log, state } = this.parts;
    const { caller, params } = execution;
    const startedAt = state.clock.now();
    const method = methodByName(name) ?? name;
    const fault = faults.take(method, canStrikeInsideBatch);
    const entry = log.add({ at: startedAt, method, params, fault: fault?.kind, inBatch: key });
    if (tellsTheTruth(fault)) execution.visit.commands.push(entry);
    try {
      if (NOT_IN_BATCH.includes(method.toLowerCase())) throw new Refusal(catalogue.batch.refusals.notAllowed);
      const known = this.#method(name, caller);
      refuseBy(fault);
      const answer = await this.#execute(known, { ...execution, fault });
      if (fault?.kind === 'execute-then-server-error')
        throw new Refusal(commonRefusals.INTERNAL_SERVER_ERROR);
      Object.assign(entry, { ok: true, result: answer.result });
      return { ok: true, answer, time: this.#time(startedAt, operatingKey(known, caller)) };
    } catch (thrown) {
      const { error } = this.#refused(thrown, entry, fault);
      return { ok: false, error };
    }
  }

  /** Notes a refusal and gives its form on the wire; anything else thrown is a mistake of this fake. */
  #refused(thrown: unknown, entry: RequestLogEntry, fault: FaultEffect | undefined) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const isEmpty = fault?.kind === 'empty-error-code';
    const own = thrown.code === 'ERROR_CORE' ? this.parts.state.conditions.coreErrorCode : thrown.code;
    const { httpStatus: status, message: description, extra } = thrown;
    const code = isEmpty ? '' : own;
    entry.error = { status, code, description };
    return { status, error: { error: code, error_description: description, ...extra } };
  }

  #time(startedAt: number, key: string | undefined): object {
    const { clock, limits } = this.parts.state;
    return timeBlock(startedAt, clock.now(), key, limits.operating);
  }
}

function operatingKey(method: FakeMethod, caller: Caller): string {
  return `${method} ${caller.appId}`;
}

function refuseBy(fault: FaultEffect | undefined): void {
  if (fault?.kind === 'server-error') throw new Refusal(commonRefusals.INTERNAL_SERVER_ERROR);
  if (fault?.kind === 'operation-limit') throw new Refusal(commonRefusals.OPERATION_TIME_LIMIT);
}
