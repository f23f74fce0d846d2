import { isOver, type Call } from '../call';
import { callFacts } from '../call-facts';
import { desiredPortalCalls } from '../portal/desired-portal-calls';
import { nextStep } from '../portal/next-step';
import { beginStep, endStep, untouched } from '../portal/portal-call';
import { Switchboard } from '../switchboard';
import { officePolicy } from '../testing/office';
import { story, STORY_BEGINS, type Story } from '../testing/story';
import type { Click, ClickTrouble } from './click';
import { callOfClick } from './click-call';

const CLICK: Click = {
  kind: 'click',
  portalId: 'acme',
  portalCallId: 'externalCall.1',
  userId: 77,
  phone: { kind: 'extension', extension: '1001', domain: 'office.example' },
  number: '+79161234567',
  agentUuid: '1001-clicked',
};
const POLICY = officePolicy({ notices: 'en' });

/** The board with the call of a click, after a story. */
function afterClick(told: Story | undefined, changes: Partial<Click> = {}) {
  const board = new Switchboard({ callIdFor: (uuid) => `made-for-${uuid}` });
  const moment = { at: STORY_BEGINS - 1_000, seq: 0 };
  let { call } = callOfClick({
    callId: 'click-call',
    switchId: 'fs1',
    click: { ...CLICK, ...changes },
    moment,
  });
  board.expectClick(call);
  const keep = (taken: readonly { call: Call }[]) => {
    call = taken.find((change) => change.call.callId === 'click-call')?.call ?? call;
  };
  for (const seen of told?.observations ?? []) keep(board.take(seen).changes);
  return {
    board,
    get call() {
      return call;
    },
    end(trouble: ClickTrouble, hangupCause?: string) {
      keep(board.endClick('click-call', { trouble, hangupCause }, STORY_BEGINS + 5_000));
    },
  };
}

/** Every step until there is none, all of them done. */
function filing(call: Call): string[] {
  const steps: string[] = [];
  let known = untouched(call);
  for (;;) {
    const desired = desiredPortalCalls(call, POLICY)[0];
    const step = desired && nextStep(desired, known, STORY_BEGINS);
    if (!step) return steps;
    const code = step.kind === 'finish' ? ` ${step.portalCallId} ${step.statusCode} for ${step.userId}` : '';
    const words = step.kind === 'notify' ? ` ${step.userId}: ${step.message}` : '';
    const about = step.kind === 'register' ? ` ${step.type} for ${step.userId}` : '';
    steps.push(`${step.kind}${code}${words}${about}`);
    const answer =
      step.kind === 'register'
        ? { kind: 'registered' as const, portalCallId: 'new' }
        : { kind: 'done' as const };
    known = endStep(beginStep(known, step, STORY_BEGINS), step, answer);
  }
}

const byId = { callId: 'click-call' };

describe('the call of a click', () => {
  it('is there before any channel, and goes on', () => {
    const { call, board } = afterClick(undefined);
    expect(isOver(call)).toBe(false);
    expect(board.awaitsChannel('click-call')).toBe(true);
    expect(filing(call)).toEqual([]);
  });

  it('shows the card while the phone of who clicked rings, and is finished under the click', () => {
    const told = story().originates('1001-clicked', undefined, byId).rings('1001-clicked');
    expect(filing(afterClick(told).call)).toEqual(['show']);
    told
      .wait(2)
      .answers('1001-clicked')
      .dialsFor('client', { linkedTo: ['1001-clicked'] })
      .rings('client');
    told.talk('1001-clicked', 'client').wait(60).hangsUp('client').areDropped('1001-clicked');
    expect(filing(afterClick(told).call)).toEqual(['finish externalCall.1 200 for 77']);
  });

  it('knows the mobile of its user for his phone', () => {
    const told = story().originates('1001-clicked', undefined, {
      ...byId,
      origin: { party: { kind: 'outside' } },
    });
    told.answers('1001-clicked').dialsFor('client', { linkedTo: ['1001-clicked'] });
    const { call } = afterClick(told, { phone: { kind: 'mobile', number: '+79160000012' } });
    expect(callFacts(call, 0)).toMatchObject({
      direction: 'outbound',
      clickToCall: true,
      extension: '+79160000012',
    });
  });

  it.each<[ClickTrouble, string | undefined, string, RegExp]>([
    ['unreachable', 'USER_NOT_REGISTERED', '480', /not connected/],
    ['unreachable', undefined, '480', /could not be connected/],
    ['switch-away', undefined, '503', /exchange does not answer/],
    ['stale', undefined, '603-S', /too late/],
    ['not-dialable', undefined, '404', /not a phone number/],
    ['not-allowed', undefined, '403', /not allowed/],
    ['too-many-calls', undefined, '486', /as many calls/],
    ['lost', undefined, 'OTHER', /restarted/],
  ])(
    'that comes to nothing (%s %s) is finished once with %s, and its user is told',
    (trouble, cause, code, words) => {
      const clicked = afterClick(undefined);
      clicked.end(trouble, cause);
      clicked.end('lost');
      const [finish, notify, ...more] = filing(clicked.call);
      expect([finish, more]).toEqual([`finish externalCall.1 ${code} for 77`, []]);
      expect(notify).toMatch(/^notify 77: Your call to \+79161234567 did not come about\./);
      expect(notify).toMatch(words);
    },
  );

  it('that is refused and of which the portal knows nothing is only told of', () => {
    const clicked = afterClick(undefined, { portalCallId: undefined });
    clicked.end('stale');
    expect(filing(clicked.call)).toEqual([expect.stringMatching(/^notify 77/)]);
  });

  it('that a visitor asked for is filed as TYPE 4, also when nobody could be called', () => {
    const clicked = afterClick(undefined, { kind: 'callback', portalCallId: undefined });
    clicked.end('nobody');
    expect(filing(clicked.call).slice(0, 2)).toEqual(['register 4 for 77', 'finish new 480 for 77']);
  });

  it('is decided by its channel, whatever the command answers', () => {
    const told = story().originates('1001-clicked', undefined, byId).rings('1001-clicked').wait(3);
    told.ends('1001-clicked', 'CALL_REJECTED', { sipStatus: 603, endedBy: 'phone' });
    const clicked = afterClick(told);
    clicked.end('unreachable', 'CALL_REJECTED');
    // She declined: she knows.
    expect(filing(clicked.call)).toEqual(['finish externalCall.1 603 for 77']);
  });

  it('that was given up for lost takes its channel when it comes after all', () => {
    const clicked = afterClick(undefined);
    clicked.end('lost');
    expect(isOver(clicked.call)).toBe(true);
    const [seen] = story().originates('1001-soft', undefined, byId).observations;
    const { changes } = clicked.board.take(seen!);
    expect(changes.map(({ call }) => [call.callId, isOver(call)])).toEqual([['click-call', false]]);
  });

  it('without a channel is ended when the switch shows none', () => {
    const { board } = afterClick(undefined);
    expect(board.endClicksWithoutChannel('switch-away', STORY_BEGINS, 0)).toEqual([]);
    const [change] = board.endClicksWithoutChannel('lost', STORY_BEGINS);
    expect(change?.call.click?.ended?.trouble).toBe('lost');
    expect(board.endClicksWithoutChannel('lost', STORY_BEGINS)).toEqual([]);
  });
});
