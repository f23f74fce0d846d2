interface Named {
  readonly name: string;
}

/**
 * Whoever adds a queue and forgets its processor finds out at the next start, and not when jobs have piled up.
 *
 * @throws Error naming the queues that have no processor, or more than one
 */
export function assertOneProcessorEach(queues: readonly Named[], processed: readonly Named[]): void {
  const wrong = [...queues, ...processed].filter(
    ({ name }) => count(queues, name) !== 1 || count(processed, name) !== 1,
  );
  if (wrong.length === 0) return;
  const names = [...new Set(wrong.map(({ name }) => name))].join(', ');
  throw new Error(`every queue needs exactly one processor; see: ${names}`);
}

function count(list: readonly Named[], name: string): number {
  return list.filter((one) => one.name === name).length;
}
