import { html, type Html } from '../http/html';
import type { Page } from '../http/page';
import type { AddressRules, KnownPortal } from '../ports';
import { portalOriginOf } from '../trusted-addresses';

const TITLE = 'FreeSWITCH connector';

/** What everybody in the portal may know: is the telephony connected, and if not, who has to do what. */
export function appPage(portal: KnownPortal, rules: AddressRules): Page {
  return {
    title: TITLE,
    body: portal.status === 'ok' ? html`<p class="ok">This portal is connected.</p>` : trouble(portal),
    frameOf: portalOriginOf(portal.endpoint, rules),
  };
}

/** For somebody who opens the address outside of a portal. */
export function outsidePage(): Page {
  return { title: TITLE, body: html`<p>Open this application inside Bitrix24.</p>` };
}

function trouble({ reason, whatToDo }: KnownPortal): Html {
  return html`<p class="red">This portal is not connected: calls wait and will be filed later.</p>
    <p>${reason ?? 'The reason is not known.'}</p>
    <p>${whatToDo ?? 'Ask an administrator of the portal to reinstall the application.'}</p>`;
}
