import { z } from 'zod';
import { verb, type Verb } from '../language/verb';
import { waitFor } from '../run/wait-for';

/** A command has to start, which takes its time on a busy machine. */
const SET_WITHIN_MS = 40_000;

export const OPERATOR: readonly Verb[] = [
  verb({
    one: 'runs a call to',
    who: ['operator'],
    mood: 'does',
    about: 'Gives the command ./run call, which calls an employee and then somebody.',
    example: 'operator: runs a call to ivan for anna over main',
    takes: ['after'],
    shape: ({ dialled, person }) => ({ 'runs a call to': dialled, for: person, over: dialled.optional() }),
    perform: ({ scene, args }) => {
      const { 'runs a call to': whom = '', for: employee = '', over } = args;
      const line = scene.cast.lines.find(({ id }) => id === over);
      scene.world.commandLine.run([
        'call',
        ...['--user', scene.numberOf(employee)],
        ...['--to', scene.client(whom) ? `+${scene.numberOf(whom)}` : scene.numberOf(whom)],
        ...(line ? ['--line', line.lineNumber] : []),
      ]);
      return Promise.resolve();
    },
  }),
  verb({
    one: 'sets',
    who: ['operator'],
    mood: 'does',
    about: 'Changes a setting of the portal (./run portals settings --set), and waits until that is done.',
    example: 'operator: sets defaultUserId to 11',
    takes: ['after'],
    shape: () => ({ sets: z.string(), to: z.string() }),
    perform: async ({ scene, args }) => {
      const { sets: name = '', to: value = '' } = args;
      const { memberId } = scene.portal.fake;
      const given = scene.world.commandLine.run([
        'portals',
        'settings',
        memberId,
        '--set',
        `${name}=${value}`,
      ]);
      await waitFor({
        expected: `the portal's setting ${name} is ${value}`,
        isSo: () => given.code === 0,
        came: () => `${given.said.trimEnd()} (exit code ${given.code ?? 'none yet'})`,
        withinMs: SET_WITHIN_MS,
        signal: scene.signal,
      });
    },
  }),
  verb({
    one: 'finds a call that waits with',
    who: ['operator'],
    mood: 'awaits',
    about:
      'A call cannot be filed until a person has acted, and these are words of the reason that the doctor shows.',
    example: 'operator: finds a call that waits with register',
    takes: ['within'],
    shape: () => ({ 'finds a call that waits with': z.string() }),
    perform: async ({ scene, args, withinMs }) => {
      const { 'finds a call that waits with': words = '' } = args;
      let problems: readonly string[] = [];
      await waitFor({
        expected: `a call waits with "${words}"`,
        isSo: async () => {
          problems = await scene.world.calls.problems();
          return problems.some((problem) => problem.includes(words));
        },
        came: () => (problems.length === 0 ? 'none waits' : problems.join('; ')),
        withinMs,
        signal: scene.signal,
      });
    },
  }),
  verb({
    one: 'reads',
    who: ['operator'],
    mood: 'awaits',
    about: 'The command that was given last has ended well, with these words at its end.',
    example: 'operator: reads talked',
    takes: ['within'],
    shape: () => ({ reads: z.string() }),
    perform: async ({ scene, args, withinMs }) => {
      const { reads: words = '' } = args;
      const given = () => scene.world.commandLine.given.at(-1);
      await waitFor({
        expected: `the command ends with "${words}"`,
        isSo: () => given()?.code === 0 && lastLine(given()?.said ?? '').includes(words),
        came: () => `${lastLine(given()?.said ?? '')} (exit code ${given()?.code ?? 'none yet'})`,
        withinMs,
        signal: scene.signal,
      });
    },
  }),
];

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
