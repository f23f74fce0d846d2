import type { ChoreTask, ReadUsers } from '@app/portals';
import type { PhoneStore } from '@app/store';

/**
 * Reads the users of a portal, and has the calls looked at again in which somebody rings who was unknown until now: the
 * call itself has not changed, so nobody else would.
 */
export function readUsersInCalls(
  readUsers: Pick<ReadUsers, 'run'>,
  phones: Pick<PhoneStore, 'strangers'>,
  lookAtCall: (callId: string) => Promise<void>,
): ChoreTask {
  return {
    run: async (portalId) => {
      const before = await phones.strangers();
      const problem = await readUsers.run(portalId);
      if (before.length === 0) return problem;
      const still = new Set((await phones.strangers()).map(keyOf));
      const known = before.filter((stranger) => !still.has(keyOf(stranger)));
      const callIds = new Set(known.map(({ callId }) => callId));
      await Promise.all([...callIds].map(lookAtCall));
      return problem;
    },
  };
}

function keyOf({ callId, extension, domain = '' }: { callId: string; extension: string; domain?: string }) {
  return JSON.stringify([callId, extension, domain]);
}
