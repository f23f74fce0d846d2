import { inspect } from 'node:util';
import { Secret } from './secret';

describe('a secret', () => {
  const secret = new Secret('abc123');

  it('is given to who asks for it by name', () => expect(secret.reveal()).toBe('abc123'));

  it.each([
    ['a template', () => String(secret)],
    ['JSON', () => JSON.stringify({ secret })],
    ['the console', () => inspect({ secret }, { depth: 9, showHidden: true })],
    ['its own keys', () => JSON.stringify(Object.entries(secret))],
  ])('is not printed by %s', (_where, print) => expect(print()).not.toContain('abc123'));
});
