/** Runs one compiled benchmark in a process of its own, so that none warms up or slows down another. */
const { default: bench } = await import(process.argv[2]);
await bench.run();
