import { html } from '../html';
import type { Html } from '../html';
import type { PortalView } from '../view/portal-view';
import type { CardView, ScreenView } from '../view/screens';
import { initials, minutes } from '../words';

/** One screen per employee; who has a card open stands out. */
export function screensSection({ users, now }: PortalView): Html {
  return html`<section>
    <h2>Screens</h2>
    <div class="screens" id="screens" data-list>${users.map((user) => screen(user, now))}</div>
  </section>`;
}

function screen(user: ScreenView, now: number): Html {
  const mood = user.active ? (user.workday === 'OPENED' ? '' : 'away') : 'gone';
  return html`<article class="screen ${mood} ${user.cards.length > 0 && 'ringing'}" id="user-${user.id}">
    <div class="person">
      <span class="avatar">${initials(user.name)}</span>
      <span
        ><b>${user.name}</b><br /><span class="dim"
          >${user.extension ?? 'no extension'} · id ${user.id}</span
        ></span
      >
      ${presence(user)}
    </div>
    ${user.cards.map((card) => callCard(card, now))}
  </article>`;
}

function presence({ active, workday }: ScreenView): Html | false {
  if (!active) return html`<span class="tag">dismissed</span>`;
  return workday !== 'OPENED' && html`<span class="tag">${workday.toLowerCase()}</span>`;
}

function callCard(card: CardView, now: number): Html {
  const seconds = Math.max(0, Math.round((now - card.shownAt) / 1000));
  return html`<div class="card ${card.direction}" title="${card.callId}">
    <div>
      <span class="arrow">${card.direction === 'incoming' ? '↙' : '↗'}</span> <b>+${card.phone}</b>
      <span class="clock">${minutes(seconds)}</span>
    </div>
    <div class="client">${card.client === '' ? 'unknown caller' : card.client}</div>
    <div class="small">${card.direction} · by ${card.by}${card.line !== null && ` · ${card.line}`}</div>
  </div>`;
}
