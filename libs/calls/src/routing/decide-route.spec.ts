import { people, rang, someLine, someSight } from '../testing/lines';
import type { Agent } from './agent';
import { decideRoute, type RouteDecision } from './decide-route';

const who = (decision: RouteDecision): unknown => {
  if (decision.step !== 'ring') return decision.step;
  return decision.target.kind === 'agents' ? decision.target.extensions : decision.target.number;
};

describe('simultaneous', () => {
  const line = someLine({ strategy: 'simultaneous' });

  it('rings everybody who is free, and says why the others do not ring', () => {
    const agents = people({ '1001': 'busy', '1002': 'free', '1003': 'free', '1004': 'away' });
    expect(decideRoute(line, someSight({ agents }))).toEqual({
      step: 'ring',
      target: { kind: 'agents', extensions: ['1002', '1003'] },
      seconds: 20,
      why: 'queue',
      passedOver: [
        { extension: '1001', why: 'busy' },
        { extension: '1004', why: 'away' },
      ],
    });
  });

  it('rings again until the time is over, without those who have declined', () => {
    const rings = [rang(['1001', '1002', '1003'], { seconds: 55, refusedBy: ['1002'] })];
    const next = decideRoute(line, someSight({ rings }));
    expect(next).toMatchObject({ seconds: 5, passedOver: [{ extension: '1002', why: 'refused' }] });
    expect(who(next)).toEqual(['1001', '1003']);
  });
});

describe('sequential', () => {
  const line = someLine({ members: [{ extension: '1001' }, { extension: '1002', seconds: 7 }] });
  const agents: Agent[] = [
    { extension: '1001', state: 'free' },
    { extension: '1002', state: 'free', seconds: 7 },
  ];

  it('rings one after another, each for his own time, and begins again', () => {
    const first = decideRoute(line, someSight({ agents }));
    expect([who(first), first]).toMatchObject([['1001'], { seconds: 5 }]);
    const second = decideRoute(line, someSight({ agents, rings: [rang(['1001'])] }));
    expect([who(second), second]).toMatchObject([['1002'], { seconds: 7 }]);
    const third = decideRoute(line, someSight({ agents, rings: [rang(['1001']), rang(['1002'])] }));
    expect(who(third)).toEqual(['1001']);
  });

  it('passes over who is busy, and rings him when he has come free meanwhile', () => {
    const busy = people({ '1001': 'busy', '1002': 'free' });
    expect(who(decideRoute(line, someSight({ agents: busy })))).toEqual(['1002']);
    expect(who(decideRoute(line, someSight({ agents, rings: [rang(['1002'])] })))).toEqual(['1001']);
  });
});

describe('longest-idle and round-robin', () => {
  it('rings first who has had no talk for longest', () => {
    const agents: Agent[] = [
      { extension: '1001', state: 'free', idleSince: 2_000 },
      { extension: '1002', state: 'free', idleSince: 1_000 },
      { extension: '1003', state: 'free', idleSince: 3_000 },
    ];
    const line = someLine({ strategy: 'longest-idle' });
    expect(who(decideRoute(line, someSight({ agents })))).toEqual(['1002']);
    expect(who(decideRoute(line, someSight({ agents, rings: [rang(['1002'])] })))).toEqual(['1001']);
  });

  it('takes who never talked for the idlest', () => {
    const agents: Agent[] = [
      { extension: '1001', state: 'free', idleSince: 1 },
      { extension: '1002', state: 'free' },
    ];
    expect(who(decideRoute(someLine({ strategy: 'longest-idle' }), someSight({ agents })))).toEqual(['1002']);
  });

  it('begins after the member who rang last for the caller before', () => {
    const line = someLine({ strategy: 'round-robin' });
    expect(who(decideRoute(line, someSight()))).toEqual(['1001']);
    expect(who(decideRoute(line, someSight({ lastOfLine: '1001' })))).toEqual(['1002']);
    expect(who(decideRoute(line, someSight({ lastOfLine: '1003' })))).toEqual(['1001']);
    expect(who(decideRoute(line, someSight({ lastOfLine: 'gone' })))).toEqual(['1001']);
  });
});

