/** What one component (the database, the queue, a switch) said last about itself. */
export interface ComponentHealth {
  readonly name: string;
  readonly state: 'up' | 'down';
  /** Why it is down; nothing when it is up. */
  readonly reason?: string;
  /** Since when it has been so; ISO 8601. */
  readonly since: string;
}

/** The answer to "are you ready?": yes when every component is up. */
export interface HealthSnapshot {
  readonly ready: boolean;
  readonly components: readonly ComponentHealth[];
}

/**
 * What the components of this process say about themselves, for /health. A component is down until it says otherwise, so
 * that a process is not ready before everything it needs has been there once.
 */
export class HealthReport {
  private readonly components = new Map<string, ComponentHealth>();

  /** `now` gives the time in milliseconds since the epoch. */
  constructor(
    names: readonly string[],
    private readonly now: () => number = Date.now,
  ) {
    for (const name of names) this.down(name, 'not started yet');
  }

  up(name: string): void {
    this.note({ name, state: 'up' });
  }

  /** `reason` is read by people who look after the system: what is wrong, without secrets. */
  down(name: string, reason: string): void {
    this.note({ name, state: 'down', reason });
  }

  /** Forgets a component that is no longer this process's business, e.g. a switch that another gateway follows now. */
  remove(name: string): void {
    this.components.delete(name);
  }

  snapshot(): HealthSnapshot {
    const components = [...this.components.values()];
    return { ready: components.every(({ state }) => state === 'up'), components };
  }

  private note(told: Omit<ComponentHealth, 'since'>): void {
    const before = this.components.get(told.name);
    const since = before?.state === told.state ? before.since : new Date(this.now()).toISOString();
    this.components.set(told.name, { ...told, since });
  }
}
