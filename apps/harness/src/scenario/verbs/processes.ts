import { verb, type Turn, type Verb } from '../language/verb';
import type { Service } from '../../processes/service';

function serviceOf({ scene, kind }: Turn): Service {
  return kind === 'worker' ? scene.world.worker : scene.world.gateway;
}

const SERVICES = ['gateway', 'worker'] as const;

export const PROCESSES: readonly Verb[] = [
  verb({
    one: 'is killed',
    who: SERVICES,
    mood: 'does',
    about: 'The process dies at once (kill -9).',
    example: 'worker: is killed',
    takes: ['after'],
    perform: async (turn) => {
      turn.scene.world.spend(`its ${turn.kind} was killed`);
      await serviceOf(turn).kill();
    },
  }),
  verb({
    one: 'is stopped',
    who: SERVICES,
    mood: 'does',
    about: 'The process is asked to end, as at a deployment (SIGTERM), and ends in order.',
    example: 'gateway: is stopped',
    takes: ['after'],
    perform: async (turn) => {
      await serviceOf(turn).stop();
    },
  }),
  verb({
    one: 'is started',
    who: SERVICES,
    mood: 'does',
    about: 'The process is started again, and is ready.',
    example: 'worker: is started',
    takes: ['after'],
    perform: (turn) => serviceOf(turn).start(turn.scene.signal),
  }),
  verb({
    one: 'freezes',
    who: SERVICES,
    mood: 'does',
    about: 'The process stands still (SIGSTOP): its connections stay open, and nobody answers.',
    example: 'gateway: freezes',
    takes: ['after'],
    perform: (turn) => {
      turn.scene.world.spend(`its ${turn.kind} was frozen`);
      serviceOf(turn).freeze();
      return Promise.resolve();
    },
  }),
  verb({
    one: 'goes on',
    who: SERVICES,
    mood: 'does',
    about: 'A process that was frozen goes on where it was (SIGCONT).',
    example: 'gateway: goes on',
    takes: ['after'],
    perform: (turn) => {
      serviceOf(turn).thaw();
      return Promise.resolve();
    },
  }),
  verb({
    one: 'go away',
    who: ['recordings'],
    mood: 'does',
    about:
      'The folder of recordings cannot be reached from the worker, like a network share that is not there.',
    example: 'recordings: go away',
    takes: ['after'],
    perform: ({ scene }) => {
      scene.world.folder.unlinkRecordings();
      return Promise.resolve();
    },
  }),
  verb({
    one: 'come back',
    who: ['recordings'],
    mood: 'does',
    about: 'The folder of recordings is there again.',
    example: 'recordings: come back',
    takes: ['after'],
    perform: ({ scene }) => {
      scene.world.folder.relinkRecordings();
      return Promise.resolve();
    },
  }),
];
