import { eventDay } from './event-day';
import { contentHashOf, fingerprintOf } from './fingerprint';

const event = {
  name: 'ONAPPTEST',
  ts: 1_773_236_988,
  handlerId: '7',
  data: { a: ['1', { b: '2', c: null }] },
};

describe('the fingerprint of an event', () => {
  it('does not depend on the order of its fields', () => {
    expect(fingerprintOf({ ...event, data: { a: ['1', { c: null, b: '2' }] } })).toBe(fingerprintOf(event));
  });

  it.each([
    { data: { a: [{ b: '2', c: null }, '1'] } },
    { data: { a: ['1', { b: '2' }] } },
    { data: {} },
    { ts: undefined },
    { handlerId: undefined },
    { name: 'ONUSERADD' },
  ])('is another one for %j', (changes) => {
    expect(fingerprintOf({ ...event, ...changes })).not.toBe(fingerprintOf(event));
  });

  it('about a call does not depend on when and for which binding it was sent', () => {
    const click = { ...event, data: { CALL_ID: 'externalCall.1', USER_ID: '1' } };
    expect(fingerprintOf({ ...click, ts: 1, handlerId: '8' })).toBe(fingerprintOf(click));
    const another = { ...click, data: { CALL_ID: 'externalCall.2', USER_ID: '1' } };
    expect(fingerprintOf(another)).not.toBe(fingerprintOf(click));
    expect(fingerprintOf({ ...click, name: 'ONVOXIMPLANTCALLEND' })).not.toBe(fingerprintOf(click));
  });

  it('takes data of any kind', () => {
    expect(new Set([null, 'x', 1, [], {}].map((data) => fingerprintOf({ name: 'X', data }))).size).toBe(5);
  });
});

describe('the content of an event', () => {
  const content = (data: unknown) => contentHashOf({ name: 'X', data });

  it.each([
    [{ USER_ID: 12 }, { USER_ID: '12' }],
    [{ a: '', b: null, c: false, d: [], e: {} }, {}],
    [{ list: ['x', 'y'] }, { list: { 0: 'x', 1: 'y' } }],
    [false, []],
  ])('is the same for %j and %j', (one, other) => {
    expect(content(one)).toBe(content(other));
  });

  it.each([
    [{ CRM_ENTITY_ID: 0 }, {}],
    [{ PHONE_NUMBER: '+7' }, { PHONE_NUMBER: '7' }],
    [{ list: ['x', 'y'] }, { list: ['y', 'x'] }],
  ])('is not the same for %j and %j', (one, other) => {
    expect(content(one)).not.toBe(content(other));
  });
});

describe('the day of an event', () => {
  const noon = Date.UTC(2026, 10, 22, 12);
  const at = (days: number) => (noon + days * 86_400_000) / 1000;

  it.each([
    ['that it says', at(-1), '2026-11-21'],
    ['that it says, a week late', at(-7), '2026-11-15'],
    ['of its arrival when that is too long ago', at(-8), '2026-11-22'],
    ['of its arrival when it comes from the future', at(2), '2026-11-22'],
    ['of its arrival when it does not say', undefined, '2026-11-22'],
  ])('is the one %s', (_what, ts, day) => {
    expect(eventDay(ts, noon)).toBe(day);
  });
});
