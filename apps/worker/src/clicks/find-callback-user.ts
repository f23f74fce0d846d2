import { PortalError, type PortalClient } from '@app/bitrix24';
import type { EventDataOf } from '@app/bitrix24/contract';
import type { Logger } from '@app/observability';
import type { PortalSessions } from '@app/portals';
import type { PortalSettings } from '@app/store';

type CallbackData = EventDataOf<'ONEXTERNALCALLBACKSTART'>;

/** A visitor waits: the CRM is asked once, and not for long. */
const CRM_MS = 3_000;

/**
 * Finds who may call a visitor back, the best first: who is responsible for him in the CRM, then the users of the line, then
 * the portal's default user. Who of them is free is decided with the callback.
 */
export class FindCallbackUser {
  constructor(
    private readonly sessions: Pick<PortalSessions, 'with'>,
    private readonly client: Pick<PortalClient, 'call'>,
    private readonly log: Logger,
  ) {}

  async find(
    portalId: string,
    data: CallbackData,
    settings: PortalSettings,
  ): Promise<{ readonly userId: number; readonly standIns: readonly number[] }> {
    const ofLine = settings.clicks.callbackUsers[data.LINE_NUMBER ?? ''] ?? [];
    const responsible = await this.#responsible(portalId, data);
    const [userId = settings.defaultUserId, ...standIns] = new Set([
      ...responsible,
      ...ofLine,
      settings.defaultUserId,
    ]);
    return { userId, standIns };
  }

  /** The form's own client before whoever else has the number. A CRM that does not answer must not cost the callback. */
  async #responsible(portalId: string, data: CallbackData): Promise<number[]> {
    const method = 'telephony.externalCall.searchCrmEntities';
    try {
      const { result } = await this.sessions.with(portalId, (portal) =>
        this.client.call(portal, method, { PHONE_NUMBER: data.PHONE_NUMBER }, { timeoutMs: CRM_MS }),
      );
      const named = result.filter(
        (entity) =>
          entity.CRM_ENTITY_TYPE === data.CRM_ENTITY_TYPE && entity.CRM_ENTITY_ID === data.CRM_ENTITY_ID,
      );
      return [...named, ...result].map((entity) => entity.ASSIGNED_BY_ID);
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      this.log.warn({ portalId, err: error }, 'the CRM does not say who is responsible for a callback');
      return [];
    }
  }
}
