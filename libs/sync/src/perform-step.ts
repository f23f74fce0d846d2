import type { PortalAddress } from '@app/bitrix24';
import type { PortalStep, StepAnswer } from '@app/calls';
import type { PortalRequests } from './ports';
import { cardParams, finishParams, noticeParams, registerParams, statisticParams } from './to-request';

/** Whom a step asks, and for how long. */
export interface StepMeans {
  readonly requests: PortalRequests;
  readonly portal: PortalAddress;
  readonly timeoutMs: number;
}

/** Asks the portal for what a step says and reads what came of it. Throws PortalError. */
export async function performStep(
  step: Exclude<PortalStep, { kind: 'attach-record' }>,
  { requests, portal, timeoutMs }: StepMeans,
): Promise<StepAnswer> {
  const options = { timeoutMs };
  switch (step.kind) {
    case 'register': {
      const params = registerParams(step);
      const { result } = await requests.call(portal, 'telephony.externalCall.register', params, options);
      return { kind: 'registered', portalCallId: result.CALL_ID };
    }
    case 'show':
    case 'hide': {
      const method = `telephony.externalCall.${step.kind}` as const;
      const { result } = await requests.call(portal, method, cardParams(step), options);
      return { kind: result ? 'done' : 'call-unknown' };
    }
    case 'finish':
      await requests.call(portal, 'telephony.externalCall.finish', finishParams(step), options);
      return { kind: 'done' };
    case 'notify':
      await requests.call(portal, 'im.notify.system.add', noticeParams(step), options);
      return { kind: 'done' };
    case 'confirm-finish': {
      const params = statisticParams(step);
      const { result } = await requests.call(portal, 'voximplant.statistic.get', params, options);
      return { kind: 'finish-confirmed', found: result.some((row) => row.CALL_ID === step.portalCallId) };
    }
  }
}
