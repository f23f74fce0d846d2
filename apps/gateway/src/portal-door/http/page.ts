import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import { html, type Html } from './html';

/** Where Bitrix24 serves its library for pages in frames (BX24 JS SDK, "Connection"). */
const BX24_ORIGIN = 'https://api.bitrix24.com';

/** A small page for the frame of a portal. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** The one who may show the page in a frame; nobody unless given. */
  readonly frameOf?: string;
  /** Tells Bitrix24 that the installation is finished, which reloads the frame with the application itself. */
  readonly finishesInstall?: boolean;
}

/** Sends a page. Nothing in it runs or loads but what carries the nonce of this very answer. */
export function sendPage(response: Response, status: number, page: Page): void {
  const nonce = randomBytes(16).toString('base64');
  response
    .status(status)
    .setHeader('Content-Security-Policy', policyOf(page, nonce))
    .type('text/html; charset=utf-8')
    .send(documentOf(page, nonce).text);
}

/** X-Frame-Options is left out on purpose: it knows no list of allowed parents, and the portal is another origin. */
function policyOf({ frameOf, finishesInstall }: Page, nonce: string): string {
  return [
    `default-src 'none'`,
    `style-src 'nonce-${nonce}'`,
    ...(finishesInstall === true ? [`script-src 'nonce-${nonce}' ${BX24_ORIGIN}`] : []),
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors ${frameOf ?? `'none'`}`,
  ].join('; ');
}

function documentOf({ title, body, finishesInstall }: Page, nonce: string): Html {
  const scripts = finishesInstall === true ? finishing(nonce) : html``;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style nonce="${nonce}">
          body {
            margin: 2rem auto;
            max-width: 40rem;
            padding: 0 1rem;
            font:
              1rem/1.5 system-ui,
              sans-serif;
          }
          .ok {
            color: #1a7f37;
          }
          .red {
            color: #b42318;
          }
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}${scripts}
      </body>
    </html>`;
}

/** https://apidocs.bitrix24.com/settings/app-installation/installation-finish.html */
function finishing(nonce: string): Html {
  return html`<script nonce="${nonce}" src="${BX24_ORIGIN}/api/v1/"></script>
    <script nonce="${nonce}">
      BX24.init(function () {
        BX24.installFinish();
      });
    </script>`;
}
