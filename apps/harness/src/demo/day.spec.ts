import { demoCompany, openCapture } from '@app/testkit';
import { DEMO_DAY } from './day';
import { expectedCalls } from './expected-call';
import { callsOf } from './scene';

/** From the first event of a scene to its last, in seconds of the day. */
async function spanOf({ at, capture }: (typeof DEMO_DAY)[number]): Promise<{ from: number; until: number }> {
  const { timeline } = await openCapture(capture);
  const lastsMs = (timeline.at(-1)?.receivedAtMs ?? 0) - (timeline[0]?.receivedAtMs ?? 0);
  return { from: at, until: at + lastsMs / 1000 };
}

describe("the demo company's day", () => {
  it('is watchable: 20 to 40 calls in 30 to 45 seconds', async () => {
    const ends = await Promise.all(DEMO_DAY.map(async (scene) => (await spanOf(scene)).until));
    expect(Math.max(...ends)).toBeGreaterThan(30);
    expect(Math.max(...ends)).toBeLessThan(45);
    const calls = DEMO_DAY.flatMap(callsOf).length;
    expect(calls).toBeGreaterThanOrEqual(20);
    expect(calls).toBeLessThanOrEqual(40);
  });

  it('has nobody in two calls at a time', async () => {
    const company = demoCompany();
    const stays = await Promise.all(
      DEMO_DAY.map(async (scene) => {
        const people = expectedCalls(scene, company, 1).flatMap(({ extensions }) => extensions);
        return { ...(await spanOf(scene)), people: [...new Set(people)], capture: scene.capture };
      }),
    );
    const clashes = stays.flatMap((one, index) =>
      stays
        .slice(index + 1)
        .filter((other) => one.from < other.until && other.from < one.until)
        .filter((other) => other.people.some((person) => one.people.includes(person)))
        .map((other) => `${one.capture} and ${other.capture}`),
    );
    expect(clashes).toEqual([]);
  });

  it('has every client call once, so that a call is known by its number', () => {
    const numbers = DEMO_DAY.flatMap(callsOf).map(({ externalNumber }) => externalNumber ?? undefined);
    const given = numbers.filter((number) => number !== undefined);
    expect(new Set(given).size).toBe(given.length);
    expect(given).not.toContain('79161234567');
  });

  it('gives nobody two parts in a scene', () => {
    for (const scene of DEMO_DAY) {
      expect([scene.capture, new Set(scene.cast).size]).toEqual([scene.capture, scene.cast.length]);
    }
  });
});
