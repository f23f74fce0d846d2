import type { Stage } from '../stage';
import type { Script } from './inbound';

const QUEUED = '74951234570';

function configure(stage: Stage, change: string): Promise<string> {
  return stage.embedded.api(`callcenter_config ${change}`);
}

/** Callers who wait in a queue. */
export const QUEUES: Readonly<Record<string, Script>> = {
  'callcenter-second-agent-answers': async (stage) => {
    // he had missed calls before: this one was the last that he may miss
    await configure(stage, 'agent set max_no_answer 1001@127.0.0.1 1');
    const phones = [await stage.phone('1001'), await stage.phone('1002'), await stage.phone('1003')];
    const [first, second] = phones.map((phone) => phone.incoming());
    const call = await stage.callIn(QUEUED);
    await call.status(200);
    (await first!).ring();
    const agent = await second!;
    agent.ring();
    agent.answer();
    await stage.event('CALL_UPDATE', () => true, 2);
    await stage.talk();
    call.hangUp();
    await agent.ended();
  },
  'callcenter-caller-abandons': async (stage) => {
    // he talked a moment ago, and is left alone
    await configure(stage, 'agent set ready_time 1002@127.0.0.1 4000000000');
    const phones = [await stage.phone('1001'), await stage.phone('1003')];
    const [first, third] = phones.map((phone) => phone.incoming());
    const call = await stage.callIn(QUEUED);
    await call.status(200);
    (await first!).ring();
    (await third!).ring();
    await stage.event('CHANNEL_CALLSTATE', (event) => event['Channel-Call-State'] === 'RINGING', 3);
    call.hangUp();
  },
};
