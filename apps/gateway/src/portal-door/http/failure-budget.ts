export interface FailureBudgetOptions {
  /** Failures that one address may have at once. */
  readonly failures: number;
  /** One failure is forgiven every so often; ms. */
  readonly forgivenMs: number;
  /** Epoch ms. */
  readonly now?: () => number;
}

interface Account {
  failures: number;
  /** Epoch ms; up to here failures have been forgiven. */
  since: number;
}

/** Addresses remembered; the one that failed longest ago is forgotten first. */
const MOST_ADDRESSES = 10_000;

/**
 * How often each address may still fail: a token bucket per address, in the memory of this process. A gateway that is
 * started anew forgives everybody, and two gateways forgive twice as much: enough against guessing.
 */
export class FailureBudget {
  private readonly accounts = new Map<string, Account>();
  private readonly now: () => number;

  constructor(private readonly options: FailureBudgetOptions) {
    this.now = options.now ?? Date.now;
  }

  /** ms until this address may try again; 0 when it may now. */
  waitMs(address: string): number {
    const account = this.forgiven(address);
    if (account === undefined || account.failures < this.options.failures) return 0;
    return account.since + this.options.forgivenMs - this.now();
  }

  /** Notes down one failure. */
  spend(address: string): void {
    const account = this.forgiven(address) ?? { failures: 0, since: this.now() };
    this.accounts.delete(address);
    this.accounts.set(address, { ...account, failures: account.failures + 1 });
    for (const oldest of this.accounts.keys()) {
      if (this.accounts.size <= MOST_ADDRESSES) break;
      this.accounts.delete(oldest);
    }
  }

  private forgiven(address: string): Account | undefined {
    const account = this.accounts.get(address);
    if (account === undefined) return undefined;
    const due = Math.floor((this.now() - account.since) / this.options.forgivenMs);
    const left = account.failures - due;
    if (left <= 0) {
      this.accounts.delete(address);
      return undefined;
    }
    account.failures = left;
    account.since += due * this.options.forgivenMs;
    return account;
  }
}
