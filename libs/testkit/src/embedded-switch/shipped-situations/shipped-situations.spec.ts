import { inTime } from '../testing/in-time';
import { TestPhone } from '../testing/test-phone';
import {
  quickSettings,
  SHIPPED_SITUATIONS,
  ShippedStage,
  startShippedSwitch,
  type ShippedScript,
} from './index';
import { freeTcpPort } from './free-port';

jest.setTimeout(120_000);

/** Plays a situation on a switch of its own. */
async function play(script: ShippedScript): Promise<void> {
  const carrier = await TestPhone.open({ user: '79161234567', displayName: 'Иван Петров' });
  const shipped = await startShippedSwitch(quickSettings(carrier.port, await freeTcpPort()));
  try {
    const stage = await ShippedStage.open(shipped.address, carrier);
    try {
      await inTime(script(stage), () => stage.events);
      await inTime(stage.idle(), () => stage.events);
      expect(shipped.embedded.errors).toEqual([]);
    } finally {
      await stage.close();
    }
  } finally {
    await shipped.stop();
  }
}

describe('the shipped dialplan on the embedded switch', () => {
  // Side by side: most of the time a phone rings.
  it.concurrent.each(Object.entries(SHIPPED_SITUATIONS))('%s', (_name, script) => play(script));
});
