import { PhoneBox } from '../testing/phones';
import { hasWrtc } from './load-wrtc';

/** With the package, two processes talk with each other in test/phone.e2e-spec.ts: it cannot be unloaded inside jest. */
const ifMissing = hasWrtc() ? it.skip : it;

ifMissing('a phone without the WebRTC package says what it misses', async () => {
  const opening = new PhoneBox().direct('1001', 'tcp', { media: 'webrtc' });
  await expect(opening).rejects.toThrow('npm install --no-save @roamhq/wrtc');
});
