import { inTime } from '../testing/in-time';
import { TestPhone } from '../testing/test-phone';
import {
  quickSettings,
  SHIPPED_SITUATIONS,
  ShippedStage,
  startShippedSwitch,
  type ShippedSwitch,
} from './index';
import { freeTcpPort } from './free-port';

jest.setTimeout(120_000);

describe('the shipped dialplan on the embedded switch', () => {
  let carrier: TestPhone;
  let shipped: ShippedSwitch;
  let stage: ShippedStage;

  beforeEach(async () => {
    carrier = await TestPhone.open({ user: '79161234567', displayName: 'Иван Петров' });
    shipped = await startShippedSwitch(quickSettings(carrier.port, await freeTcpPort()));
    stage = await ShippedStage.open(shipped.address, carrier);
  });
  afterEach(async () => {
    await stage.close();
    await shipped.stop();
  });

  it.each(Object.entries(SHIPPED_SITUATIONS))('%s', async (_name, script) => {
    await inTime(script(stage), () => stage.events);
    await inTime(stage.idle(), () => stage.events);
    expect(shipped.embedded.errors).toEqual([]);
  });
});
