import type { DocumentedRefusal } from '@app/bitrix24/contract';
import type { FakeLine } from '../company/company';
import type { RawParams } from '../http/wire';
import type { PortalState } from '../portal-state';
import { CONNECTOR_APP_ID } from '../rest/caller';
import type { Caller } from '../rest/caller';
import { catalogue } from '../rest/catalogue';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';

const ADD = 'telephony.externalLine.add';
const UPDATE = 'telephony.externalLine.update';
const DELETE = 'telephony.externalLine.delete';
const { numberEmpty, alreadyExists } = catalogue[ADD].refusals;
const { lineNotFound, nothingToUpdate } = catalogue[UPDATE].refusals;

/** telephony.externalLine.add: lines belong to the application, and so do their numbers. */
export const lineAdd: MethodHandler<typeof ADD> = (state, { params: raw, caller }) => {
  checkNumber(raw);
  const { NUMBER, NAME = '', CRM_AUTO_CREATE = 'Y' } = paramsBy(ADD, raw);
  if (findLine(state, caller, NUMBER)) throw new Refusal(alreadyExists);
  const id = state.ids.next('line', 101);
  const crmAutoCreate = CRM_AUTO_CREATE === 'Y';
  state.company.lines.push({ id, number: NUMBER, name: NAME, crmAutoCreate, appId: caller.appId });
  return { result: { ID: id } };
};

/** telephony.externalLine.update */
export const lineUpdate: MethodHandler<typeof UPDATE> = (state, { params: raw, caller }) => {
  checkNumber(raw);
  if (raw.NAME === undefined && raw.CRM_AUTO_CREATE === undefined) throw new Refusal(nothingToUpdate);
  const params = paramsBy(UPDATE, raw);
  const line = theLine(state, caller, params.NUMBER);
  const id = line.id ?? state.ids.next('line', 101);
  replaceLine(state, line, {
    ...line,
    id,
    name: params.NAME ?? line.name,
    crmAutoCreate: params.CRM_AUTO_CREATE === undefined ? line.crmAutoCreate : params.CRM_AUTO_CREATE === 'Y',
  });
  return { result: { ID: id } };
};

/** telephony.externalLine.delete: the answer is always empty. */
export const lineDelete: MethodHandler<typeof DELETE> = (state, { params: raw, caller }) => {
  checkNumber(raw);
  replaceLine(state, theLine(state, caller, paramsBy(DELETE, raw).NUMBER));
  return { result: [] };
};

/** telephony.externalLine.get: the lines of this application, without their ids. */
export const lineGet: MethodHandler<'telephony.externalLine.get'> = (state, { caller }) => ({
  result: state.company.lines
    .filter((line) => isOwn(line, caller))
    .map(({ number, name, crmAutoCreate }) => ({
      NUMBER: number,
      NAME: name,
      CRM_AUTO_CREATE: crmAutoCreate ? 'Y' : 'N',
    })),
});

function checkNumber({ NUMBER }: RawParams): void {
  if (isMissing(NUMBER)) throw new Refusal(numberEmpty);
}

function isOwn({ appId = CONNECTOR_APP_ID }: FakeLine, caller: Caller): boolean {
  return appId === caller.appId;
}

function findLine({ company }: PortalState, caller: Caller, number: string): FakeLine | undefined {
  return company.lines.find((line) => line.number === number && isOwn(line, caller));
}

function theLine(state: PortalState, caller: Caller, number: string): FakeLine {
  const line = findLine(state, caller, number);
  if (!line) throw new Refusal(lineNotFound, { description: textOf(lineNotFound, number) });
  return line;
}

const textOf = ({ description }: DocumentedRefusal, number: string): string =>
  description.replace('{NUMBER}', () => number);

function replaceLine({ company }: PortalState, line: FakeLine, ...by: readonly FakeLine[]): void {
  company.lines.splice(company.lines.indexOf(line), 1, ...by);
}
