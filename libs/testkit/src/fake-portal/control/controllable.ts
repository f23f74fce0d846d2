import type { AppDesk } from '../apps/app-desk';
import type { FakeApp } from '../apps/fake-app';
import type { Violation } from '../audit/violation';
import type { FakeUser } from '../company/company';
import type { Fault } from '../faults/faults';
import type { FaultQueue } from '../faults/fault-queue';
import type { ResetOptions } from '../first-day';
import type { PortalState } from '../portal-state';
import type { Access } from '../rest/access';
import type { RequestLogEntry } from '../rest/request-log';
import type { CallbackForm, Click } from '../telephony/clicks';

/** What the control API and the page need of a portal. */
export interface Controllable {
  readonly state: PortalState;
  readonly access: Access;
  readonly apps: AppDesk;
  readonly faults: FaultQueue<Fault>;
  readonly requests: readonly RequestLogEntry[];
  audit(): readonly Violation[];
  click(clicked: Click): string | undefined;
  submitCallbackForm(form: CallbackForm): void;
  chooseOutgoing(
    app: FakeApp | undefined,
    options: { readonly line?: string; readonly userId?: number },
  ): void;
  hire(user: FakeUser): void;
  dismiss(userId: number): void;
  rename(origin: string): void;
  move(): Promise<string>;
  reset(options: ResetOptions): void;
}
