import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { sendPage } from '../http/page';
import { bodyOf } from '../http/request-facts';
import { KnownApps } from '../known-apps';
import type { AddressRules } from '../ports';
import { ADDRESS_RULES } from '../tokens';
import { decodeBody } from '../wire/decode-body';
import { AppOpening } from './app-opening';
import { appPage, outsidePage } from './app-page';

/** "Your handler path" of a local application, "Application URL" of one of the Market: its page in the portal. */
@Controller('bitrix24/:installKey/app')
export class AppController {
  constructor(
    private readonly apps: KnownApps,
    private readonly opening: AppOpening,
    @Inject(ADDRESS_RULES) private readonly rules: AddressRules,
  ) {}

  /** Outside of a portal there is nothing to see. */
  @Get()
  async look(@Param('installKey') installKey: string, @Res() response: Response): Promise<void> {
    await this.apps.byKey(installKey);
    sendPage(response, 200, outsidePage());
  }

  /** Inside of one: is it connected. */
  @Post()
  @HttpCode(200)
  async open(
    @Param('installKey') installKey: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const app = await this.apps.byKey(installKey);
    const tree = decodeBody(bodyOf(request), request.headers['content-type'], ['form']);
    const portal = await this.opening.portalOf(app, tree);
    sendPage(response, 200, appPage(portal, this.rules));
  }
}
