import type { Client, Scene } from './scene';

/** Who sits together. The director answers his own phone. */
const SALES = ['1001', '1002', '1003'];
const EXPORT = ['1004', '1005', '1006'];
const SUPPORT = ['1007', '1008', '1009'];
const SERVICE = ['1010', '1011', '1012'];
const OFFICE = ['1013', '1014', '1015'];
const DIRECTOR = ['1016', '1015'];
const NOBODY: readonly string[] = [];

/** Clients whom the CRM knows (the demo company's own). */
const OLIVER_BROWN = { number: '442079460101', name: 'Oliver Brown' };
const EMMA_WILSON = { number: '12025550102', name: 'Emma Wilson' };
const NORTHWIND = { number: '442079460201', name: 'Northwind Trading' };
const WEB_FORM = { number: '12025550301' };
const IVAN_KUZNETSOV = { number: '74950000103', name: 'Иван Кузнецов' };

/**
 * The day of the demo company: what happens to a telephone, once each, with the calls of one team after one another and
 * the teams side by side. Nobody is in two calls at a time, and every client calls once.
 */
export const DEMO_DAY: readonly Scene[] = [
  scene(0, 'inbound-answered-caller-hangs-up', SALES, IVAN_KUZNETSOV),
  scene(6.5, 'simultaneous-ring-second-answers', SALES, '74950001001'),
  scene(13.5, 'sequential-ring-second-answers', SALES, '74950001002'),
  scene(24.5, 'blind-transfer-by-refer', SALES, EMMA_WILSON),
  scene(34.5, 'inbound-caller-cancels-while-ringing', SALES, '74950001003'),

  scene(0.8, 'outbound-answered', EXPORT, OLIVER_BROWN),
  scene(7.5, 'attended-transfer-att_xfer', EXPORT, NORTHWIND),
  scene(22.8, 'hold-unhold', EXPORT, '74950001004'),
  scene(32.5, 'recording-too-short-discarded', EXPORT, '74950001005'),

  scene(1.5, 'callcenter-second-agent-answers', SUPPORT, '74950001006'),
  scene(11, 'callcenter-caller-abandons', SUPPORT, '74950001007'),
  scene(17, 'fifo-answered', SUPPORT, '74950001008'),
  scene(25, 'call-pickup-intercept', SUPPORT, '74950001009'),
  scene(33, 'outbound-no-answer', SUPPORT, '74950001010'),

  scene(2, 'click-to-call-answered', SERVICE, WEB_FORM),
  scene(9.5, 'attended-transfer-by-refer-replaces', SERVICE, '74950001011'),
  scene(22.3, 'park-and-retrieve', SERVICE, '74950001012'),
  scene(33, 'outbound-early-media-183-then-cancel', SERVICE, '74950001013'),
  scene(37.5, 'click-to-call-customer-busy', SERVICE, '74950001014'),

  scene(2.5, 'inbound-agent-no-answer-timeout', OFFICE, '74950001015'),
  scene(9, 'simultaneous-one-busy-one-answers', OFFICE, '74950001016'),
  scene(15, 'three-way-conference', OFFICE, '74950001017'),
  scene(26.5, 'forward-302-moved-temporarily', OFFICE, '74950001018'),
  scene(33, 'inbound-declined-603', OFFICE, '74950001019'),

  scene(4, 'caller-name-injection', DIRECTOR, '74950001020', '74950001021'),
  scene(14, 'outbound-busy', DIRECTOR, '74950001022'),
  scene(17, 'outbound-invalid-number-404', DIRECTOR, '74950001023'),
  scene(19, 'internal-call-answered', DIRECTOR),
  scene(28, 'inbound-busy-486', DIRECTOR, '74950001024'),

  scene(12, 'forward-to-mobile-when-unregistered', NOBODY, '74950001025'),
  scene(24.5, 'ivr-answered-then-abandoned', NOBODY, '74950001026'),
  scene(30, 'inbound-unregistered-agent', NOBODY, '74950001027'),
];

/** @param clients known ones, or just the numbers of strangers */
function scene(
  at: number,
  capture: string,
  cast: readonly string[],
  ...clients: readonly (Client | string)[]
): Scene {
  const known = clients.map((client) => (typeof client === 'string' ? { number: client } : client));
  return { at, capture, cast, clients: known };
}