describe('responsible-then-queue', () => {
  const line = someLine({ strategy: 'responsible-then-queue' });
  const responsible: Agent = { extension: '1009', state: 'free' };

  it('rings the client’s own manager, then the queue', () => {
    const first = decideRoute(line, someSight({ responsible }));
    expect([who(first), first]).toMatchObject([['1009'], { why: 'responsible', seconds: 15 }]);
    const rings = [rang(['1009'], { why: 'responsible' })];
    expect(who(decideRoute(line, someSight({ responsible, rings })))).toEqual(['1001', '1002', '1003']);
  });

  it.each(['busy', 'away', 'off-duty'] as const)('rings the queue at once when he is %s', (state) => {
    const decision = decideRoute(line, someSight({ responsible: { extension: '1009', state } }));
    expect(who(decision)).toEqual(['1001', '1002', '1003']);
    expect(decision.passedOver).toEqual([{ extension: '1009', why: state }]);
  });

  it('rings the queue for a stranger', () => {
    expect(who(decideRoute(line, someSight()))).toEqual(['1001', '1002', '1003']);
  });

  it('rings a manager again as a member of the queue, unless he has declined', () => {
    const member: Agent = { extension: '1001', state: 'free' };
    const unanswered = [rang(['1001'], { why: 'responsible' })];
    expect(who(decideRoute(line, someSight({ responsible: member, rings: unanswered })))).toContain('1001');
    const declined = [rang(['1001'], { why: 'responsible', refusedBy: ['1001'] })];
    expect(who(decideRoute(line, someSight({ responsible: member, rings: declined })))).toEqual([
      '1002',
      '1003',
    ]);
  });
});

describe('external-forward', () => {
  const line = someLine({ strategy: 'external-forward', members: [], forwardTo: '+79161111111' });

  it('rings the number once, and then the caller goes where the line sends him', () => {
    const first = decideRoute(line, someSight({ agents: [] }));
    expect([who(first), first]).toMatchObject(['+79161111111', { seconds: 30, why: 'forward' }]);
    const rings = [rang([], { target: { kind: 'number', number: '+79161111111' }, why: 'forward' })];
    expect(decideRoute(line, someSight({ agents: [], rings }))).toMatchObject({
      step: 'leave',
      why: 'nobody-answered',
      to: line.whenUnanswered,
    });
  });
});

describe('where a caller goes whom nobody can take', () => {
  const line = someLine();

  it('waits for somebody to come free, but not longer than the line says', () => {
    const patient = someLine({ seconds: { ...line.seconds, wait: 90 } });
    const agents = people({ '1001': 'busy', '1002': 'away' });
    expect(decideRoute(patient, someSight({ agents }))).toMatchObject({ step: 'wait', seconds: 90 });
    expect(decideRoute(patient, someSight({ agents, waitedSeconds: 60 }))).toMatchObject({ seconds: 30 });
    expect(decideRoute(patient, someSight({ agents, waitedSeconds: 90 }))).toMatchObject({
      step: 'leave',
      why: 'all-busy',
      to: line.whenBusy,
    });
  });

  it('does not wait for people without a phone, nor for those who have declined', () => {
    const agents = people({ '1001': 'away', '1002': 'off-duty' });
    expect(decideRoute(line, someSight({ agents }))).toMatchObject({ step: 'leave', why: 'nobody-there' });
    const declined = people({ '1001': 'busy' });
    const rings = [rang(['1001'], { refusedBy: ['1001'] })];
    expect(decideRoute(line, someSight({ agents: declined, rings }))).toMatchObject({
      why: 'nobody-answered',
    });
  });

  it('goes elsewhere when phones have rung long enough', () => {
    const rings = [rang(['1001'], { seconds: 60 })];
    expect(decideRoute(line, someSight({ rings }))).toMatchObject({
      step: 'leave',
      why: 'nobody-answered',
      to: line.whenUnanswered,
    });
  });

  it('goes where the line sends callers outside of working hours; one who came in time is served', () => {
    const hours = {
      timeZone: 'Europe/Moscow',
      open: [{ days: [1] as const, from: '09:00', until: '18:00' }],
      holidays: [],
    };
    const at = (time: string) => decideRoute({ ...line, hours }, someSight({ cameAt: Date.parse(time) }));
    expect(at('2026-11-23T15:00:00Z')).toMatchObject({ step: 'leave', why: 'closed', to: line.whenClosed });
    expect(at('2026-11-23T14:59:59Z')).toMatchObject({ step: 'ring' });
  });
});
