import { hasSwitch, openSwitch } from '../apps/harness/src/real-switch/open-switch';
import { HOW_TO_GET_ONE } from '../apps/harness/src/real-switch/no-switch-error';
import type { SwitchUnderTest } from '../apps/harness/src/real-switch/switch-under-test';
import type { EventRecord } from '../libs/testkit/src/captured-calls/captured-event';
import { deviationsOf } from '../libs/testkit/src/embedded-switch/captured-situations/compare-ladders';
import { ladderOf } from '../libs/testkit/src/embedded-switch/captured-situations/ladder';
import {
  quickSettings,
  SHIPPED_SITUATIONS,
  ShippedStage,
  startShippedSwitch,
  type SwitchAddress,
} from '../libs/testkit/src/embedded-switch/shipped-situations';
import { freeTcpPort } from '../libs/testkit/src/embedded-switch/shipped-situations/free-port';
import { SHIPPED_DEVIATIONS } from '../libs/testkit/src/embedded-switch/shipped-situations/shipped-deviations';
import { inTime } from '../libs/testkit/src/embedded-switch/testing/in-time';
import { TestPhone } from '../libs/testkit/src/embedded-switch/testing/test-phone';

jest.setTimeout(120_000);

const CARRIER = { user: '79161234567', displayName: 'Иван Петров' };
const isOurs = hasSwitch(process.env) && !process.env.FREESWITCH_ESL;
if (!isOurs)
  process.stderr.write(
    `The embedded switch is not held against a real one. For that, ${HOW_TO_GET_ONE}: a binary is wanted here.\n`,
  );

type Script = (stage: ShippedStage) => Promise<void>;

/**
 * A real switch is not twice the same: the threads of two legs overtake each other in one of some hundred calls. What it does
 * differently is different every time.
 */
const TIMES = 3;

async function play(
  address: SwitchAddress,
  carrier: TestPhone,
  script: Script,
): Promise<readonly EventRecord[]> {
  const stage = await ShippedStage.open(address, carrier);
  try {
    await inTime(script(stage), () => stage.events);
    await inTime(stage.idle(), () => stage.events);
    return stage.events;
  } finally {
    await stage.close();
  }
}

async function playOnEmbedded(script: Script): Promise<readonly EventRecord[]> {
  const carrier = await TestPhone.open(CARRIER);
  const shipped = await startShippedSwitch(quickSettings(carrier.port, await freeTcpPort()));
  try {
    return await play(shipped.address, carrier, script);
  } finally {
    await shipped.stop();
  }
}

(isOurs ? describe : describe.skip)('the embedded switch and a real one, with the shipped dialplan', () => {
  let real: SwitchUnderTest;
  let carrierPort: number;
  let routePort: number;

  beforeAll(async () => {
    const carrier = await TestPhone.open(CARRIER);
    carrierPort = carrier.port;
    carrier.close();
    routePort = await freeTcpPort();
    real = await openSwitch(process.env, { settings: quickSettings(carrierPort, routePort) });
    process.stderr.write(`${real.version}\n`);
  });
  afterAll(() => real.stop());

  it.each(Object.entries(SHIPPED_SITUATIONS))('tell the same of: %s', async (name, script) => {
    const address: SwitchAddress = {
      domain: real.domain,
      phonePassword: real.phonePassword,
      phones: real.sip.phones,
      trunks: real.sip.trunks,
      eventSocket: real.eventSocket,
      connectorPassword: real.connectorLogin?.password ?? '',
      recordings: real.recordings,
      routePort,
    };
    const known = SHIPPED_DEVIATIONS[name] ?? [];
    let found: readonly string[] = [];
    for (let time = 1; time <= TIMES; time += 1) {
      const theirs = await play(address, await TestPhone.open(CARRIER, 0, carrierPort), script);
      const ours = await playOnEmbedded(script);
      found = deviationsOf(ladderOf(theirs), ladderOf(ours)).filter((one) => !known.includes(one));
      if (found.length === 0) return;
      process.stderr.write(`${name}, played for the ${time}. time: ${found.join('; ')}\n`);
    }
    expect(found).toEqual([]);
  });
});
