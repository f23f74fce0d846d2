/**
 * The page's whole script. Once a second it asks for the page again and takes over what has changed: `data-live` is
 * replaced as a whole, in `data-list` child by child. What somebody listens to or types in is left alone.
 */
export const SCRIPT = `
const known = new Map();
for (const node of document.querySelectorAll('[data-live], [data-list] > *')) known.set(node.id, node.outerHTML);
const isBusy = (node) =>
  [...node.querySelectorAll('audio')].some((sound) => !sound.paused) || node.contains(document.activeElement?.closest('input, select'));
function takeOver(fresh) {
  const shown = document.getElementById(fresh.id);
  if (!shown || isBusy(shown) || known.get(fresh.id) === fresh.outerHTML) return;
  known.set(fresh.id, fresh.outerHTML);
  fresh.classList.add('again');
  shown.replaceWith(fresh);
}
function takeOverList(fresh) {
  const list = document.getElementById(fresh.id);
  const wanted = [...fresh.children];
  for (const old of [...list.children])
    if (!wanted.some((child) => child.id === old.id) && !isBusy(old)) old.remove();
  let at = list.firstElementChild;
  for (const child of wanted) {
    const old = [...list.children].find((candidate) => candidate.id === child.id);
    if (!old) {
      known.set(child.id, child.outerHTML);
      list.insertBefore(child, at);
      continue;
    }
    if (old === at) at = at.nextElementSibling;
    else if (!isBusy(old)) list.insertBefore(old, at);
    takeOver(child);
  }
}
async function refresh() {
  try {
    const text = await (await fetch(location.pathname)).text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    page.querySelectorAll('[data-live]').forEach(takeOver);
    page.querySelectorAll('[data-list]').forEach(takeOverList);
    document.body.classList.remove('lost');
  } catch {
    document.body.classList.add('lost');
  }
  setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
const form = document.getElementById('click');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const say = (text) => (form.querySelector('output').textContent = text);
  try {
    const answer = await fetch('control/click', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: Number(form.userId.value), phoneNumber: form.phoneNumber.value }),
    });
    const { result, error } = await answer.json();
    say(error ?? (result.callId === null ? 'No application is chosen for calls out: nobody was told.' : 'Registered as ' + result.callId));
  } catch {
    say('The portal does not answer.');
  }
});
`;
