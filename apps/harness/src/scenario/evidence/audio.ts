import type { AudioCheckRecord, ExpectedSound, HeardToneRecord } from '../../report/evidence';
import { SOUNDS, type SoundName } from '../language/expectations';
import { BLOCK_MS } from '../run/loudness';
import type { Listening, Scene } from '../run/scene';
import { SOUND_HZ } from '../run/sounds';

/** What was listened for in the steps, and what was heard meanwhile. */
export function audioRecords(scene: Scene): AudioCheckRecord[] {
  return scene.listenings.map((listening) => audioRecord(listening, scene));
}

function audioRecord({ handset, call, whom, from, to, isRight }: Listening, scene: Scene): AudioCheckRecord {
  const ms = (at: number): number => at - scene.beginning.at;
  const { packets, lost, jitterMs, heard } = call.audio;
  const tones = heard
    .filter(({ fromMs, toMs }) => fromMs <= to && (toMs ?? to) >= from)
    .map(({ hz, fromMs, toMs }): HeardToneRecord => ({
      hz,
      fromMs: ms(fromMs),
      ...(toMs !== undefined && { toMs: ms(toMs) }),
    }));
  const names = [...new Set(tones.map(({ hz }) => scene.whoSays(hz) ?? `${hz} Hz`))];
  return {
    listener: handset.id,
    expected: expectedSound(whom, scene),
    fromMs: ms(from),
    toMs: ms(to),
    blockMs: BLOCK_MS,
    levelsDb: scene.telephony.loudness.between(call, from, to),
    tones,
    packets,
    lost,
    gaps: [],
    jitterMs,
    isRight,
    finding: names.length === 0 ? 'nothing' : names.join(', '),
  };
}

function expectedSound(whom: string | undefined, scene: Scene): ExpectedSound {
  if (whom === undefined) return { kind: 'silence' };
  if ((SOUNDS as readonly string[]).includes(whom))
    return { kind: 'tone', name: whom, hz: SOUND_HZ[whom as SoundName] };
  const handsets = scene.telephony.of(whom);
  return { kind: 'actor', actor: handsets[0]?.id ?? whom, hz: handsets.map(({ toneHz }) => toneHz) };
}
