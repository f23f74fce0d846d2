import { z } from 'zod';
import { verb, type Verb } from '../language/verb';
import { waitFor } from '../run/wait-for';

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
