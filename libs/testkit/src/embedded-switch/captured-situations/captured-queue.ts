import { USUAL_AGENT, USUAL_QUEUE, type CallcenterSettings } from '../config';

const AGENTS = ['1001', '1002', '1003'];
const QUEUE = 'support@127.0.0.1';
/** In the captures 4: nobody needs to wait for that. */
const RING_SECONDS = 2;

/** The queue of the captured switch, as far as the captures tell it. */
export const CAPTURED_QUEUE: CallcenterSettings = {
  originateSeconds: 60,
  queues: [{ ...USUAL_QUEUE, name: QUEUE, strategy: 'round-robin', mohSound: 'local_stream://moh' }],
  agents: AGENTS.map((extension) => ({
    ...USUAL_AGENT,
    name: `${extension}@127.0.0.1`,
    contact: `[leg_timeout=${RING_SECONDS}]user/${extension}@127.0.0.1`,
    status: 'Available',
    maxNoAnswer: 3,
    wrapUpSeconds: 10,
  })),
  tiers: AGENTS.map((extension, index) => ({
    queue: QUEUE,
    agent: `${extension}@127.0.0.1`,
    level: 1,
    position: index + 1,
  })),
};
