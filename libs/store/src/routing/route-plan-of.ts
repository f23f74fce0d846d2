import type { RouteDestination, RoutePlan } from '@app/calls';
import type { RouteDestinationSetting, RouteSettings } from './route-settings';

/** The plan that settings mean. */
export function routePlanOf(settings: RouteSettings): RoutePlan {
  const { strategy, members, queue, forwardTo, seconds, waiting, hours, closed, overflow } = settings;
  return {
    strategy,
    members: members.map(({ extension, seconds: own }) => ({
      extension,
      ...(own !== undefined && { seconds: own }),
    })),
    queue,
    ...(forwardTo !== undefined && { forwardTo }),
    seconds: { ...seconds, wait: waiting.seconds },
    ...(hours && { hours }),
    whenClosed: destinationOf(closed),
    whenBusy: destinationOf(settings.busy ?? overflow),
    whenUnanswered: destinationOf(overflow),
  };
}

function destinationOf(setting: RouteDestinationSetting): RouteDestination {
  if (setting === 'fallback') return { kind: 'fallback' };
  if (setting === 'hang-up') return { kind: 'hang-up', cause: 'NO_ANSWER' };
  if (typeof setting === 'string') return { kind: 'dialplan', to: setting };
  if ('number' in setting) return { kind: 'number', number: setting.number };
  return { kind: 'hang-up', cause: setting.hangUp };
}
