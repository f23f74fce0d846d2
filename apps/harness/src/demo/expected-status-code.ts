import type { ExpectedCall } from '@app/testkit';

/** The carrier's SIP answer -> STATUS_CODE of an outbound call (freeswitch-facts, section 6). */
const CODE_OF_SIP_ANSWER: Readonly<Record<number, string>> = {
  402: '402',
  403: '403',
  404: '404',
  408: '480',
  410: '404',
  423: '423',
  480: '480',
  484: '484',
  486: '486',
  488: 'OTHER',
  500: '503',
  503: '503',
  603: '603',
  604: '404',
};

/** An outbound call that nobody refused, by what the script did: nobody lifted, or the dialling employee gave up. */
const CODE_OF_OUTCOME: Readonly<Record<string, string>> = {
  busy: '486',
  cancelled: '603-S',
  'no-answer': '480',
  'agent-no-answer': '480',
};

/** STATUS_CODE that a call must be filed with: 200 for a talk, 304 for every inbound call nobody took. */
export function expectedStatusCode(call: ExpectedCall): string {
  if (call.talkSeconds) return '200';
  if (call.direction !== 'outbound') return '304';
  const { carrierSip, sipFinalToCaller } = call;
  const answer = typeof carrierSip === 'number' ? carrierSip : sipFinalToCaller;
  const byOutcome = CODE_OF_OUTCOME[call.outcome ?? ''];
  return byOutcome ?? (typeof answer === 'number' ? CODE_OF_SIP_ANSWER[answer] : undefined) ?? 'OTHER';
}
