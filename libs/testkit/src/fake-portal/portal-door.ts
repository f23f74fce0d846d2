import { commonRefusals, contract } from '@app/bitrix24/contract';
import type { MethodName } from '@app/bitrix24/contract';
import { checkAccess } from './access';
import type { Access, Caller } from './access';
import { isoSeconds } from './clock';
import type { FaultEffect } from './faults';
import type { MethodAnswer, MethodCall } from './method-call';
import { handlers, methodByName, type ModelledMethod } from './methods';
import type { OperatingBudget } from './operating-budget';
import type { PortalState } from './portal-state';
import type { RateLimit } from './rate-limit';
import { Refusal } from './refusal';
import type { RequestLogEntry } from './request-log';
import type { Route } from './route';
import { takeUpload } from './upload';
import { DEFAULT_ORIGIN, jsonReply } from './wire';
import type { PortalReply, PortalRequest, RawParams } from './wire';

export interface DoorParts {
  readonly state: PortalState;
  readonly access: Access;
  /** undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
  readonly operating: OperatingBudget;
  /** What portals in the field send instead of ERROR_CORE is an empty string. */
  readonly coreErrorCode: 'ERROR_CORE' | '';
}

export type RestRoute = Extract<Route, { kind: 'method' | 'webhook' | 'upload' }>;

interface Visit {
  readonly route: RestRoute;
  readonly request: PortalRequest;
  readonly params: RawParams;
  readonly fault: FaultEffect | undefined;
  readonly entry: RequestLogEntry;
  readonly startedAt: number;
}

/** One request through all checks in their order: authorisation, rate, operating time, then the method itself. */
export class PortalDoor {
  constructor(private readonly parts: DoorParts) {}

  async answer(visit: Visit): Promise<PortalReply> {
    let operatingKey: string | undefined;
    try {
      const caller = this.#identify(visit);
      const method = visit.route.kind === 'upload' ? undefined : this.#method(visit.route, caller);
      this.parts.rateLimit?.take(visit.request.source ?? 'local', visit.startedAt);
      operatingKey = method && `${method} ${caller.appId}`;
      if (operatingKey !== undefined) this.#spendOperatingTime(operatingKey, visit.startedAt);
      const answer = method
        ? await this.#run(method, visit, caller)
        : { result: takeUpload(this.parts.state, visit.request, String(visit.params.token)) };
      Object.assign(visit.entry, { ok: true, result: answer.result });
      return jsonReply(200, { ...answer, time: this.#time(visit, operatingKey) });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return this.#refuse(thrown, visit, operatingKey);
    }
  }

  #identify({ route, params }: Visit): Caller {
    if (route.kind === 'webhook') return this.parts.access.byWebhook(route.userId, route.code);
    return this.parts.access.byToken(params.auth);
  }

  #method(route: Extract<RestRoute, { kind: 'method' | 'webhook' }>, caller: Caller): ModelledMethod {
    const method = methodByName(route.method);
    if (!method) throw new Refusal(commonRefusals.ERROR_METHOD_NOT_FOUND);
    checkAccess(caller, contract[method]);
    return method;
  }

  #spendOperatingTime(key: string, now: number): void {
    this.parts.operating.check(key, now);
    this.parts.operating.charge(key, now);
  }

  async #run(method: ModelledMethod, visit: Visit, caller: Caller): Promise<MethodAnswer<MethodName>> {
    const call: MethodCall = {
      params: visit.params,
      caller,
      token: typeof visit.params.auth === 'string' ? visit.params.auth : '',
      origin: visit.request.origin ?? DEFAULT_ORIGIN,
      leadCreationError:
        visit.fault?.kind === 'lead-creation-error'
          ? (visit.fault.text ?? 'Lead was not created')
          : undefined,
    };
    return handlers[method](this.parts.state, call);
  }

  #refuse(refusal: Refusal, visit: Visit, operatingKey: string | undefined): PortalReply {
    const isEmpty = visit.fault?.kind === 'empty-error-code';
    const own = refusal.code === 'ERROR_CORE' ? this.parts.coreErrorCode : refusal.code;
    const code = isEmpty ? '' : own;
    const { httpStatus, message } = refusal;
    visit.entry.error = { status: httpStatus, code, description: message };
    // the documentation shows the time block in successes; with 429 it is where operating_reset_at is found
    const time = httpStatus === 429 ? { time: this.#time(visit, operatingKey) } : {};
    return jsonReply(httpStatus, { error: code, error_description: message, ...refusal.extra, ...time });
  }

  #time({ startedAt }: Visit, operatingKey: string | undefined): object {
    const finish = this.parts.state.clock.now();
    const seconds = (finish - startedAt) / 1000;
    return {
      start: startedAt / 1000,
      finish: finish / 1000,
      duration: seconds,
      processing: seconds,
      date_start: isoSeconds(startedAt),
      date_finish: isoSeconds(finish),
      ...(operatingKey === undefined
        ? {}
        : {
            operating: this.parts.operating.used(operatingKey, finish),
            operating_reset_at: this.parts.operating.resetAt(operatingKey, finish),
          }),
    };
  }
}
