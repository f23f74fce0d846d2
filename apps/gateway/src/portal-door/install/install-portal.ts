import type { DoorContext } from '../door-context';
import type { DoorRings, InstalledPortals, KnownPortal, PortalApp } from '../ports';
import { Refusal } from '../refusal';
import { isSecretOf } from '../same-secret';
import { storeAnswer } from '../store-answer';
import type { InstallClaim } from './claim';
import type { Proof, ProveClaim } from './prove-claim';

/** How an installation ended. */
export interface Installation {
  /** `unchanged`: it was none, somebody has merely opened the install address of a portal that works. */
  readonly outcome: 'installed' | 'renewed' | 'unchanged';
  readonly portalId: string;
  /** Of the portal: who may show the page in a frame. */
  readonly origin: string;
}

/** Installs the portal of a claim, once it is proven and an administrator's. Stores nothing before. */
export class InstallPortal {
  constructor(
    private readonly prover: ProveClaim,
    private readonly portals: InstalledPortals,
    private readonly rings: DoorRings,
    private readonly context: DoorContext,
  ) {}

  /** @throws Refusal that says what does not hold */
  async install(app: PortalApp, claim: InstallClaim): Promise<Installation> {
    const proof = await this.prover.prove(app, claim);
    const known = await storeAnswer(this.portals.byMemberId(claim.memberId), this.context.storeMs);
    const installation =
      known !== undefined && isMereOpening(app, claim, proof, known)
        ? ({ outcome: 'unchanged', portalId: known.portalId, origin: proof.origin } as const)
        : await this.store(app, claim, proof);
    this.context.metrics.installs.inc({ outcome: installation.outcome });
    this.context.log.info(
      { ...installation, memberId: claim.memberId, by: claim.by },
      'a portal asked to be installed',
    );
    return installation;
  }

  private async store(app: PortalApp, claim: InstallClaim, proof: Proof): Promise<Installation> {
    const { tokens, owner, origin } = proof;
    if (!owner.isAdmin) throw new Refusal('not-an-administrator');
    const { portalId, isNew } = await storeAnswer(
      this.portals.install(app.appId, tokens, claim.applicationToken, {
        userId: owner.userId,
        isAdmin: owner.isAdmin,
      }),
      this.context.storeMs,
    );
    void this.ringForSetUp(portalId);
    return { outcome: isNew ? 'installed' : 'renewed', portalId, origin };
  }

  private async ringForSetUp(portalId: string): Promise<void> {
    try {
      await this.rings.setUp(portalId);
    } catch (error) {
      this.context.log.warn({ err: error, portalId }, 'the ring for setting up a portal was not taken');
    }
  }
}

/**
 * Bitrix24 shows the install address until BX24.installFinish was called, and never afterwards; but somebody may have
 * entered it as the application's own address too. Then everybody who opens the application comes here, with tokens of
 * their own: those must not replace the installer's. An event is always an installation.
 */
function isMereOpening(app: PortalApp, claim: InstallClaim, proof: Proof, known: KnownPortal): boolean {
  return (
    claim.by === 'frame' &&
    proof.owner.isInstallFinished &&
    known.status === 'ok' &&
    known.appId === app.appId &&
    isSecretOf(known.applicationTokenHash, claim.applicationToken)
  );
}
