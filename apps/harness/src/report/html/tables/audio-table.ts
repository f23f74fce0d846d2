import type { AudioCheckRecord } from '../../evidence';
import type { ScenarioRecord } from '../../run-record';
import { lengthText, momentText } from '../../text/durations';
import { visibleText } from '../../text/visible-text';
import type { Html } from '../html';
import { expectedText, nameIn } from '../timeline/sound-words';
import { tableOf, type Row } from './table';

/** Every audio check in numbers. */
export function audioTable({ audio, actors }: ScenarioRecord): Html {
  const columns = [
    { heading: 'from', isNumber: true },
    { heading: 'to', isNumber: true },
    { heading: 'who' },
    { heading: 'should hear' },
    { heading: 'heard' },
    { heading: 'loudness', isNumber: true },
    { heading: 'packets', isNumber: true },
    { heading: 'lost', isNumber: true },
    { heading: 'gaps', isNumber: true },
    { heading: 'jitter', isNumber: true },
  ];
  const rows = audio.map((check): Row => ({
    atMs: check.fromMs,
    isWrong: !check.isRight,
    cells: [
      momentText(check.fromMs),
      momentText(check.toMs),
      nameIn(actors, check.listener),
      expectedText(check.expected, actors),
      visibleText(check.finding),
      loudnessOf(check),
      check.packets,
      check.lost,
      gapsOf(check),
      check.jitterMs === undefined ? '' : `${check.jitterMs.toFixed(1)} ms`,
    ],
  }));
  return tableOf('Audio checks', columns, rows);
}

/** The median of the blocks that came: robust against the silence at the edges. */
function loudnessOf({ levelsDb }: AudioCheckRecord): string {
  const came = levelsDb.filter((level) => level !== null).sort((a, b) => a - b);
  const median = came[Math.floor(came.length / 2)];
  return median === undefined ? 'nothing' : `${median.toFixed(0)} dBov`;
}

function gapsOf({ gaps }: AudioCheckRecord): string {
  const longest = Math.max(0, ...gaps.map(({ fromMs, toMs }) => (toMs ?? fromMs) - fromMs));
  return gaps.length === 0 ? '0' : `${gaps.length}, up to ${lengthText(longest)}`;
}
