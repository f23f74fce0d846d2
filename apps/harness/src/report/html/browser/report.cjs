// The only script of the report. It runs in the browser, straight from the page: filters, packed details, the cursor
// in time, and the text of a message beside its ladder. The page can be read without it.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- filters ---

  const form = document.querySelector('.filters');
  const scenarios = all('.scenario').map((element) => ({
    element,
    outcome: element.dataset.outcome,
    tags: element.dataset.tags.split('\n'),
    text: element.querySelector('summary').textContent.toLowerCase(),
  }));

  function filter() {
    const chosen = new FormData(form);
    const [outcomes, tags] = [chosen.getAll('outcome'), chosen.getAll('tag')];
    const words = chosen.get('text').toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, outcome, tags: own, text } of scenarios) {
      const fits =
        outcomes.includes(outcome) &&
        (tags.length === 0 || tags.some((tag) => own.includes(tag))) &&
        words.every((word) => text.includes(word));
      element.hidden = !fits;
      if (fits) shown += 1;
    }
    form.querySelector('output').textContent = `${shown} of ${scenarios.length}`;
    document.querySelector('.none').hidden = shown > 0;
  }

  form.hidden = false;
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  filter();

  // --- details that were packed ---

  async function unpack(scenario) {
    const template = scenario.querySelector('template.packed');
    if (!template) return;
    const inside = scenario.querySelector('.inside');
    try {
      const bytes = Uint8Array.from(atob(template.content.textContent), (letter) => letter.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
      inside.innerHTML = await new Response(stream).text();
    } catch (error) {
      inside.querySelector('.unpacking').textContent = `The details could not be unpacked: ${error.message}`;
    }
  }

  // --- the cursor: one moment in every picture of a scenario ---

  const SVG = 'http://www.w3.org/2000/svg';

  function timelineOf(scenario) {
    const pane = scenario.querySelector('.timeline');
    if (!pane) return undefined;
    const [from, to, x0, x1] = ['from', 'to', 'x0', 'x1'].map((key) => Number(pane.dataset[key]));
    const perMs = (x1 - x0) / (to - from);
    const svgs = all('.top svg, .body svg', pane);
    const lines = svgs.map((svg) => {
      const line = document.createElementNS(SVG, 'line');
      line.setAttribute('class', 'cursor-line');
      line.setAttribute('y1', 0);
      line.setAttribute('y2', svg.getAttribute('height'));
      svg.append(line);
      return line;
    });
    const namesWidth = pane.querySelector('.left').offsetWidth;
    return {
      pane,
      namesWidth,
      from,
      to,
      x: (ms) => x0 + (ms - from) * perMs,
      ms: (x) => from + (x - x0) / perMs,
      lines,
      svgs,
    };
  }

  function whatHolds(timeline, ms) {
    const bars = all('[data-from]', timeline.svgs[1]);
    return bars
      .filter(({ dataset }) => Number(dataset.from) <= ms && ms < Number(dataset.to))
      .map((bar) => bar.dataset.say);
  }

  function prepare(scenario) {
    if (scenario.dataset.ready) return;
    scenario.dataset.ready = 'yes';
    const timeline = timelineOf(scenario);
    const rows = all('.ladder a[data-at]', scenario);
    const panel = scenario.querySelector('.cursor');
    const slider = panel?.querySelector('input');

    function moveTo(ms, { scroll = false } = {}) {
      if (!timeline) return;
      const moment = Math.min(timeline.to, Math.max(timeline.from, ms));
      const x = timeline.x(moment);
      for (const line of timeline.lines) {
        line.setAttribute('x1', x);
        line.setAttribute('x2', x);
      }
      slider.value = moment;
      const text = `${(moment / 1000).toFixed(3)} s`;
      panel
        .querySelector('output')
        .replaceChildren(
          Object.assign(document.createElement('b'), { textContent: text }),
          ...whatHolds(timeline, moment).map((what) =>
            Object.assign(document.createElement('span'), { textContent: what }),
          ),
        );
      const now = rows.findLast(({ dataset }) => Number(dataset.at) <= moment);
      rows.forEach((row) => row.classList.toggle('now', row === now));
      if (now) bringIntoView(now);
      if (scroll) timeline.pane.scrollLeft = x - (timeline.pane.clientWidth - timeline.namesWidth) / 2;
    }

    /** Scrolls the ladder alone: the page stays where it is. */
    function bringIntoView(row) {
      const pane = row.closest('.ladder');
      const [inside, outside] = [row.getBoundingClientRect(), pane.getBoundingClientRect()];
      const isVisible = inside.top >= outside.top + 40 && inside.bottom <= outside.bottom;
      if (!isVisible) pane.scrollTop += inside.top - outside.top - outside.height / 2;
    }

    function showMessage(row) {
      const message = document.getElementById(row.getAttribute('href').slice(1));
      const box = scenario.querySelector('.message-text');
      if (!message || !box) return;
      box.hidden = false;
      box.querySelector('pre').textContent = message.querySelector('pre').textContent;
      rows.forEach((other) => other.classList.toggle('chosen', other === row));
    }

    if (timeline) {
      panel.hidden = false;
      Object.assign(slider, { min: timeline.from, max: timeline.to });
      slider.addEventListener('input', () => moveTo(Number(slider.value)));
      const body = timeline.svgs[1];
      const follow = (event) => moveTo(timeline.ms(event.clientX - body.getBoundingClientRect().left));
      body.addEventListener('pointermove', follow);
      body.addEventListener('pointerdown', follow);
      const failed = scenario.querySelector('.wrong .at');
      moveTo(failed ? Number(failed.dataset.at) : 0, { scroll: true });
    }
    for (const row of rows) {
      row.addEventListener('click', (event) => {
        event.preventDefault();
        showMessage(row);
        moveTo(Number(row.dataset.at), { scroll: true });
      });
    }
    for (const place of all('.at, tr[data-at]', scenario)) {
      if (place.dataset.at === '') continue;
      place.addEventListener('click', () => moveTo(Number(place.dataset.at), { scroll: true }));
    }
    const first = rows.find((row) => !row.classList.contains('routine')) ?? rows[0];
    const last = scenario.classList.contains('failed') && rows.find((row) => row.classList.contains('now'));
    if (first) showMessage(last || first);
  }

  async function open(scenario) {
    await unpack(scenario);
    prepare(scenario);
  }

  for (const { element } of scenarios) {
    element.addEventListener('toggle', () => element.open && open(element));
    if (element.open) open(element);
  }

  // --- links into the page ---

  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = document.getElementById(id);
    const scenario = target?.closest('.scenario');
    if (!scenario) return;
    scenario.open = true;
    target.scrollIntoView();
  }
  addEventListener('hashchange', follow);
  follow();
})();
