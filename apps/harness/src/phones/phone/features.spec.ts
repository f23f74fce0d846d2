import {
  answers,
  announcesAndRefuses,
  redirectsTo,
  refuses,
  ringsAudibly,
  saysNothing,
} from '../call/behaviour';
import { PhoneBox, talk } from '../testing/phones';
import type { Phone } from './phone';

/** Longer than the waits inside, whose messages say more. */
jest.setTimeout(20_000);

const box = new PhoneBox();
let anna: Phone;
let boris: Phone;

beforeEach(async () => {
  [anna, boris] = [await box.direct('1001'), await box.direct('1002')];
});
afterEach(() => box.close());

describe('before the answer', () => {
  it('a silent phone lets the caller know nothing but 100 Trying', async () => {
    boris.behaviour = saysNothing;
    const out = anna.call(boris.contact);
    const into = await boris.untilCalled();
    await into.answer();
    await out.untilAnswered();
    const progress = out.events.filter(({ kind }) => kind === 'progress');
    expect(progress).toMatchObject([{ statusCode: 100 }]);
  });

  it('early media is heard before the answer, the phone itself after it', async () => {
    boris.behaviour = ringsAudibly;
    const out = anna.call(boris.contact);
    await out.untilHears(425);
    expect(out.state).toMatchObject({ status: 'ringing', hasEarlyMedia: true, wasAnswered: false });
    const into = await boris.untilCalled();
    await into.answer();
    // The sound may be quicker than the answer.
    await Promise.all([out.untilAnswered(), out.untilHears(boris.toneHz), into.untilHears(anna.toneHz)]);
    expect(out.state).toMatchObject({ status: 'talking', wasAnswered: true });
  });

  it('an announcement may end in a refusal', async () => {
    boris.behaviour = announcesAndRefuses(404, 600);
    const out = anna.call(boris.contact);
    expect(await out.untilEnded()).toMatchObject({ how: 'refused', statusCode: 404 });
    expect(out.audio.heard.map(({ hz }) => hz)).toContain(950);
  });

  it.each([480, 486, 503, 603])('a call is declined with %i', async (statusCode) => {
    const out = anna.call(boris.contact);
    const into = await boris.untilCalled();
    await into.decline(statusCode);
    expect(await out.untilEnded()).toMatchObject({ how: 'refused', by: 'them', statusCode });
    expect(into.end).toMatchObject({ how: 'refused', by: 'us', statusCode });
  });

  it('the caller may give up', async () => {
    const out = anna.call(boris.contact);
    const into = await boris.untilCalled();
    await out.untilRinging();
    await out.hangUp();
    expect(await into.untilEnded()).toMatchObject({ how: 'cancelled', by: 'them' });
    expect(out.end).toMatchObject({ how: 'cancelled', by: 'us' });
  });

  it('a call is redirected to another number', async () => {
    boris.behaviour = redirectsTo('1003');
    const out = anna.call(boris.contact);
    expect(await out.untilEnded()).toMatchObject({
      how: 'redirected',
      by: 'them',
      statusCode: 302,
      target: '1003',
    });
  });

  it('a phone with one line is busy for a second caller, and takes several without that limit', async () => {
    const single = await box.direct('1004', 'tcp', { lines: 1, behaviour: answers });
    const first = anna.call(single.contact);
    await first.untilAnswered();
    expect(await anna.call(single.contact).untilEnded()).toMatchObject({ statusCode: 486 });

    boris.behaviour = answers;
    const both = [anna.call(boris.contact), anna.call(boris.contact)];
    await Promise.all(both.map((call) => call.untilHears(boris.toneHz)));
    expect(boris.openCalls).toHaveLength(2);
  });

  it('refuses after a while, if told so', async () => {
    boris.behaviour = refuses(486, { afterMs: 50 });
    const out = anna.call(boris.contact);
    await out.untilRinging();
    expect(await out.untilEnded()).toMatchObject({ statusCode: 486 });
  });
});

