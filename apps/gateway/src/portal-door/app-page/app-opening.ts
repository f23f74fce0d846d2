import { z } from 'zod';
import type { InstalledPortals, KnownPortal, PortalApp } from '../ports';
import { Refusal } from '../refusal';
import { isSecretOf } from '../same-secret';
import { storeAnswer } from '../store-answer';
import type { FormTree } from '../wire/form-value';
import { memberIdField, readFields, tokenField } from '../wire/read-fields';

const schema = z.object({ APPLICATION_TOKEN: tokenField, member_id: memberIdField });

/** Somebody opens the application inside a portal. Only shows: tokens of the one who looks are neither used nor kept. */
export class AppOpening {
  constructor(
    private readonly portals: InstalledPortals,
    private readonly storeMs: number,
  ) {}

  /**
   * The portal around the frame.
   *
   * @throws Refusal when its application token is not the one that we know
   */
  async portalOf(app: PortalApp, tree: FormTree): Promise<KnownPortal> {
    const opening = readFields(schema, tree);
    const known = await storeAnswer(this.portals.byMemberId(opening.member_id), this.storeMs);
    const portal = known?.appId === app.appId ? known : undefined;
    const isVerified = isSecretOf(portal?.applicationTokenHash, opening.APPLICATION_TOKEN);
    if (portal === undefined) throw new Refusal('unknown-portal');
    if (!isVerified) throw new Refusal('wrong-application-token');
    return portal;
  }
}
