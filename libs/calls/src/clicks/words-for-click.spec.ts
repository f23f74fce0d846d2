import type { Click } from './click';
import { wordsForClick } from './words-for-click';

const CLICK: Click = { kind: 'click', portalId: 'p', userId: 1, number: '+79161234567', agentUuid: 'u' };

it('speaks the language of the portal', () => {
  const busy = { outcome: 'busy', statusCode: '486' } as const;
  expect(wordsForClick(CLICK, busy, 'ru')).toBe('Звонок на +79161234567 не состоялся. Номер занят.');
  expect(wordsForClick(CLICK, busy, 'en')).toBe(
    'Your call to +79161234567 did not come about. The number is busy.',
  );
});

it.each(['answered', 'cancelled', 'agent-declined'] as const)(
  'says nothing of what the user knows: %s',
  (outcome) => {
    expect(wordsForClick(CLICK, { outcome, statusCode: '603-S' }, 'en')).toBeUndefined();
  },
);

it('tells of a restart in the midst of it', () => {
  const lost = { outcome: 'lost', statusCode: 'OTHER' } as const;
  expect(wordsForClick(CLICK, lost, 'en')).toContain('was restarted meanwhile');
});

it('repeats nothing of a number but digits and what is between them', () => {
  const click = { ...CLICK, number: '[url=https://evil.example]1[/url]\n{x}' };
  expect(wordsForClick(click, { outcome: 'failed', statusCode: '404' }, 'en')).toContain('to .1 did');
});
