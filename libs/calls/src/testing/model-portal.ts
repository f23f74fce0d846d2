import {
  REGISTRATION_MEMORY_MS,
  type PortalStep,
  type RegisterStep,
  type StepAnswer,
} from '../portal/portal-step';

export interface Registration {
  readonly portalCallId: string;
  readonly key: string;
  readonly externalCallId: string;
  readonly at: number;
  readonly cards: Set<number>;
  finished: boolean;
  record?: string;
}

/**
 * As much of a portal as decides what must be done next: it answers a repeated registration with the same call, finishes
 * a call once, closes by it the card of nobody but the user named, and takes recordings of finished calls only.
 */
export class ModelPortal {
  registrations: Registration[] = [];
  /** How often each thing was really done: `finish call-1`. */
  readonly deeds: string[] = [];
  private named = 0;

  constructor(
    private readonly isActive: (userId: number) => boolean,
    private readonly isOnDisk: (path: string) => boolean,
  ) {}

  /** Does what the step asks, and says so truthfully. */
  perform(step: PortalStep, now: number): StepAnswer {
    if (step.kind === 'register') return this.register(step, now);
    if (step.kind === 'notify') {
      this.deeds.push(`${step.kind} ${step.userId} ${step.tag}`);
      return { kind: 'done' };
    }
    if (step.kind === 'find-owner') return { kind: 'owner-found', userId: null };
    const call = this.registrations.find(({ portalCallId }) => portalCallId === step.portalCallId);
    switch (step.kind) {
      case 'show':
      case 'hide':
        if (!call || call.finished) return { kind: 'call-unknown' };
        for (const userId of step.userIds) this.turn(step.kind, call, userId);
        return { kind: 'done' };
      case 'finish':
        return this.finish(call, step.userId);
      case 'confirm-finish':
        return { kind: 'finish-confirmed', found: call?.finished ?? false };
      case 'attach-record':
        if (!call?.finished) return refused('not-finished-yet');
        if (!this.isOnDisk(step.path)) return { kind: 'no-recording', reason: 'missing' };
        call.record = step.path;
        return { kind: 'done' };
    }
  }

  /** Forgets every call that is not finished yet; its cards go with it. */
  forget(): void {
    this.registrations = this.registrations.filter(({ finished }) => finished);
  }

  private register(step: RegisterStep, now: number): StepAnswer {
    if (!this.isActive(step.userId)) return refused('user-not-found');
    const { externalCallId, phoneNumber, type, userId, lineNumber } = step;
    const key = JSON.stringify([externalCallId, phoneNumber, type, userId, lineNumber]);
    const known = this.registrations.find(
      (call) => call.key === key && now - call.at <= REGISTRATION_MEMORY_MS && !call.finished,
    );
    const call = known ?? {
      portalCallId: `p${(this.named += 1)}`,
      key,
      externalCallId,
      at: now,
      cards: new Set<number>(),
      finished: false,
    };
    if (!known) this.registrations.push(call);
    if (step.show) this.turn('show', call, userId);
    return { kind: 'registered', portalCallId: call.portalCallId };
  }

  private finish(call: Registration | undefined, userId: number): StepAnswer {
    if (!call || call.finished) return refused('call-not-found');
    if (!this.isActive(userId)) return refused('user-not-found');
    call.finished = true;
    call.cards.delete(userId);
    this.deeds.push(`finish ${call.externalCallId}`);
    return { kind: 'done' };
  }

  private turn(to: 'show' | 'hide', call: Registration, userId: number): void {
    if (to === 'hide') call.cards.delete(userId);
    else if (this.isActive(userId)) call.cards.add(userId);
  }
}

function refused(cause: Extract<StepAnswer, { kind: 'refused' }>['cause']): StepAnswer {
  return { kind: 'refused', cause, reason: cause };
}
