import fc from 'fast-check';
import { MalformedEventError } from './errors';
import { percentDecode, plainEvent } from './plain-event';
import { capturedBodies } from './testing/frames';

describe('plainEvent', () => {
  it.each(['inbound-answered-caller-hangs-up', 'caller-name-injection'] as const)(
    'reads the events of %s as the json connection of the same call gave them',
    (call) => {
      const parsed = capturedBodies(call, 'json').map((body) => JSON.parse(body.toString('utf8')) as unknown);
      const plain = capturedBodies(call, 'plain').map((body) => plainEvent(body).toRecord());

      expect(plain).toEqual(parsed);
    },
  );

  it('reads _undef_ as empty and ARRAY:: as a list', () => {
    const event = plainEvent('Event-Name: CUSTOM\nempty: _undef_\nlist: ARRAY%3A%3Aa%7C%3Ab%20c\n\n');

    expect([event.get('empty'), event.getAll('list'), event.get('list')]).toEqual(['', ['a', 'b c'], 'a']);
  });

  it('takes the last of a repeated header, as JSON.parse does', () => {
    expect(plainEvent('Event-Name: E\nHangup-Cause: A\nHangup-Cause: B\n\n').get('Hangup-Cause')).toBe('B');
  });

  it('cuts the inner body by bytes and leaves it undecoded', () => {
    expect(plainEvent('Event-Name: E\nContent-Length: 7\n\nЁ%20\n\n..').body).toBe('Ё%20\n\n');
  });

  it('refuses text without a name', () => {
    expect(() => plainEvent('Core-UUID: 1\n\n')).toThrow(MalformedEventError);
  });
});

describe('percentDecode', () => {
  it('undoes the encoding of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(percentDecode(encodeURIComponent(text))).toBe(text);
      }),
    );
  });

  it('never throws, whatever a caller put into his name', () => {
    const signs = fc.string({ unit: fc.constantFrom('%', 'D', '0', 'g', '\u00d0', 'Ё', ' ') });
    fc.assert(
      fc.property(signs, (text) => {
        expect(typeof percentDecode(text)).toBe('string');
      }),
    );
  });

  it.each([
    ['100%', '100%'],
    ['%zz%41', '%zzA'],
    ['%D0', '\ufffd'],
    ['Ё%D0%81%FF', 'ЁЁ\ufffd'],
  ])('%s', (encoded, text) => {
    expect(percentDecode(encoded)).toBe(text);
  });
});
