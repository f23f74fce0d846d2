import type { AttachmentRecord } from '../evidence';

/** A third of a second of 440 Hz: a WAV that plays. */
export function tinyRecording(name: string): AttachmentRecord {
  const samples = Int16Array.from(
    { length: 2666 },
    (_, i) => Math.sin((i * 440 * 2 * Math.PI) / 8000) * 6000,
  );
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  const file = Buffer.concat([header, Buffer.from(samples.buffer)]);
  return {
    name,
    kind: 'recording',
    mediaType: 'audio/wav',
    bytes: file.length,
    content: { base64: file.toString('base64') },
  };
}
