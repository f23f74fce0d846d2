import { html } from '../html';
import type { Html } from '../html';
import type { PortalView } from '../view/portal-view';
import { timeOfDay } from '../words';

/** Name, clock, counters, and the way to the neighbours. */
export function head(view: PortalView): Html {
  const onScreen = view.users.reduce((sum, { cards }) => sum + cards.length, 0);
  return html`<header id="head" data-live>
    <div class="who">
      <h1>Fake portal</h1>
      <p>${new URL(view.origin).host} <span class="dim">member_id ${view.memberId}</span></p>
      ${view.portals.length > 1 && neighbours(view)}
    </div>
    <dl class="counters">
      ${counter('portal clock', timeOfDay(view.now))} ${counter('on screens', onScreen)}
      ${counter('in progress', view.inProgress)} ${counter('filed', view.filed.length)}
      ${counter('requests', view.requests)}
      ${counter('complaints', view.violations, view.violations > 0 ? 'bad' : 'good')}
    </dl>
  </header>`;
}

const counter = (name: string, value: string | number, mood = ''): Html =>
  html`<div class="${mood}">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;

function neighbours({ portals, origin }: PortalView): Html {
  const links = portals.map((address) =>
    address === origin
      ? html`<b>${new URL(address).host}</b> `
      : html`<a href="${address}/">${new URL(address).host}</a> `,
  );
  return html`<nav>${links}</nav>`;
}
