import { Subscription } from './subscription';

function words(text: string): string[] {
  return text.split(' ');
}

describe('a subscription', () => {
  it('is to the names given, and of CUSTOM events to the subclasses given', () => {
    const subscription = new Subscription(undefined);
    subscription.subscribe(words('json CHANNEL_CREATE no_such custom fifo::info callcenter::info'));
    expect(subscription.format).toBe('json');
    expect(subscription.hears('CHANNEL_CREATE')).toBe(true);
    expect(subscription.hears('CHANNEL_ANSWER')).toBe(false);
    expect(subscription.hears('CUSTOM', 'fifo::info')).toBe(true);
    expect(subscription.hears('CUSTOM', 'sofia::register')).toBe(false);
  });

  it('grows with every event command, and takes the newest format', () => {
    const subscription = new Subscription(undefined);
    subscription.subscribe(words('plain CHANNEL_CREATE'));
    expect(subscription.subscribe(words('json NO_SUCH_EVENT'))).toBe('-ERR no keywords supplied');
    expect(subscription.subscribe(words('DTMF'))).toBe('+OK event listener enabled json');
    expect(subscription.hears('CHANNEL_CREATE') && subscription.hears('DTMF')).toBe(true);
  });

  it('to ALL hears everything, and all but what is nixed', () => {
    const subscription = new Subscription(undefined);
    subscription.subscribe(words('json ALL'));
    expect(subscription.hears('CUSTOM', 'any::thing')).toBe(true);
    subscription.unsubscribe(words('CHANNEL_STATE'));
    expect(subscription.hears('CHANNEL_STATE')).toBe(false);
    expect(subscription.hears('CHANNEL_ANSWER')).toBe(true);
    expect(subscription.hears('CUSTOM', 'any::thing')).toBe(true);
    subscription.unsubscribe(words('ALL'));
    expect(subscription.hears('CHANNEL_ANSWER')).toBe(false);
  });

  it('loses a subclass, and not the others, by nixevent CUSTOM', () => {
    const subscription = new Subscription(undefined);
    subscription.subscribe(words('CUSTOM a::b c::d'));
    subscription.unsubscribe(words('CUSTOM a::b'));
    expect(subscription.hears('CUSTOM', 'a::b')).toBe(false);
    expect(subscription.hears('CUSTOM', 'c::d')).toBe(true);
  });

  it('ends by noevents, once', () => {
    const subscription = new Subscription(undefined);
    expect(subscription.clear()).toBe('-ERR not listening for events');
    subscription.subscribe(words('ALL'));
    expect(subscription.clear()).toBe('+OK no longer listening for events');
    expect(subscription.hears('HEARTBEAT')).toBe(false);
  });

  it('of a limited login is refused whole if one name is not allowed', () => {
    const subscription = new Subscription(new Set(['CHANNEL_CREATE', 'CUSTOM', 'a::b']));
    expect(subscription.subscribe(words('json CHANNEL_CREATE DTMF'))).toBe('-ERR permission denied');
    expect(subscription.subscribe(words('json CUSTOM c::d'))).toBe('-ERR permission denied');
    expect(subscription.subscribe(words('json ALL'))).toBe('-ERR permission denied');
    expect(subscription.hears('CHANNEL_CREATE')).toBe(false);
    expect(subscription.subscribe(words('json CHANNEL_CREATE CUSTOM a::b'))).toMatch(/^\+OK/);
  });

  describe('with filters', () => {
    const BUSY = { 'Event-Name': 'CHANNEL_HANGUP', 'Hangup-Cause': 'USER_BUSY', 'Unique-ID': 'b' };
    const CLEAR = { 'Event-Name': 'CHANNEL_HANGUP', 'Hangup-Cause': 'NORMAL_CLEARING', 'Unique-ID': 'a' };

    function filtered(...filters: string[]): Subscription {
      const subscription = new Subscription(undefined);
      subscription.subscribe(words('json CHANNEL_HANGUP'));
      filters.forEach((filter) => subscription.filters.command(words(filter)));
      return subscription;
    }

    it('hears the union of them', () => {
      const subscription = filtered('Hangup-Cause user_busy', 'add unique-id a');
      expect([BUSY, CLEAR].map((event) => subscription.wants(event))).toEqual([true, true]);
      expect(subscription.wants({ ...CLEAR, 'Unique-ID': 'c' })).toBe(false);
      expect(subscription.wants({ ...BUSY, 'Event-Name': 'CHANNEL_ANSWER' })).toBe(false);
    });

    it('does not hear what one of them excludes, and nothing at all when all exclude', () => {
      expect(filtered('Hangup-Cause /_/', 'Unique-ID -b').wants(BUSY)).toBe(false);
      expect(filtered('Hangup-Cause /_/', 'Unique-ID -b').wants(CLEAR)).toBe(true);
      expect(filtered('Unique-ID -b').wants(CLEAR)).toBe(false);
    });

    it('hears all again when they are deleted', () => {
      const byValue = filtered('Unique-ID a', 'Unique-ID x', 'Event-Name NONE');
      byValue.filters.command(words('delete unique-id a'));
      expect(byValue.wants(CLEAR)).toBe(false);
      byValue.filters.command(words('delete Unique-ID'));
      byValue.filters.command(words('delete Event-Name'));
      expect(byValue.wants(CLEAR)).toBe(true);
      const all = filtered('Unique-ID x');
      all.filters.command(words('delete all'));
      expect(all.wants(CLEAR)).toBe(true);
    });
  });
});
