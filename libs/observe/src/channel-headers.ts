/** A header of an event or of a `uuid_dump`, by its exact FreeSWITCH name. */
export type ReadHeader = (name: string) => string | undefined;

/** A variable of the channel. Empty ones and FreeSWITCH's `_undef_` count as absent. */
export function variable(read: ReadHeader, name: string): string | undefined {
  return present(read(`variable_${name}`));
}

/** A header that is there and says something. */
export function present(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === '_undef_' ? undefined : value;
}

/** `Caller-Channel-*-Time`: microseconds since 1970 as text, 0 for "not yet". Milliseconds here. */
export function timeHeader(read: ReadHeader, name: string): number | undefined {
  const text = read(name);
  const microseconds = text !== undefined && /^\d{1,17}$/.test(text) ? Number(text) : 0;
  return microseconds > 0 ? Math.floor(microseconds / 1000) : undefined;
}
