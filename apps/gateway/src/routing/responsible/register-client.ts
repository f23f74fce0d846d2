import { setTimeout as pause } from 'node:timers/promises';
import { asksWhoCalls, type CrmEntity } from '@app/calls';
import type { Registration, RegistrationStore } from '@app/store';
import { TooLateError } from '../within';
import type { ClientSearch, ResponsibleUser, SoughtCaller } from './client-search';
import type { ReadClient } from './read-client';

/** How often it is looked whether the call is registered by now, ms. */
const LOOK_EVERY_MS = 25;

/**
 * The older way: the call is registered at once, without a card (`SHOW=0`), by the worker like every call; the portal answers
 * with the client whom it found, and his responsible person is read.
 */
export class RegisterClient implements ClientSearch {
  constructor(
    private readonly registrations: Pick<RegistrationStore, 'of'>,
    private readonly clients: Pick<ReadClient, 'responsibleFor'>,
    /** How long a registration is waited for, ms: later it helps no call of this caller. */
    private readonly waitMs: number,
  ) {}

  async responsibleFor(portalId: string, caller: SoughtCaller): Promise<ResponsibleUser | undefined> {
    caller.registerAtOnce();
    const client = await this.clientOf(portalId, caller);
    return client && this.clients.responsibleFor(portalId, client);
  }

  private async clientOf(portalId: string, caller: SoughtCaller): Promise<CrmEntity | undefined> {
    const deadline = performance.now() + this.waitMs;
    while (performance.now() < deadline) {
      const found = await this.look(portalId, caller);
      if (found.kind === 'registered') return found.client;
      if (found.kind === 'none') return undefined;
      await pause(LOOK_EVERY_MS);
    }
    throw new TooLateError(`not registered within ${this.waitMs} ms`);
  }

  private async look(portalId: string, caller: SoughtCaller): Promise<Registration> {
    const call = caller.call();
    // What we decide on a channel is kept until the switch tells of it.
    if (!call || !asksWhoCalls(call.route)) return { kind: 'awaited' };
    const { callId, version } = call;
    return this.registrations.of({ portalId, callId, version });
  }
}
