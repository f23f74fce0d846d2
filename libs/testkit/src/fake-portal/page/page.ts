/**
 * What the company sees, as one page without a framework: it polls `/state` once a second. Every value gets onto it as
 * text, never as markup, so nothing that a caller sends can become a script.
 */
export const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Fake portal</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 1rem; color: #223; background: #f4f6f8 }
  #users { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem }
  .user { background: #fff; border-radius: 6px; padding: .5rem; min-height: 4.5rem }
  .user.away { opacity: .45 }
  .card { background: #2fc6f6; color: #fff; border-radius: 4px; padding: .3rem .5rem; margin-top: .3rem }
  .card.outgoing { background: #7bb800 }
  table { border-collapse: collapse; width: 100%; background: #fff }
  th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid #e4e8ec }
  small { color: #789 } .card small { color: #fff }
</style>
<h1>Fake portal <small id="summary"></small></h1>
<h2>Screens</h2>
<div id="users"></div>
<h2>Filed calls</h2>
<table>
  <thead><tr><th>Start<th>Direction<th>Number<th>Client<th>Employee<th>Talk, s<th>Result<th>Recording</tr></thead>
  <tbody id="filed"></tbody>
</table>
<h2>Clients</h2>
<div id="clients"></div>
<h2>Requests</h2>
<table><tbody id="log"></tbody></table>
<h2>Events</h2>
<table><tbody id="events"></tbody></table>
<script>
  const at = (id) => document.getElementById(id);
  function element(tag, className, ...children) {
    const node = document.createElement(tag);
    node.className = className;
    node.append(...children.map((child) => (child instanceof Node ? child : String(child ?? ''))));
    return node;
  }
  function card(call, now) {
    const seconds = Math.max(0, Math.round((now - call.shownAt) / 1000));
    const more = element('small', '', call.client || 'unknown client', ' · ', seconds, ' s');
    return element('div', 'card ' + call.direction, call.phone, element('br', ''), more);
  }
  function user(person, now) {
    const title = element('strong', '', person.extension ?? '-', ' ', person.name);
    const cards = person.cards.map((call) => card(call, now));
    return element('div', person.active ? 'user' : 'user away', title, ...cards);
  }
  function row(call) {
    const result = call.statusCode + (call.reason ? ' ' + call.reason : '');
    const cells = [call.startedAt, call.direction, call.phone, call.client, call.user, call.seconds, result];
    return element('tr', '', ...[...cells, call.recording].map((cell) => element('td', '', cell)));
  }
  function cells(...texts) {
    return element('tr', '', ...texts.map((text) => element('td', '', text)));
  }
  const time = (ms) => new Date(ms).toISOString().slice(11, 19);
  function client(person) {
    const title = element('h3', '', person.name, ' ', element('small', '', person.phones.join(', ')));
    return element('section', '', title, element('table', '', ...person.calls.map(row)));
  }
  async function refresh() {
    try {
      const state = await (await fetch('state')).json();
      at('users').replaceChildren(...state.users.map((person) => user(person, state.now)));
      at('filed').replaceChildren(...state.filed.map(row));
      at('clients').replaceChildren(...state.clients.map(client));
      const method = (entry) => (entry.inBatch === undefined ? '' : 'batch: ') + entry.method;
      at('log').replaceChildren(
        ...state.log.map((entry) => cells(time(entry.at), method(entry), entry.outcome, entry.fault)),
      );
      at('events').replaceChildren(
        ...state.events.map((entry) => cells(time(entry.at), entry.event, entry.handler, entry.outcome)),
      );
      const calls = state.filed.length + ' filed';
      at('summary').textContent = [calls, state.requests + ' requests', state.violations + ' complaints'].join(', ');
    } catch {
      at('summary').textContent = 'no connection';
    }
    setTimeout(refresh, 1000);
  }
  refresh();
</script>
</html>
`;
