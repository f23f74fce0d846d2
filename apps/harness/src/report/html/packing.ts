import { deflateSync } from 'node:zlib';
import type { RunRecord, ScenarioRecord } from '../run-record';
import { OUTCOME_KINDS } from '../totals';
import { html, type Html } from './html';
import { scenarioBody } from './scenario';

/**
 * So much of the page is plain HTML, characters. It is enough for some fifty scenarios; beyond it a browser needs seconds
 * to read the page, and the details of further scenarios are packed: the script unpacks each when it is opened.
 */
export const MOST_PLAIN_CHARACTERS = 4_000_000;

/**
 * What is inside of each scenario, in their order: plain as long as there is room, for the bad ones first. Plain details
 * can be read where scripts are forbidden.
 */
export function scenarioBodies({ scenarios }: RunRecord, room: number): Html[] {
  const bodies = new Map<ScenarioRecord, Html>();
  let left = room;
  for (const scenario of worstFirst(scenarios)) {
    const body = scenarioBody(scenario);
    left -= body.text.length;
    bodies.set(scenario, left >= 0 ? body : packed(body));
  }
  return scenarios.map((scenario) => bodies.get(scenario) ?? html``);
}

export function worstFirst(scenarios: readonly ScenarioRecord[]): ScenarioRecord[] {
  return OUTCOME_KINDS.flatMap((kind) => scenarios.filter(({ outcome }) => outcome.kind === kind));
}

/** HTML as deflated base64 in a template: text that costs the browser nothing until it is wanted. */
function packed(body: Html): Html {
  const base64 = deflateSync(body.text).toString('base64');
  return html`<template class="packed">${base64}</template>
    <p class="unpacking">
      The details are packed, for the page would be too big; they need scripts. They are in the record of the
      run, too.
    </p>`;
}
