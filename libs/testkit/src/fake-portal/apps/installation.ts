import type { Binding } from '../events/binding';
import type { OfflineQueue } from '../events/offline-queue';
import type { AppStatus, FakeApp } from './fake-app';

/** A page of an application inside the portal. */
export interface Placement {
  readonly placement: string;
  readonly handler: string;
  /** For whom; 0 for everybody. */
  readonly userId: number;
  readonly title: string;
  readonly description: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly langAll: Readonly<Record<string, unknown>>;
}

/** An application on a portal. */
export interface Installation {
  /** The portal's own number of it (app.info ID, REST_APP_ID). */
  readonly appId: string;
  readonly app: FakeApp;
  /** User who installed it. */
  readonly installedBy: number;
  version: number;
  status: AppStatus;
  /** Comes with every event, to be compared with the one of the installation; an update brings a new one. */
  applicationToken: string;
  /** False until BX24.installFinish: no events and no widgets before. */
  isFinished: boolean;
  /** False: the trial or paid period is over. */
  isPaid: boolean;
  /** Users who may use it; undefined: everybody. */
  onlyUsers: readonly number[] | undefined;
  bindings: readonly Binding[];
  placements: readonly Placement[];
  readonly offline: OfflineQueue;
}
