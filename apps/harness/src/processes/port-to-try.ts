/**
 * Below the ports that the system gives to whoever asks for any (32768 on Linux): one of those can be taken by the next
 * connection that somebody makes, before its program listens on it. Also below the ports for media (16384).
 */
const FIRST = 10_000;
const LAST = 16_383;
const given = new Set<number>();

/** A port that this process has not had before, and that nobody is likely to use. */
export function portToTry(): number {
  if (given.size > LAST - FIRST) given.clear();
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}
