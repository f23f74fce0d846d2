import type { Call } from '@app/calls';

/** Who is responsible for a client, according to his CRM. */
export interface ResponsibleUser {
  /** `USER_ID`; 0: nobody. */
  readonly userId: number;
  /** His working day is not open: closed, paused, or left open since yesterday. Undefined: the portal does not keep any. */
  readonly isOffDuty: boolean;
}

/** A caller of whom it is asked who he is. */
export interface SoughtCaller {
  /** E.164. */
  readonly number: string;
  /** Has his call registered before anybody rings. */
  readonly registerAtOnce: () => void;
  /** His call as it is now; undefined: the switch has not told of it yet. */
  readonly call: () => Call | undefined;
}

/** A way to find out from the CRM of a company who is responsible for a caller. */
export interface ClientSearch {
  /** Undefined: the CRM does not know him. Throws PortalError, NoRoomError, StoreError. */
  responsibleFor(portalId: string, caller: SoughtCaller): Promise<ResponsibleUser | undefined>;
}
