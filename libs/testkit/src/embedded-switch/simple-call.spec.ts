import { RawEslClient } from '../replay-switch/raw-esl-client';
import { startEmbeddedSwitch, type EmbeddedSwitch } from './index';
import { handPlan } from './testing/hand-plan';
import { TestPhone } from './testing/test-phone';

describe('a call through the embedded switch', () => {
  let embedded: EmbeddedSwitch;
  let carrier: TestPhone;
  let agent: TestPhone;

  beforeEach(async () => {
    embedded = await startEmbeddedSwitch({
      plan: handPlan({
        contexts: {
          public: () => [
            'set ringback=%(1000,4000,425)',
            'set hangup_after_bridge=true',
            'bridge user/1001@127.0.0.1',
          ],
        },
      }),
      heartbeatMs: 0,
    });
    carrier = await TestPhone.open(
      { user: '79161234567', displayName: 'Иван Петров' },
      embedded.sipPort('external'),
    );
    agent = await TestPhone.open({ user: '1001', password: 'secret' }, embedded.sipPort('internal'));
  });
  afterEach(async () => {
    carrier.close();
    agent.close();
    await embedded.stop();
  });

  it('is answered, talked, and hung up by the caller', async () => {
    const esl = await RawEslClient.login(embedded.eventSocketPort, 'event json ALL');
    expect(await agent.register()).toBe(200);
    const rings = agent.incoming();
    const call = await carrier.call('74951234567');
    const ringing = await rings;
    expect(ringing.from).toContain('"Иван Петров" <sip:79161234567@127.0.0.1>');
    ringing.ring();
    await call.status(183);
    ringing.answer();
    await call.status(200);
    await esl.event('CHANNEL_BRIDGE');
    call.hangUp();
    await ringing.ended();
    await embedded.idle();
    await esl.until(
      () => esl.events.filter((event) => event['Event-Name'] === 'CHANNEL_DESTROY').length === 2,
    );
    expect(embedded.errors).toEqual([]);
  });
});
