import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { gatewaySettings, SettingsError } from '@app/config';
import { createLogger, NestLogger } from '@app/observability';
import { GatewayModule } from './gateway.module';

/** sysexits.h EX_CONFIG: restarting does not help, somebody has to mend the settings. */
const BAD_CONFIGURATION = 78;

async function main(): Promise<void> {
  const settings = gatewaySettings(process.env);
  const log = createLogger({ app: 'gateway', level: settings.log.level });
  const app = await NestFactory.create(GatewayModule.forRoot(settings, log), { logger: new NestLogger(log) });
  app.enableShutdownHooks();
  await app.listen(settings.ops.port, settings.ops.host);
}

main().catch((error: unknown) => {
  const isConfiguration = error instanceof SettingsError;
  process.stderr.write(
    `${isConfiguration ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(isConfiguration ? BAD_CONFIGURATION : 1);
});
