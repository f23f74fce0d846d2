import { waitFor } from './wait-for';

/** Looks that come one after another; the last one stays. */
function looks(...each: (() => boolean)[]): () => boolean {
  return () => (each.length > 1 ? each.shift()! : each[0]!)();
}

const yes = (): boolean => true;
const no = (): boolean => false;

function sleepsThrough(ms: number): boolean {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return false;
}

const HEARD = { expected: 'he hears her', came: () => 'nothing', withinMs: 0, forMs: 400, pauseMs: 100 };

it('what has to stay true may be missing for a moment', async () => {
  await expect(waitFor({ ...HEARD, isSo: looks(yes, yes, no, no, yes) })).resolves.toBeUndefined();
});

it('and for no longer', async () => {
  await expect(waitFor({ ...HEARD, isSo: looks(yes, yes, no) })).rejects.toThrow(/he hears her for 400 ms/);
});

it('while the process sleeps nobody can look, and that is not held against it', async () => {
  const isSo = looks(yes, yes, () => sleepsThrough(250), no, yes);
  await expect(waitFor({ ...HEARD, isSo })).resolves.toBeUndefined();
});
