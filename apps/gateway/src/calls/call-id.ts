import { createHash } from 'node:crypto';

/** The name space of our call ids: any fixed UUID; this one was made for it. */
const NAMESPACE = Buffer.from('6f1d7f0c2f3e4c5f9a3b8d1c54b1d7e2', 'hex');

/**
 * The id of a call that nobody gave one: a UUID, version 5 (RFC 9562, 5.5), of the life of the switch and the call's
 * first channel. The same channel gives the same id, before and after a crash and in a stand-by gateway.
 */
export function callIdFor(channelUuid: string, coreUuid: string): string {
  const hash = createHash('sha1')
    .update(NAMESPACE)
    .update(`${coreUuid}/${channelUuid}`)
    .digest()
    .subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
