import type { RouteNote } from '@app/calls';

type Decision = Pick<RouteNote, 'step' | 'why' | 'whom'>;

/** A decision in words, for the log; who was passed over and why is beside it. */
export function explain({ step, why, whom }: Decision): string {
  switch (step) {
    case 'register':
      return `the call is registered before anybody rings: ${WORDS[why]}`;
    case 'ring':
      return `${whom.join(', ')} ${whom.length === 1 ? 'rings' : 'ring'}: ${WORDS[why]}`;
    case 'wait':
      return 'the caller waits: everybody is on another call';
    case 'leave':
      return `the caller goes to ${whom.join(', ')}: ${WORDS[why]}`;
    case 'handed-back':
      return `the dial plan decides: ${WORDS[why]}`;
  }
}

const WORDS: Readonly<Record<RouteNote['why'], string>> = {
  'who-calls': 'the portal says who calls',
  responsible: 'responsible for the client',
  queue: 'next of the line',
  forward: 'where the line forwards to',
  busy: 'everybody is on another call',
  closed: 'outside of working hours',
  'all-busy': 'everybody is on another call for too long',
  'nobody-there': 'nobody who could ring has a phone that is registered',
  'nobody-answered': 'nobody has answered',
  'no-plan': 'the line says nothing of routing',
  blind: 'nobody knows who is free',
  'shutting-down': 'the gateway stops',
};
