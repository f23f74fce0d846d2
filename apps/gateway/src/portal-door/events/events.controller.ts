import { Controller, Get, Header, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { DoorContext } from '../door-context';
import { bodyOf } from '../http/request-facts';
import { KnownApps } from '../known-apps';
import type { PortalApp } from '../ports';
import { refusalOf } from '../refusal';
import { DOOR_CONTEXT } from '../tokens';
import { decodeBody } from '../wire/decode-body';
import { readPortalEvent, type PortalEvent } from './portal-event';
import { ReceiveEvents } from './receive-events';

/** The handler that the worker binds the portal's events to. */
@Controller('bitrix24/:installKey/events')
export class EventsController {
  constructor(
    private readonly apps: KnownApps,
    private readonly events: ReceiveEvents,
    @Inject(DOOR_CONTEXT) private readonly context: DoorContext,
  ) {}

  /** Bitrix24 asks for handlers to be reachable by GET too. */
  @Get()
  @Header('Content-Type', 'text/plain')
  async look(@Param('installKey') installKey: string): Promise<string> {
    await this.apps.byKey(installKey);
    return 'This address is for Bitrix24.';
  }

  /** 200 as soon as the event is stored, or was stored before. */
  @Post()
  @HttpCode(200)
  async receive(@Param('installKey') installKey: string, @Req() request: Request): Promise<string> {
    const receivedAt = Date.now();
    let name = 'unknown';
    try {
      const app = this.apps.byKey(installKey);
      const event = await this.read(request, app);
      name = event.name;
      await this.events.receive(app, event, receivedAt);
      return 'ok';
    } catch (error) {
      if (refusalOf(error).status >= 500) this.reportLoss(name);
      throw error;
    }
  }

  /** What cannot be read at an address that does not exist is not found, like everything else there. */
  private async read(request: Request, app: Promise<PortalApp>): Promise<PortalEvent> {
    try {
      return readPortalEvent(decodeBody(bodyOf(request), request.headers['content-type']));
    } catch (error) {
      await app;
      throw error;
    }
  }

  /** The portal sends every event once, whatever it is answered (Bitrix24 contract, section 9). */
  private reportLoss(event: string): void {
    this.context.metrics.eventsLost.inc();
    this.context.log.error(
      { event },
      event === 'ONEXTERNALCALLBACKSTART'
        ? 'an event of a portal could not be stored; its twin in the offline queue of the portal will bring it back'
        : 'an event of a portal could not be stored and will not come again',
    );
  }
}
