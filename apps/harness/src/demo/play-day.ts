import { openCapture, type ReplaySwitch } from '@app/testkit';
import { orAborted, pauseFor } from '../processes/until';
import { renameFor, type Scene } from './scene';

export interface PlayDayOptions {
  readonly fs: ReplaySwitch;
  /** 1 = as fast as life. */
  readonly speed: number;
  /** Where the switch keeps its recordings. */
  readonly recordingsDir: string;
  readonly signal?: AbortSignal;
}

/** Plays all scenes, each at its time of the day, and resolves when the last one is over. */
export async function playDay(day: readonly Scene[], options: PlayDayOptions): Promise<void> {
  const { fs, speed, recordingsDir, signal } = options;
  const inOrder = day.toSorted((a, b) => a.at - b.at);
  const captures = await Promise.all(inOrder.map(({ capture }) => openCapture(capture)));
  const startedAt = performance.now();
  const plays: Promise<unknown>[] = [];
  for (const [index, capture] of captures.entries()) {
    const scene = inOrder[index];
    if (!scene) continue;
    await pauseFor(Math.max(0, startedAt + (scene.at * 1000) / speed - performance.now()), signal);
    const uuidSalt = `scene ${index}`;
    plays.push(fs.play(capture, { speed, recordingsDir, uuidSalt, rename: renameFor(scene) }));
  }
  await orAborted(Promise.all(plays), signal);
}
