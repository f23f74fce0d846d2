import { ANNA, aScenario, BORIS, steps, SWITCH, TRUNK } from '../testing/build';
import { SipTape } from '../testing/sip-tape';
import { ladderOf } from './ladder';

const INVITE = { callId: 'c1', cseq: '1 INVITE' };

function ladder(tape: SipTape, parts: Parameters<typeof aScenario>[0] = {}) {
  return ladderOf(aScenario({ actors: [BORIS, ANNA, SWITCH, TRUNK], messages: tape.messages, ...parts }));
}

describe('the ladder of a scenario', () => {
  it('has the trunk at the left, the switch in the middle, and nobody who said nothing', () => {
    const tape = new SipTape()
      .say(0, 'trunk', 'switch', 'INVITE sip:1@a SIP/2.0', INVITE)
      .say(1, 'switch', 'anna', 'INVITE sip:1001@a SIP/2.0', INVITE);
    expect(ladder(tape).columns.map(({ heading }) => heading)).toEqual([
      'Ivan, a client',
      'switch',
      'Anna 1001',
    ]);
  });

  it('has a column for somebody whom the scenario does not know', () => {
    const tape = new SipTape().say(0, 'stranger', 'switch', 'OPTIONS sip:a SIP/2.0', INVITE);
    expect(ladder(tape).columns.map(({ id }) => id)).toEqual(['switch', 'stranger']);
  });

  it('folds registrations that went well into one line', () => {
    const tape = new SipTape().registers(0, 'anna', '1001').registers(2, 'boris', '1002');
    const [row, ...others] = ladder(tape).rows;
    expect(row).toMatchObject({ kind: 'routine', first: 0, text: 'REGISTER of Boris, Anna: ok, 8 messages' });
    expect(others).toEqual([]);
  });

  it('does not fold one that was refused', () => {
    const register = { callId: 'r1', cseq: '1 REGISTER' };
    const tape = new SipTape()
      .say(0, 'anna', 'switch', 'REGISTER sip:a SIP/2.0', register)
      .say(1, 'switch', 'anna', 'SIP/2.0 403 Forbidden', register);
    expect(ladder(tape).rows.map(({ kind }) => kind)).toEqual(['message', 'message']);
  });

  it('shows pauses of a second, and the moment at which a step failed', () => {
    const tape = new SipTape()
      .say(0, 'trunk', 'switch', 'INVITE sip:1@a SIP/2.0', INVITE)
      .say(990, 'switch', 'trunk', 'SIP/2.0 180 Ringing', INVITE)
      .say(3000, 'switch', 'trunk', 'SIP/2.0 200 OK', INVITE);
    const [step] = steps([7, 'Anna rings', 0, 2000]);
    const { rows } = ladder(tape, { steps: [{ ...step!, outcome: 'failed' }] });
    expect(rows.map((row) => (row.kind === 'pause' ? `pause ${row.lastedMs}` : row.kind))).toEqual([
      'message',
      'message',
      'pause 1010',
      'failure',
      'pause 1000',
      'message',
    ]);
  });

  it('numbers the dialogs in the order in which they appear', () => {
    const tape = new SipTape()
      .say(0, 'trunk', 'switch', 'INVITE sip:1@a SIP/2.0', INVITE)
      .say(1, 'switch', 'anna', 'INVITE sip:1001@a SIP/2.0', { callId: 'c2', cseq: '1 INVITE' })
      .say(2, 'switch', 'trunk', 'SIP/2.0 180 Ringing', INVITE);
    const dialogs = ladder(tape).rows.map((row) => (row.kind === 'message' ? row.dialog : undefined));
    expect(dialogs).toEqual([0, 1, 0]);
  });

  it('has no rows when nothing was sent, whatever failed', () => {
    const [step] = steps([7, 'Anna rings', 0, 2000]);
    expect(ladder(new SipTape(), { steps: [{ ...step!, outcome: 'failed' }] }).rows).toEqual([]);
  });
});
