import { createHash } from 'node:crypto';
import type { PortalReply } from '../http/wire';
import { html, Html } from './html';
import { SCRIPT } from './script';
import { callBox } from './sections/call-box';
import { head } from './sections/head';
import { limitsSection } from './sections/limits';
import { complaintsSection, eventsSection, requestsSection } from './sections/logs';
import { screensSection } from './sections/screens';
import { timelineSection } from './sections/timeline';
import { STYLE } from './style';
import type { PortalView } from './view/portal-view';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Their text is what the policy has the hash of, to the last blank. */
const STYLE_TAG = new Html(`<style>${STYLE}</style>`);
const SCRIPT_TAG = new Html(`<script>${SCRIPT}</script>`);

/** Nothing but this script and this style, and nothing from elsewhere, whatever gets onto the page. */
const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "connect-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * What the company sees, as one page: screens, timelines, requests, events.
 *
 * @param phones numbers of the clients, for the box that clicks one
 */
export function page(view: PortalView, phones: readonly string[]): PortalReply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
    },
    body: markup(view, phones).text,
  };
}

const markup = (view: PortalView, phones: readonly string[]): Html =>
  html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Fake portal ${new URL(view.origin).host}</title>
      ${STYLE_TAG}
      <body>
        ${head(view)}
        <main>
          <div>${complaintsSection(view)}${screensSection(view)}</div>
          <aside>${callBox(view, phones)}${limitsSection(view)}</aside>
          <div class="wide">
            ${timelineSection(view)}
            <div>${requestsSection(view)}<br />${eventsSection(view)}</div>
          </div>
        </main>
        ${SCRIPT_TAG}
      </body>
    </html> `;
