/**
 * Writes all in one go; if that is refused, each by itself, so that one bad row does not cost the others.
 *
 * @param write gives the ids of those written
 * @returns what went wrong, by id; who is missing was written
 */
export async function writeEach<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  write: (items: readonly T[]) => Promise<ReadonlySet<string>>,
): Promise<ReadonlyMap<string, Error>> {
  if (items.length === 0) return new Map();
  try {
    const written = await write(items);
    return new Map(
      items
        .map(idOf)
        .filter((id) => !written.has(id))
        .map((id) => [id, new Error('another process has written what the portal holds of this call')]),
    );
  } catch (error) {
    if (items.length === 1)
      return new Map(
        items.map((item) => [idOf(item), error instanceof Error ? error : new Error(String(error))]),
      );
    const failures = new Map<string, Error>();
    for (const item of items) {
      for (const [id, failure] of await writeEach([item], idOf, write)) failures.set(id, failure);
    }
    return failures;
  }
}
