import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { SettingsError, workerSettings } from '@app/config';
import { createLogger, NestLogger } from '@app/observability';
import { WorkerModule } from './worker.module';

/** sysexits.h EX_CONFIG: restarting does not help, somebody has to mend the settings. */
const BAD_CONFIGURATION = 78;

async function main(): Promise<void> {
  const settings = workerSettings(process.env);
  const log = createLogger({ app: 'worker', level: settings.log.level });
  const dieWithoutFence = (error: Error): never => {
    log.fatal(
      { err: error },
      'the fence of the calls is lost: another worker may take them, so this one ends',
    );
    // No orderly shutdown: it would go on with calls that are no longer ours.
    process.exit(1);
  };
  const module = WorkerModule.forRoot(settings, log, dieWithoutFence);
  const app = await NestFactory.create(module, { logger: new NestLogger(log), abortOnError: false });
  app.enableShutdownHooks();
  await app.listen(settings.ops.port, settings.ops.host);
}

main().catch((error: unknown) => {
  const isConfiguration = error instanceof SettingsError;
  const text = isConfiguration ? error.message : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${text}\n`);
  process.exit(isConfiguration ? BAD_CONFIGURATION : 1);
});
