import { z } from 'zod';
import { duration } from '../language/duration';
import { verb, type Turn, type Verb } from '../language/verb';
import type { Words } from '../language/words';
import type { Scene } from '../run/scene';
import { waitFor } from '../run/wait-for';
import { digits, said } from './shapes';

const count = z
  .union([z.int(), z.string().regex(/^\d+$/, 'a call list has a number').transform(Number)])
  .pipe(z.int().positive());

/** What a click may have with it. */
const besides = ({ dialled }: Words) => ({
  over: dialled.optional().meta({ description: 'the line that is chosen' }),
  'for the list': count.optional().meta({ description: 'CALL_LIST_ID' }),
  'with the extension': digits.optional().meta({ description: 'EXTENSION: behind the number' }),
  'in the mobile app': said,
  'without a CALL_ID': said.meta({ description: 'as old self-hosted portals do it' }),
  'late by': duration.optional().meta({ description: 'so long ago, and the portal has held the event back' }),
});

type Besides = Partial<z.output<z.ZodObject<ReturnType<typeof besides>>>>;

function click({ scene, names }: Turn, phoneNumber: string, with_: Besides): Promise<void> {
  for (const person of names)
    scene.portal.fake.click({
      userId: scene.person(person)?.userId ?? 0,
      phoneNumber,
      line: lineNumber(scene, with_.over),
      callListId: with_['for the list'],
      extension: with_['with the extension'],
      isMobile: with_['in the mobile app'],
      withoutCallId: with_['without a CALL_ID'],
      agoMs: with_['late by'],
    });
  return Promise.resolve();
}

/** LINE_NUMBER of a line; what is none is sent as it stands there. */
function lineNumber({ cast }: Scene, line: string | undefined): string | undefined {
  return cast.lines.find(({ id }) => id === line)?.lineNumber ?? line;
}

export const CLICKS: readonly Verb[] = [
  verb({
    one: 'clicks',
    several: 'click',
    who: ['person'],
    mood: 'does',
    about: 'Clicks the number of somebody in the CRM: the portal registers the call and sends the event.',
    example: 'anna: clicks ivan',
    takes: ['after'],
    shape: (words) => ({ clicks: words.dialled, ...besides(words) }),
    perform: (turn) => {
      const { clicks = '', ...with_ } = turn.args;
      const number = turn.scene.numberOf(clicks);
      return click(turn, turn.scene.client(clicks) ? `+${number}` : number, with_);
    },
  }),
  verb({
    one: 'clicks the text',
    who: ['person'],
    mood: 'does',
    about: 'Clicks what stands in the CRM in place of a number.',
    example: 'anna: clicks the text ask the secretary',
    takes: ['after'],
    shape: (words) => ({ 'clicks the text': z.string(), ...besides(words) }),
    perform: (turn) => {
      const { 'clicks the text': text = '', ...with_ } = turn.args;
      return click(turn, text, with_);
    },
  }),
  verb({
    one: 'asks to be called back',
    who: ['client'],
    mood: 'does',
    about: 'Sends a callback form of the website.',
    example: 'ivan: asks to be called back over main saying Tomorrow, please',
    takes: ['after'],
    bare: true,
    shape: ({ dialled }) => ({
      'asks to be called back': said,
      over: dialled.optional(),
      saying: z.string().optional(),
    }),
    perform: ({ scene, who, args }) => {
      for (const { number } of who)
        scene.portal.fake.submitCallbackForm({
          phoneNumber: `+${number}`,
          line: lineNumber(scene, args.over),
          text: args.saying,
        });
      return Promise.resolve();
    },
  }),
  verb({
    one: 'is told',
    several: 'are told',
    who: ['person'],
    mood: 'awaits',
    about: 'A notice of the connector is in his messenger, with these words among others.',
    example: 'anna: is told The number is busy',
    takes: ['within'],
    shape: () => ({ 'is told': z.string() }),
    perform: async ({ scene, names, args, withinMs }) => {
      const { 'is told': words = '' } = args;
      for (const person of names)
        await waitFor({
          expected: `${person} is told "${words}"`,
          isSo: () => scene.noticesTo(person).some((text) => text.includes(words)),
          came: () => `he was told: ${scene.noticesTo(person).join('; ') || 'nothing'}`,
          withinMs,
          signal: scene.signal,
        });
    },
  }),
  verb({
    one: 'sends the next event twice',
    who: ['portal'],
    mood: 'does',
    about: 'The next click or callback form reaches the connector two times.',
    example: 'portal: sends the next event twice',
    takes: [],
    perform: ({ scene }) => {
      scene.portal.fake.post.inject({ kind: 'duplicate' });
      return Promise.resolve();
    },
  }),
];
