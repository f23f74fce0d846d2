import { Ear, type EarChange } from './ear';
import { encodeG711, decodeG711 } from './g711';
import { levelDb, meanEnergy, toneShare } from './goertzel';
import {
  ANNOUNCEMENT,
  FRAME_MS,
  NETWORK_TONES,
  PHONE_TONES,
  SILENCE,
  SoundPlayer,
  tone,
  type Sound,
} from './tones';

const ALL_TONES = [...NETWORK_TONES, ...PHONE_TONES];

/** Plays sounds to an ear, through the codec, from moment 0 on. */
function listenTo(parts: readonly { sound: Sound | 'nothing'; ms: number }[]): {
  ear: Ear;
  changes: EarChange[];
} {
  const changes: EarChange[] = [];
  const ear = new Ear(ALL_TONES, (change) => changes.push(change));
  let at = 0;
  for (const { sound, ms } of parts) {
    const player = sound === 'nothing' ? undefined : new SoundPlayer(sound);
    for (const end = at + ms; at < end;) {
      at += FRAME_MS;
      if (player) ear.hear(decodeG711('PCMA', encodeG711('PCMA', player.nextFrame())), at);
      ear.tick(at);
    }
  }
  return { ear, changes };
}

const tonesOf = (changes: readonly EarChange[]): number[] =>
  changes.flatMap((change) => (change.kind === 'tone' ? [change.hz] : []));

it.each(PHONE_TONES)('%i Hz is heard, and nothing else', (hz) => {
  const { ear, changes } = listenTo([{ sound: tone(hz), ms: 400 }]);
  expect(tonesOf(changes)).toEqual([hz]);
  expect(ear.tonesNow).toEqual([hz]);
  expect(ear.state).toBe('sound');
});

it.each(NETWORK_TONES)('the network tone of %i Hz is heard, and nothing else', (hz) => {
  expect(tonesOf(listenTo([{ sound: tone(hz), ms: 400 }]).changes)).toEqual([hz]);
});

it('two tones at once are both heard', () => {
  const { ear } = listenTo([{ sound: [{ hz: [440, 480], ms: 20 }], ms: 400 }]);
  expect([...ear.tonesNow].sort()).toEqual([440, 480]);
});

it('says when a tone began and ended', () => {
  const { ear } = listenTo([
    { sound: tone(900), ms: 400 },
    { sound: tone(1550), ms: 600 },
    { sound: SILENCE, ms: 200 },
  ]);
  expect(ear.heard).toEqual([
    { hz: 900, fromMs: 0, toMs: 400 },
    { hz: 1550, fromMs: 400, toMs: 1000 },
  ]);
});

it('hears an announcement as what it is made of', () => {
  const { changes } = listenTo([{ sound: ANNOUNCEMENT, ms: 2000 }]);
  expect(tonesOf(changes)).toEqual([950, 1400, 1800]);
});

it('tells silence from no sound at all', () => {
  const { changes, ear } = listenTo([
    { sound: tone(900), ms: 200 },
    { sound: SILENCE, ms: 800 },
    { sound: 'nothing', ms: 800 },
  ]);
  expect(changes.map(({ kind }) => kind)).toEqual(['sound', 'tone', 'tone-over', 'silence', 'no-audio']);
  expect(ear.levelDb).toBe(-Infinity);
});

it('silence from the beginning is silence', () => {
  expect(listenTo([{ sound: SILENCE, ms: 100 }]).ear.state).toBe('silence');
});

it('a click is no tone', () => {
  const click: Sound = [
    { hz: [900], ms: 40 },
    { hz: [], ms: 10_000 },
  ];
  expect(tonesOf(listenTo([{ sound: click, ms: 400 }]).changes)).toEqual([]);
});

describe('Goertzel', () => {
  const samples = new SoundPlayer(tone(1000)).nextFrame();

  it('finds all energy at the frequency that is there, none elsewhere', () => {
    expect(toneShare(samples, 1000)).toBeCloseTo(1, 3);
    expect(toneShare(samples, 1500)).toBeCloseTo(0, 3);
  });

  it('finds nothing in silence, and does not divide by it', () => {
    expect(toneShare(new Int16Array(160), 1000)).toBe(0);
    expect(levelDb(meanEnergy(new Int16Array(0)))).toBe(-Infinity);
  });

  it('finds no tone in noise', () => {
    const noise = Int16Array.from({ length: 320 }, (_, i) => ((i * 7919 + i * i * 104_729) % 16_001) - 8000);
    for (const hz of ALL_TONES) expect(toneShare(noise, hz)).toBeLessThan(0.15);
  });
});

it('what passed while the process slept is no silence: the packets are there, and not read yet', () => {
  const { ear, changes } = listenTo([{ sound: tone(900), ms: 400 }]);
  ear.tick(1_400, 980);
  expect(ear.tonesNow).toEqual([900]);
  for (let at = 1_420; at <= 2_000; at += FRAME_MS) ear.tick(at);
  expect(changes.at(-1)).toMatchObject({ kind: 'no-audio' });
});
