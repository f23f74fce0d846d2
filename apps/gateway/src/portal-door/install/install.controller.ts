import { Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { sendPage } from '../http/page';
import { bodyOf } from '../http/request-facts';
import { KnownApps } from '../known-apps';
import { decodeBody } from '../wire/decode-body';
import { readInstallClaim } from './claim';
import { installPage } from './install-page';
import { InstallPortal } from './install-portal';

/** "Initial installation path" of a local application, "Application installer URL" of one of the Market. */
@Controller('bitrix24/:installKey/install')
export class InstallController {
  constructor(
    private readonly apps: KnownApps,
    private readonly installer: InstallPortal,
  ) {}

  /** Shows an administrator who tries the address that it is the right one, and Bitrix24 that it is reachable. */
  @Get()
  @Header('Content-Type', 'text/plain')
  async look(@Param('installKey') installKey: string): Promise<string> {
    await this.apps.byKey(installKey);
    return 'This address is for Bitrix24: enter it in the form of your application.';
  }

  /** ONAPPINSTALL is answered with JSON, the first opening in a frame with a page that finishes the installation. */
  @Post()
  @HttpCode(200)
  async install(
    @Param('installKey') installKey: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const app = await this.apps.byKey(installKey);
    const claim = readInstallClaim(decodeBody(bodyOf(request), request.headers['content-type'], ['form']));
    const installation = await this.installer.install(app, claim);
    if (claim.by === 'frame') sendPage(response, 200, installPage(installation));
    else response.json({ status: 'success' });
  }
}
