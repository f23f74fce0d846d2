import type { Deviation } from '../books/deviation';
import type { Spread } from '../books/percentiles';
import { CALL_KINDS } from '../plan/mix';
import { lengthText } from '../../report/text/durations';
import { visibleText } from '../../report/text/visible-text';
import { loadExitCode, type LoadRecord } from './load-record';

/** Of each kind; the file of `--json` has all. */
const MOST_LINES = 40;
const NAME_COLUMNS = 34;
const COLUMNS = 9;

/** A load for people, in lines for a terminal. */
export function loadSummary(record: LoadRecord): string {
  return [
    ...headLines(record),
    '',
    ...callLines(record),
    '',
    ...measureLines(record),
    '',
    ...portalLines(record),
    ...machineLines(record),
    ...deviationLines(record.deviations),
    ...listed('Complaints', record.complaints),
    '',
    verdict(record),
  ].join('\n');
}

function headLines({
  target,
  engine,
  asked,
  portalLimit: { capacity, drainPerSecond },
}: LoadRecord): string[] {
  const mix = CALL_KINDS.map((kind) => `${kind} ${Math.round(asked.mix[kind] * 100)} %`).join(', ');
  return [
    `${asked.cps} calls/s for ${asked.seconds} s (${mix}; seed ${asked.seed}) by ${engine} on ${target.kind} ${target.version}`,
    `The portal takes ${capacity} requests at once and ${drainPerSecond} a second.`,
  ];
}

function callLines({ calls, cps }: LoadRecord): string[] {
  const rate = cps === undefined ? '' : `, ${cps.toFixed(1)}/s`;
  return [
    `calls      ${calls.attempted} attempted${rate}, ${calls.established} established, ${calls.refused} refused (busy), ` +
      `${calls.givenUp} given up, ${calls.lost} lost`,
    ...(calls.lostSlots > 0
      ? [
          `           ${calls.lostSlots} of ${calls.planned} slots lost: this machine was too busy to place a call in time`,
        ]
      : []),
  ];
}

function measureLines({ measures }: LoadRecord): string[] {
  const titles = ['count', 'p50', 'p95', 'p99', 'max'].map((title) => title.padStart(COLUMNS));
  return [
    ' '.repeat(NAME_COLUMNS) + titles.join(''),
    row('INVITE to ringing', measures.inviteToRing),
    row('INVITE to 200, ringing included', measures.inviteToAnswer),
    row('phone rings to card', measures.ringToCard),
    row('employee dials to card', measures.dialToCard),
    row('leg ends to card gone', measures.endToHidden),
    row('call ends to filed', measures.endToFiled),
    `${measures.withoutCard} legs of employees had no card`,
  ];
}

function row(name: string, spread: Spread | undefined): string {
  const numbers = spread
    ? [String(spread.count), ...[spread.p50, spread.p95, spread.p99, spread.max].map(lengthText)]
    : ['0', '-', '-', '-', '-'];
  return name.padEnd(NAME_COLUMNS) + numbers.map((text) => text.padStart(COLUMNS)).join('');
}

function portalLines({ portal, drainMs, calls }: LoadRecord): string[] {
  return [
    `portal     ${portal.filed} calls filed of ${calls.attempted}, ${portal.recordings} recordings, ${portal.requests} requests ` +
      `(${portal.limited} over its limit); all done ${lengthText(drainMs)} after the last call`,
  ];
}

function machineLines({ machine: { processors, load, harnessDelayMs, cores } }: LoadRecord): string[] {
  const used = [cores.harness, cores.gateway, cores.worker].map((count) => count?.toFixed(2) ?? '?');
  const late = `the harness was up to ${lengthText(harnessDelayMs)} late (p99)`;
  return [
    `machine    ${processors} processors, load ${load.toFixed(1)}; cores used by harness, gateway and worker: ${used.join(', ')}; ${late}`,
  ];
}

function deviationLines(deviations: readonly Deviation[]): string[] {
  const titles: Readonly<Record<Deviation['kind'], string>> = {
    lost: 'Lost',
    'not-filed-yet': 'Not filed yet',
    wrong: 'Wrong in the portal',
    'too-many': 'Too many in the portal',
  };
  return Object.entries(titles).flatMap(([kind, title]) =>
    listed(
      title,
      deviations
        .filter((one) => one.kind === kind)
        .map(({ call, expected, came }) => `${call ?? ''}\n    expected: ${expected}\n    came:     ${came}`),
    ),
  );
}

function listed(title: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  const more = texts.length - MOST_LINES;
  return [
    '',
    `${title}: ${texts.length}`,
    ...texts.slice(0, MOST_LINES).map((text) => `  ${text.split('\n').map(visibleText).join('\n')}`),
    ...(more > 0 ? [`  and ${more} more: --json has them all`] : []),
  ];
}

function verdict(record: LoadRecord): string {
  const cut = record.interrupted === undefined ? '' : ` Cut off: ${record.interrupted}.`;
  const { deviations, complaints, calls } = record;
  switch (loadExitCode(record)) {
    case 0:
      return `Good: every one of ${calls.attempted} calls is in the portal once, and true.`;
    case 3:
      return `What was placed is good, but it was not the load that was asked for.${cut}`;
    default:
      return `Not good: ${deviations.length} deviations, ${complaints.length} complaints.${cut}`;
  }
}
