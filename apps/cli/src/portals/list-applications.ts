import type { PortalStore } from '@app/store';
import type { PortalsContext } from './portals-context';

type ListedPortal = Awaited<ReturnType<PortalStore['all']>>[number];

/** Prints applications with their portals, and what is wrong with these. */
export async function listApplications({ apps, portals, console }: PortalsContext): Promise<void> {
  const [listed, all] = await Promise.all([apps.list(), portals.all()]);
  for (const { appId, kind, clientId, createdAt } of listed) {
    console.print(
      `${kind.padEnd(6)}  ${clientId}  (${appId}), added ${createdAt.toISOString().slice(0, 10)}`,
    );
    const installed = all.filter((portal) => portal.appId === appId);
    if (installed.length === 0) console.print('  not installed in any portal');
    for (const line of installed.flatMap(linesOf)) console.print(line);
  }
  const strays = all.filter((portal) => portal.appId === null);
  if (strays.length > 0) console.print('without an application');
  for (const line of strays.flatMap(linesOf)) console.print(line);
  if (listed.length + all.length === 0) console.print('There is no application yet: see "portals add".');
}

function linesOf(portal: ListedPortal): string[] {
  const { domain, memberId, troubleKind, troubleSince, troubleReason, troubleCure, setUpProblem } = portal;
  const name = `  ${domain}  (${memberId})`;
  const problem = setUpProblem === null ? [] : [`    set-up: ${setUpProblem}`];
  if (troubleKind === null) return [`${name}  works`, ...problem];
  const since = troubleSince?.toISOString().slice(0, 16).replace('T', ' ') ?? '';
  return [
    `${name}  RED since ${since} UTC: ${troubleKind}`,
    `    ${troubleReason ?? ''}`,
    `    ${troubleCure ?? ''}`,
    ...problem,
  ];
}
