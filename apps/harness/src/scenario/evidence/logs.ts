import type { AttachmentRecord } from '../../report/evidence';
import type { Scene } from '../run/scene';

/** Longer than this the page would grow too large; what is left out is at the beginning. */
const MOST_CHARACTERS = 200_000;

/** What gateway and worker logged while the scenario ran. */
export function logAttachments({ world, beginning }: Scene): AttachmentRecord[] {
  return world.logs.flatMap((log) => {
    const text = log.since(beginning.logs[log.app] ?? 0).slice(-MOST_CHARACTERS);
    if (text === '') return [];
    return [
      {
        name: `${log.app}.log`,
        kind: 'log' as const,
        mediaType: 'text/plain',
        bytes: Buffer.byteLength(text),
        content: { text },
      },
    ];
  });
}
