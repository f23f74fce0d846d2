import type { Observation } from '@app/calls';

/** What all observations of one event have in common. */
export type Seen = Pick<Observation, 'switchId' | 'coreUuid' | 'moment' | 'channelUuid'>;
