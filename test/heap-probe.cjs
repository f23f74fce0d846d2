/**
 * Preloaded into a process (NODE_OPTIONS=--expose-gc --require ...) whose memory a test wants to know: on SIGWINCH, which
 * nobody else listens to, it collects garbage and appends the bytes that are left on the heap to HEAP_PROBE_FILE.
 */
const { appendFileSync } = require('node:fs');

process.on('SIGWINCH', () => {
  globalThis.gc();
  appendFileSync(process.env.HEAP_PROBE_FILE, `${process.memoryUsage().heapUsed}\n`);
});
