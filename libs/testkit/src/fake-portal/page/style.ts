/** The page's whole style: no font, no picture, nothing from elsewhere. */
export const STYLE = `
:root { --ink: #1f2a37; --dim: #6b7a8d; --line: #e3e8ee; --paper: #fff; --ground: #eef2f6;
  --good: #23a05f; --fair: #d98a12; --bad: #d2433b; --in: #1d8fd8; --out: #3b9e3f }
* { box-sizing: border-box }
body { margin: 0; font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: var(--ink); background: var(--ground) }
h1 { font-size: 20px; margin: 0 } h2 { font-size: 12px; letter-spacing: .08em; text-transform: uppercase; color: var(--dim); margin: 0 0 10px }
h3 { font-size: 15px; margin: 0 0 8px } p { margin: 0 } a { color: var(--in) }
code { font: 12.5px/1.4 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere }
.dim { color: var(--dim); font-weight: 400 } .small { font-size: 12px; overflow-wrap: anywhere }
.empty { color: var(--dim); padding: 6px 0 }
header { display: flex; flex-wrap: wrap; gap: 16px 40px; justify-content: space-between; align-items: center;
  padding: 16px 24px; background: #16324f; color: #fff }
header .dim { color: #9db6d1; font-size: 12px } header a { color: #9fd2ff } header nav { font-size: 12px; margin-top: 2px }
.counters { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 }
.counters div { background: rgba(255,255,255,.09); border-radius: 8px; padding: 6px 14px; min-width: 84px }
.counters dt { font-size: 11px; color: #b7cbe0 } .counters dd { margin: 0; font-size: 19px; font-variant-numeric: tabular-nums }
.counters .bad { background: var(--bad) } .counters .bad dt { color: #ffe2e0 }
main { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: 24px; padding: 20px 24px; align-items: start }
main > .wide { grid-column: 1 / -1; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 24px; align-items: start }
.box, table, .timeline, .screen { background: var(--paper); border-radius: 10px; box-shadow: 0 1px 2px rgba(22,50,79,.08) }
.box { padding: 14px 16px; margin-bottom: 16px }
.screens { display: grid; grid-template-columns: repeat(auto-fill, minmax(215px, 1fr)); gap: 10px; align-items: start }
.screen { padding: 10px 12px; border: 1px solid transparent } .screen.ringing { border-color: var(--in) }
.screen.away { opacity: .75 } .screen.gone { opacity: .5 }
.person { display: flex; gap: 10px; align-items: center; line-height: 1.25 } .person .dim { font-size: 12px } .person .tag { margin-left: auto }
.avatar { flex: none; width: 34px; height: 34px; border-radius: 50%; background: #d5e3f1; color: #31577c; font-weight: 600; font-size: 12px;
  display: grid; place-items: center }
.ringing .avatar { background: var(--in); color: #fff }
.card { margin-top: 9px; border-radius: 8px; padding: 8px 10px; color: #fff; background: var(--in); animation: appear .3s }
.card.outgoing { background: var(--out) } .card .small { opacity: .85 } .card .client { overflow-wrap: anywhere }
.clock { float: right; font-variant-numeric: tabular-nums } .line .clock { margin-left: auto; float: none }
.tag { font-size: 11px; font-weight: 500; border-radius: 4px; padding: 1px 6px; background: #e6ebf1; color: #51606f; white-space: nowrap }
.timeline { padding: 12px 16px; margin-bottom: 12px }
.timeline ol { list-style: none; margin: 0; padding: 0 0 0 14px; border-left: 2px solid var(--line) }
.timeline li { position: relative; padding: 4px 0 8px }
.timeline li::before { content: ''; position: absolute; left: -20px; top: 10px; width: 10px; height: 10px; border-radius: 50%; background: var(--in); border: 2px solid #fff }
.timeline li.outgoing::before { background: var(--out) }
.line { display: flex; gap: 8px; align-items: baseline } .line time { color: var(--dim); font-variant-numeric: tabular-nums }
.incoming .arrow { color: var(--in) } .outgoing .arrow { color: var(--out) } .card .arrow { color: #fff }
.outcome.good, tr.good .outcome { color: var(--good) } .outcome.fair, tr.fair .outcome { color: var(--fair) } .outcome.bad, tr.bad .outcome { color: var(--bad) }
.recording { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; margin-top: 4px; font-size: 12px; overflow-wrap: anywhere }
audio { height: 32px; width: 260px }
.transcript { margin: 6px 0 0; font-size: 13px; display: grid; grid-template-columns: max-content 1fr; gap: 2px 10px }
.transcript dt { color: var(--dim) } .transcript dd { margin: 0; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; table-layout: fixed } th, td { text-align: left; padding: 6px 10px; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
th:nth-child(3) { width: 34% } .scroll { max-height: 78vh; overflow: auto; border-radius: 10px }
th { font-size: 12px; color: var(--dim); font-weight: 500 } tr:last-child td { border-bottom: 0 }
th:first-child, .time { width: 86px; white-space: nowrap; color: var(--dim); font-variant-numeric: tabular-nums } .number { text-align: right; width: 64px; font-variant-numeric: tabular-nums }
tr.inner td:nth-child(2) { padding-left: 24px } tbody tr { animation: appear .6s }
.params, .address { white-space: nowrap; overflow: hidden; text-overflow: ellipsis } .params { font-size: 12px; color: var(--dim) }
.complaints { margin: 0 0 18px; padding: 10px 14px 10px 30px; background: #fdeceb; border-radius: 10px } .complaints b { color: var(--bad) }
form { display: grid; gap: 8px } label { display: grid; gap: 2px; font-size: 12px; color: var(--dim) }
input, select, button { font: inherit; padding: 7px 9px; border: 1px solid #c9d3dd; border-radius: 6px; background: #fff; color: var(--ink); width: 100% }
button { background: var(--out); border-color: var(--out); color: #fff; font-weight: 600; cursor: pointer } output { font-size: 12px; color: var(--dim); overflow-wrap: anywhere }
.gauge { margin-bottom: 8px; font-size: 12px; overflow-wrap: anywhere } .gauge svg { width: 100%; height: 6px; display: block; border-radius: 3px; overflow: hidden }
.gauge .all { fill: var(--line) } .gauge.good .used { fill: var(--good) } .gauge.fair .used { fill: var(--fair) } .gauge.bad .used { fill: var(--bad) }
.lost::before { content: 'The portal does not answer.'; display: block; text-align: center; padding: 6px; background: var(--bad); color: #fff }
tbody tr.again, .again .card, .again tr { animation: none }
@keyframes appear { from { opacity: .2 } }
@media (max-width: 1100px) { main, main > .wide { grid-template-columns: minmax(0, 1fr) } }
`;
