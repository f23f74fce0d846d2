/** Pieces of which hostile fields are made: what means something to FreeSWITCH, to PHP, to a parser of numbers. */
const PIECES = [
  ...Array.from('{}[]<>,|^\'"\\$&()=%;:*#+- \n\r\t\0/@!~`?'),
  '^^:',
  ':_:',
  '${',
  '${system(id)}',
  '$${domain}',
  '{origination_uuid=1}',
  'user/1002@pbx.internal',
  ',sofia/gateway/trunk/88005553535',
  '|loopback/911',
  ' &hangup',
  ' &bridge(user/1002)',
  'origination_nested_vars=true',
  ' XML default',
  '\\n\\nbgapi originate',
  'undef',
  '+7 916 123-45-67',
  '8(495)1234567',
  '+1 (650) 253-0000',
  'доб. 12',
  ' ext. 77',
  'tel:+74951234567;phone-context=+7',
  '＋７９１６１２３４５６７',
  '٠١٢٣٤٥٦٧٨٩',
  '1001',
  '0',
  '1',
  '7',
  '79161234567',
  'Анна',
  '\u202e',
  '\ud800',
  '💥',
  'a',
  'line-1',
];

/** Numbers that follow from a seed (mulberry32), so that a failure can be repeated. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The data of an ONEXTERNALCALLSTART, every field of it a stranger's; now and then a number is a real one. */
export function hostileClick(random: (below: number) => number): Record<string, unknown> {
  const text = (most = 6) =>
    Array.from({ length: random(most + 1) }, () => PIECES[random(PIECES.length)]).join('');
  const number = () =>
    random(2) === 0 ? `+7916${1_000_000 + random(8_999_999)}${random(3) === 0 ? text(2) : ''}` : text();
  return {
    PHONE_NUMBER: number() || '1',
    PHONE_NUMBER_INTERNATIONAL: number(),
    EXTENSION: text(),
    USER_ID: random(9) === 0 ? text() : String(random(50)),
    CALL_LIST_ID: random(2) === 0 ? text() : random(99),
    LINE_NUMBER: random(4) === 0 ? text() : ['line-1', ''][random(2)],
    IS_MOBILE: random(2) === 0 ? text() : random(2),
    CALL_ID: text(),
    CRM_ENTITY_TYPE: text(2),
    CRM_ENTITY_ID: random(9),
    TEXT: text(10),
    // What a portal's users write into their profiles, and an administrator into the directory.
    extensionOfUser: random(3) === 0 ? text(2) : '1001',
    domainOfUser: random(3) === 0 ? text(2) : 'pbx.internal',
  };
}
