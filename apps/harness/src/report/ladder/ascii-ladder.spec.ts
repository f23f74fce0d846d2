import { answeredCall } from '../testing/answered-call';
import { BORIS, SWITCH, TRUNK } from '../testing/build';
import { cardLeftOpen } from '../testing/card-left-open';
import { columnsOf } from '../text/columns';
import { SipTape } from '../testing/sip-tape';
import { asciiLadder } from './ascii-ladder';
import { ladderOf, type LadderRow } from './ladder';

describe('the ladder in ASCII', () => {
  it('tells an answered call', () => {
    expect(`\n${asciiLadder(ladderOf(answeredCall()))}\n`).toBe(`
      s   Ivan, a client                    switch                       Anna 1001
 -0.420    REGISTER of Anna: ok, 4 messages
  0.014          |- INVITE 74951234567 (SDP) ->|                             |
  0.017          |<-------- 100 Trying --------|                             |
  0.052          |                             |---- INVITE 1001 (SDP) ----->|
  0.058          |                             |<-------- 100 Trying --------|
  0.063          |                             |<-------- 180 Ringing -------|
  0.071          |<-------- 180 Ringing -------|                             |
                 :                             :                             :  (1.2 s later)
  1.268          |                             |<------- 200 OK (SDP) -------|
  1.272          |                             |----------- ACK ------------>|
  1.281          |<------- 200 OK (SDP) -------|                             |
  1.290          |----------- ACK ------------>|                             |
                 :                             :                             :  (3.0 s later)
  4.310          |----------- BYE ------------>|                             |
  4.313          |<------- 200 OK (BYE) -------|                             |
  4.318          |                             |------ BYE (cause 16) ------>|
  4.324          |                             |<------- 200 OK (BYE) -------|
`);
  });

  it('shows where a step failed', () => {
    expect(`\n${asciiLadder(ladderOf(cardLeftOpen()))}\n`).toBe(`
      s   Ivan, a client             switch                Anna 1001             Boris 1002              Vera 1003
 -0.610    REGISTER of Anna, Boris, Vera: ok, 12 messages
  0.012          | INVITE 74951234568 ->|                      |                      |                      |
  0.015          |<----- 100 Trying ----|                      |                      |                      |
  0.060          |                      |- INVITE 1001 (SDP) ->|                      |                      |
  0.064          |                      |------------ INVITE 1002 (SDP) ------------->|                      |
  0.068          |                      |------------------------ INVITE 1003 (SDP) ------------------------>|
  0.096          |                      |<---- 180 Ringing ----|                      |                      |
  0.105          |                      |<---------------- 180 Ringing ---------------|                      |
  0.114          |                      |<--------------------------- 180 Ringing ---------------------------|
  0.131          |< 183 Session Progre~ |                      |                      |                      |
                 :                      :                      :                      :                      :  (2.2 s later)
  2.290          |                      |<--------------------------- 603 Decline ---------------------------|
  2.296          |                      |------------------------------- ACK ------------------------------->|
  3.012          |                      |<--------------- 200 OK (SDP) ---------------|                      |
  3.016          |                      |------------------- ACK -------------------->|                      |
  3.021          |                      | CANCEL (cause 200) ->|                      |                      |
  3.026          |                      |<-- 200 OK (CANCEL) --|                      |                      |
  3.029          |                      |< 487 Request Termin~ |                      |                      |
  3.033          |                      |-------- ACK -------->|                      |                      |
  3.036          |<---- 200 OK (SDP) ---|                      |                      |                      |
  3.042          |-------- ACK -------->|                      |                      |                      |
                 :                      :                      :                      :                      :  (1.0 s later)
  4.062 !! line 14 failed: Anna has no card within 1s
                 :                      :                      :                      :                      :  (2.1 s later)
  6.130 !! line 15 failed: Boris hears the client, and the client hears Boris, for 2s
  6.148          |                      |<----------- INVITE switch (hold) -----------|                      |
  6.157          |                      |--------------- 200 OK (SDP) --------------->|                      |
  6.160          |                      |<-------------------- ACK -------------------|                      |
                 :                      :                      :                      :                      :  (1.0 s later)
  7.196          |                      |<-------------------- BYE -------------------|                      |
  7.201          |                      |--------------- 200 OK (BYE) --------------->|                      |
  7.209          |<--- BYE (cause 16) --|                      |                      |                      |
  7.711          |<---- BYE (repeat) ---|                      |                      |                      |
  7.722          |--- 200 OK (BYE) ---->|                      |                      |                      |
`);
  });

  it('points from who sent to who got it', () => {
    const tape = new SipTape()
      .say(0, 'trunk', 'boris', 'BYE sip:1@a SIP/2.0', { callId: 'c', cseq: '1 BYE' })
      .say(1, 'boris', 'trunk', 'SIP/2.0 200 OK', { callId: 'c', cseq: '1 BYE' });
    const [, there, back] = asciiLadder(
      ladderOf({ actors: [TRUNK, SWITCH, BORIS], messages: tape.messages, steps: [] }),
    ).split('\n');
    expect(there).toMatch(/\|-+ BYE -+>\|$/);
    expect(back).toMatch(/\|<-+ 200 OK \(BYE\) -+\|$/);
  });

  it('keeps within the width it is given, unless there are too many columns for it', () => {
    const lines = asciiLadder(ladderOf(cardLeftOpen()), { width: 90 }).split('\n');
    const ofMessages = lines.filter((line) => !line.includes('!!') && !line.includes('later'));
    expect(Math.max(...ofMessages.map(columnsOf))).toBeLessThanOrEqual(90);
  });

  it('leaves out what is far from the failure when there is too much', () => {
    const rows: LadderRow[] = Array.from({ length: 200 }, (_, i) =>
      i === 120
        ? { kind: 'failure', atMs: i, text: 'line 9 failed' }
        : {
            kind: 'message',
            atMs: i,
            index: i,
            from: 0,
            to: 1,
            dialog: 0,
            glance: 'request',
            label: `M${i}`,
          },
    );
    const columns = [
      { id: 'a', heading: 'a' },
      { id: 'b', heading: 'b' },
    ];
    const text = asciiLadder({ columns, rows }, { maxRows: 40 });
    expect(text.split('\n').length).toBeLessThanOrEqual(42);
    expect(text).toContain(' M0 ');
    expect(text).toContain(' M119 ');
    expect(text).toContain('line 9 failed');
    expect(text).toMatch(/\.\.\. \d+ lines left out/);
  });

  it('says so when there is nothing', () => {
    expect(asciiLadder({ columns: [], rows: [] })).toBe('(no SIP messages)');
  });
});
