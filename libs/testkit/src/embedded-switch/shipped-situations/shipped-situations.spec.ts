import { TestPhone } from '../testing/test-phone';
import { quickSettings, SHIPPED_SITUATIONS, ShippedStage, startShippedSwitch, type ShippedSwitch } from './index';
import { freeTcpPort } from './free-port';

const LONGEST_MS = 20_000;
jest.setTimeout(2 * LONGEST_MS);

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
    await script(stage);
    await stage.idle();
    expect(shipped.embedded.errors).toEqual([]);
  });
});
