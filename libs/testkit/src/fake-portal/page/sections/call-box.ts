import { html } from '../html';
import type { Html } from '../html';
import type { PortalView } from '../view/portal-view';

/** Clicks a number as somebody. It is not replaced while the page lives: what is typed stays. */
export function callBox({ users, clients }: PortalView, phones: readonly string[]): Html {
  const known = [...new Set([...clients.flatMap((client) => client.phones), ...phones])];
  return html`<section class="box">
    <h2>Click to call</h2>
    <form id="click">
      <label
        >as
        <select name="userId">
          ${users
            .filter(({ active }) => active)
            .map(
              ({ id, name, extension }) => html`<option value="${id}">${extension ?? '–'} ${name}</option>`,
            )}
        </select>
      </label>
      <label
        >number
        <input name="phoneNumber" list="known" placeholder="+44 20 7946 0101" autocomplete="off" required />
      </label>
      <datalist id="known">${known.map((phone) => html`<option value="${phone}"></option>`)}</datalist>
      <button>Call</button>
      <output></output>
    </form>
  </section>`;
}
