import type { SwitchVisit } from '@app/esl';
import { green, yellow, type Finding } from '../finding';
import { allowed } from './switch-answers';

/** How many of the newest calls of a switch carry our id. */
export interface StampedCalls {
  readonly calls: number;
  readonly stamped: number;
}

const CHECK = 'switch.dialplan';
const STAMP = 'connector_call_id';

/**
 * Whether the dialplan gives calls their id (`connector_call_id`). The switch's own dialplan tells, if it may be asked; else
 * its newest calls do.
 */
export async function dialplanFinding(
  visit: SwitchVisit,
  { calls, stamped }: StampedCalls,
): Promise<Finding> {
  const contexts = await Promise.all(
    ['public', 'default'].map((name) => allowed(visit, 'xml_locate', `dialplan context name ${name}`)),
  );
  const told = contexts.filter((context) => context?.includes('<context'));
  if (told.some((context) => context?.includes(STAMP)) || stamped > 0)
    return green(CHECK, 'The dialplan gives calls their id');
  if (told.length === 0 && calls === 0)
    return green(CHECK, 'No call was made yet that would show whether the dialplan gives calls their id');
  return yellow(
    CHECK,
    'The dialplan does not give calls their id: transfers, pickups and recordings may be filed apart.',
    `Put our first extension into every context that calls come in by (freeswitch/conf/dialplan/connector): it exports ${STAMP}.`,
  );
}
