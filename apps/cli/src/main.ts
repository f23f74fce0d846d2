import { runCli } from './cli';
import { processTerminal } from './terminal/process-terminal';

/** `doctor`, `portals ...`, `call`; `--env-file PATH` before them reads settings out of a file, as docker compose does. */
async function main(): Promise<void> {
  const [first, file, ...rest] = process.argv.slice(2);
  const hasFile = first === '--env-file' && file !== undefined;
  if (hasFile) process.loadEnvFile(file);
  const args = hasFile ? rest : process.argv.slice(2);
  // Whatever of drivers and sockets is still open: the command is over.
  process.exit(await runCli(args, process.env, processTerminal()));
}

void main();
