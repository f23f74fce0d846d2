import { groupBy } from '../../world/group-by';
import type { TappedEvent } from '../../world/switch-tap';
import type { PlannedCall } from '../plan/planned-call';

/** A call as its caller lived through it. Epoch ms. */
export interface CallerView {
  readonly placedAt: number;
  /** The first 18x. */
  readonly rangAt?: number;
  readonly answeredAt?: number;
  /** Missing: it was not over when the load was. */
  readonly endedAt?: number;
  /** SIP code of a refusal; 487 of a call that he has given up himself. */
  readonly refusedWith?: number;
  /** What went wrong, in words. */
  readonly trouble?: string;
}

/** A leg at an employee's phone, as the switch told of it. Epoch ms on its clock, which is ours. */
export interface EmployeeLeg {
  readonly extension: string;
  readonly dials: boolean;
  readonly from: number;
  readonly ringsAt?: number;
  readonly until?: number;
}

/** What a call was in truth. */
export interface CallTruth {
  readonly planned: PlannedCall;
  /** Undefined: it was not placed, its slot is lost. */
  readonly seen: CallerView | undefined;
  readonly legs: readonly EmployeeLeg[];
  /** The caller's leg, as the switch told of it. */
  readonly callerLeg?: { readonly answeredAt?: number; readonly until?: number };
}

/** Joins what callers saw with what the switch told, by the client's number. */
export function callTruths(
  plan: readonly PlannedCall[],
  views: ReadonlyMap<string, CallerView>,
  events: readonly TappedEvent[],
): CallTruth[] {
  const clients = new Set(plan.map(({ client }) => client));
  const channels = [...groupBy(events, ({ channelUuid }) => channelUuid ?? '').values()];
  const byClient = groupBy(channels, (channel) => clientIn(channel, clients) ?? '');
  return plan.map((planned) => {
    const own = byClient.get(planned.client) ?? [];
    const caller = own.find((channel) => isCaller(channel));
    return {
      planned,
      seen: views.get(planned.client),
      legs: own.flatMap((channel) => legOf(channel)),
      ...(caller && {
        callerLeg: { answeredAt: momentOf(caller, 'CHANNEL_ANSWER'), until: momentOf(caller, END) },
      }),
    };
  });
}

type Channel = readonly TappedEvent[];

const END = 'CHANNEL_HANGUP_COMPLETE';

function clientIn(channel: Channel, clients: ReadonlySet<string>): string | undefined {
  const numbers = channel.flatMap(({ callerNumber, dialled }) => [callerNumber, dialled]);
  return numbers.map((number) => number?.replace(/^\+/, '')).find((number) => clients.has(number ?? ''));
}

const isCaller = ([first]: Channel): boolean => first?.direction === 'inbound';

function momentOf(channel: Channel, event: string): number | undefined {
  return channel.find(({ name }) => name === event)?.at;
}

function legOf(channel: Channel): EmployeeLeg[] {
  const presence = channel.find(({ presenceId }) => presenceId !== undefined)?.presenceId;
  const [extension = ''] = presence?.split('@') ?? [];
  if (!/^\d{3,6}$/.test(extension)) return [];
  const rings = channel.find(({ name }) => name.startsWith('CHANNEL_PROGRESS'));
  const until = momentOf(channel, END);
  return [
    {
      extension,
      dials: isCaller(channel),
      from: channel[0]?.at ?? 0,
      ...(rings && { ringsAt: rings.at }),
      ...(until !== undefined && { until }),
    },
  ];
}
