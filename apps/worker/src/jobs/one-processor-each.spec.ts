import { assertOneProcessorEach } from './one-processor-each';

const [a, b] = [{ name: 'a' }, { name: 'b' }];

it('is content when every queue has its processor', () => {
  expect(() => assertOneProcessorEach([a, b], [b, a])).not.toThrow();
});

it.each([
  ['a queue without a processor', [a, b], [a], /: b$/],
  ['a queue with two', [a, b], [a, b, b], /: b$/],
  ['a processor without a queue', [a], [a, b], /: b$/],
  ['nothing but queues', [a, b], [], /: a, b$/],
])('refuses %s', (_what, queues, processed, message) => {
  expect(() => assertOneProcessorEach(queues, processed)).toThrow(message);
});
