import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestLogger } from '@app/observability';
import { mostBodyBytes } from './door-settings';
import { FailureBudget } from './http/failure-budget';
import { limitFailedInstalls } from './http/limit-failed-installs';
import { traceRequests } from './http/trace-requests';
import { PortalDoorModule, type DoorParts } from './portal-door.module';

/** A request that is not complete by then is cut off; ms. A portal's events are a few kB. */
const REQUEST_MS = 30_000;

/** Where the door listens. */
export interface DoorAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Makes the door, ready to listen. It reads bodies as bytes and decodes them itself: limits and errors are those of this
 * file's neighbours, not of a body parser's defaults.
 */
export async function createPortalDoor(parts: DoorParts): Promise<NestExpressApplication> {
  const { log, settings } = parts;
  const door = await NestFactory.create<NestExpressApplication>(PortalDoorModule.forRoot(parts), {
    logger: new NestLogger(log),
    bodyParser: false,
    abortOnError: false,
  });
  door.set('trust proxy', [...settings.trustedProxies]);
  door.disable('x-powered-by');
  door.disable('etag');
  door.use(traceRequests(log));
  const { failedInstalls: failures, forgivenMs } = settings;
  door.use(limitFailedInstalls(new FailureBudget({ failures, forgivenMs })));
  door.useBodyParser('raw', { type: () => true, limit: mostBodyBytes, inflate: false });
  door.getHttpServer().requestTimeout = REQUEST_MS;
  return door;
}

/**
 * The door as a part of the gateway: opens when the gateway has started, and is closed, with its last requests answered,
 * before the gateway lets go of database and queue.
 */
export class PublicDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private door?: NestExpressApplication;

  constructor(
    private readonly parts: DoorParts,
    private readonly address: DoorAddress,
  ) {}

  /** Whether it takes requests. */
  get isOpen(): boolean {
    return this.door !== undefined;
  }

  async onApplicationBootstrap(): Promise<void> {
    const door = await createPortalDoor(this.parts);
    await door.listen(this.address.port, this.address.host);
    this.door = door;
    this.parts.log.info({ ...this.address }, 'the public door is open');
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { door } = this;
    this.door = undefined;
    await door?.close();
  }
}