describe('in a talk', () => {
  it('hold silences both, and unhold brings both back', async () => {
    const { out, into } = await talk(anna, boris, boris.contact);
    await into.hold();
    await out.untilHeldByThem();
    await Promise.all([out.untilHearsNothing(), into.untilHearsNothing()]);
    expect([into.state.isHeldByUs, out.state.isHeldByThem]).toEqual([true, true]);
    await into.unhold();
    await out.untilHeldByThem(false);
    await Promise.all([out.untilHears(boris.toneHz), into.untilHears(anna.toneHz)]);
  });

  it('who has just answered may hold at once', async () => {
    const out = anna.call(boris.contact);
    const into = await boris.untilCalled();
    await into.answer();
    await into.hold();
    await out.untilHeldByThem();
    await into.unhold();
    await out.untilHears(boris.toneHz);
  });

  it('both may hold at once, and each has to end it for himself', async () => {
    const { out, into } = await talk(anna, boris, boris.contact);
    await into.hold();
    await out.hold();
    await into.unhold();
    expect(into.state.isHeldByThem).toBe(true);
    await out.unhold();
    await Promise.all([out.untilHears(boris.toneHz), into.untilHears(anna.toneHz)]);
  });

  it('digits come by INFO too', async () => {
    const { out, into } = await talk(anna, boris, boris.contact);
    await out.dial('7#', { via: 'info' });
    await into.untilDigits('7#');
    expect(into.events.filter(({ kind }) => kind === 'dtmf')).toMatchObject([
      { via: 'info' },
      { via: 'info' },
    ]);
  });

  it('digits that cannot be dialled are refused', async () => {
    const { out } = await talk(anna, boris, boris.contact);
    await expect(out.dial('12x')).rejects.toThrow('"12x" cannot be dialled');
  });

  it('one-way sound is seen as what it is', async () => {
    const { out, into } = await talk(anna, boris, boris.contact);
    out.play([{ hz: [], ms: 20 }]);
    await into.until('hears silence', () => into.audio.state === 'silence');
    expect([into.audio.state, out.audio.state]).toEqual(['silence', 'sound']);
  });
});

describe('transfers', () => {
  let clara: Phone;
  beforeEach(async () => (clara = await box.direct('1003')));

  it('blind: the far end calls the third, and the first is out of it', async () => {
    const { out, into } = await talk(anna, boris, boris.contact);
    const transferred = into.transfer(clara.contact);
    const third = await clara.untilCalled();
    await third.answer();
    await transferred;
    await third.untilHears(anna.toneHz);
    const follow = anna.openCalls[0]!;
    await follow.untilHears(clara.toneHz);
    expect([into.end, await out.untilEnded()]).toMatchObject([{ by: 'us' }, { by: 'them' }]);
    const progress = into.events.filter(({ kind }) => kind === 'transfer-progress');
    expect(progress).toMatchObject([{ statusCode: 100 }, { statusCode: 180 }, { statusCode: 200 }]);
  });

  it('blind, to somebody who is busy: the talk goes on', async () => {
    clara.behaviour = refuses(486);
    const { out, into } = await talk(anna, boris, boris.contact);
    await expect(into.transfer(clara.contact)).rejects.toThrow(/transferring 1002#1 to .*: refused with 486/);
    expect([into.end, out.end]).toEqual([undefined, undefined]);
    await out.untilHears(boris.toneHz);
  });

  it("attended: the talk with the third becomes the far end's", async () => {
    const { out, into } = await talk(anna, boris, boris.contact);
    await into.hold();
    const { out: consultation, into: third } = await talk(boris, clara, clara.contact);
    await into.transferTo(consultation);
    expect(await third.untilEnded()).toMatchObject({ how: 'replaced' });
    const [joined] = clara.openCalls;
    await joined!.untilHears(anna.toneHz);
    await anna.openCalls[0]!.untilHears(clara.toneHz);
    expect((await consultation.untilEnded()).by).toBe('them');
    expect((await out.untilEnded()).by).toBe('them');
  });
});
