import { html } from '../html';
import type { Html } from '../html';
import type { PortalView } from '../view/portal-view';

/** So many methods are shown. */
const METHODS = 5;

/** How full the bucket of each source address is, and what is used up of the operating time. */
export function limitsSection({ limits: { rate, buckets, operating } }: PortalView): Html {
  return html`<section class="box" id="limits" data-live>
    <h2>Limits</h2>
    ${rate === null && html`<p class="empty">No rate limit.</p>`}
    ${rate !== null && buckets.length === 0 && html`<p class="empty">Nobody has called yet.</p>`}
    ${
      rate !== null &&
      buckets.map(({ source, level }) =>
        gauge(
          source,
          level,
          rate.threshold,
          `${level.toFixed(1)} of ${rate.threshold}, drains ${rate.leakPerSecond}/s`,
        ),
      )
    }
    ${operating.used
      .slice(0, METHODS)
      .map(({ key, seconds }) =>
        gauge(
          methodAndApp(key),
          seconds,
          operating.limitSeconds,
          `${seconds.toFixed(2)} of ${operating.limitSeconds} s`,
        ),
      )}
  </section>`;
}

/** `user.get 3` -> user.get · app 3 */
const methodAndApp = (key: string): string => key.replace(' ', ' · app ');

function gauge(name: string, value: number, full: number, text: string): Html {
  const percent = Math.min(100, Math.round((100 * value) / full));
  const mood = percent >= 90 ? 'bad' : percent >= 60 ? 'fair' : 'good';
  return html`<div class="gauge ${mood}">
    <div><span>${name}</span> <span class="dim">${text}</span></div>
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="${percent}%">
      <rect class="all" width="100" height="6"></rect>
      <rect class="used" width="${percent}" height="6"></rect>
    </svg>
  </div>`;
}
