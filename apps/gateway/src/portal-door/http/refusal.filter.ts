import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { DoorContext } from '../door-context';
import type { AddressRules } from '../ports';
import { refusalOf, type Refusal } from '../refusal';
import { claimedPortalOrigin } from '../trusted-addresses';
import { html } from './html';
import { sendPage } from './page';
import { addressOf, doorOf, requestIdOf } from './request-facts';

/**
 * Answers whatever was refused. A program learns the status and the id of its request, nothing about why; a person in
 * front of a frame reads what to do. The reason goes to the log and the metrics.
 */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(
    private readonly context: DoorContext,
    private readonly rules: AddressRules,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const refusal = refusalOf(thrown);
    this.report(refusal, request, response);
    if (response.headersSent) {
      response.end();
      return;
    }
    if (request.accepts(['json', 'html']) === 'html') this.sendPage(refusal, request, response);
    else response.status(refusal.status).json({ status: refusal.status, requestId: requestIdOf(response) });
  }

  private report(refusal: Refusal, request: Request, response: Response): void {
    const { reason, message, cause, status } = refusal;
    const { log, metrics } = this.context;
    const door = doorOf(request);
    metrics.refusals.inc({ door, reason });
    const facts = { requestId: requestIdOf(response), door, address: addressOf(request), reason: message };
    const told = cause === undefined ? facts : { ...facts, err: cause };
    if (status >= 500) log.error(told, 'a request could not be served');
    else if (door === 'other') log.debug(told, 'a request went astray');
    else log.warn(told, 'a request was refused');
  }

  /** The frame's own word for its portal is good enough here: the page holds no secret and no button. */
  private sendPage(refusal: Refusal, request: Request, response: Response): void {
    sendPage(response, refusal.status, {
      title: 'Not connected',
      body: html`<p class="red">${refusal.words}</p>
        <p>Request ${requestIdOf(response)}</p>`,
      frameOf: claimedPortalOrigin(request.query['DOMAIN'], this.rules),
    });
  }
}
