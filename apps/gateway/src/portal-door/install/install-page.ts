import { html } from '../http/html';
import type { Page } from '../http/page';
import type { Installation } from './install-portal';

/** What the administrator sees for the moment until Bitrix24 reloads the frame. */
export function installPage({ outcome, origin }: Installation): Page {
  const words =
    outcome === 'unchanged'
      ? 'This portal is connected already. Nothing was changed.'
      : 'The portal is connected. Its lines and users are being read now.';
  return {
    title: 'FreeSWITCH connector',
    body: html`<p class="ok">${words}</p>
      <p>If this page stays, open the application again.</p>`,
    frameOf: origin,
    finishesInstall: true,
  };
}
