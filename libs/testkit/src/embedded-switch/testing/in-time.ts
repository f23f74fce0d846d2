import { headerText, type EventRecord } from '../../captured-calls/captured-event';

const LONGEST_MS = 40_000;
const LAST_EVENTS = 12;

/**
 * Waits for a script of phones. One that waits for something that never comes must not keep its switch for ever: it fails
 * with what was heard last.
 */
export async function inTime<T>(running: Promise<T>, heard: () => readonly EventRecord[]): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const last = heard().slice(-LAST_EVENTS).map(told).join('\n');
      reject(new Error(`the script waits in vain; heard last:\n${last}`));
    }, LONGEST_MS);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

function told(event: EventRecord): string {
  const headers = ['Event-Name', 'Channel-Name', 'Application', 'Application-Data', 'Hangup-Cause'];
  return headers.map((header) => headerText(event, header)).join(' ');
}
