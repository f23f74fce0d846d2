import type { PortalState } from '../portal-state';
import { catalogue } from '../rest/catalogue';
import { isMissing, paramsBy } from '../rest/method-call';
import type { MethodHandler } from '../rest/method-call';
import { Refusal } from '../rest/refusal';
import { isTooLarge } from './notify';

const METHOD = 'im.message.add';
const { refusals } = catalogue[METHOD];

/** im.message.add: to a user, or to a chat of any number: chats are not kept here. */
export const messageAdd: MethodHandler<typeof METHOD> = (state, { params: raw, caller }) => {
  const { DIALOG_ID = '', MESSAGE = '', ATTACH, SYSTEM } = paramsBy(METHOD, raw);
  if (isMissing(DIALOG_ID)) throw new Refusal(refusals.dialogEmpty);
  checkDialog(state, DIALOG_ID);
  if (MESSAGE.trim() === '' && isMissing(ATTACH)) throw new Refusal(refusals.messageEmpty);
  if (isTooLarge(ATTACH)) throw new Refusal(refusals.attachTooLarge);
  const id = state.ids.next('message', 6001);
  state.messages.push({
    id,
    dialogId: DIALOG_ID,
    fromUserId: SYSTEM === 'Y' ? null : caller.userId,
    text: MESSAGE.trim(),
  });
  return { result: id };
};

function checkDialog({ company }: PortalState, dialogId: string): void {
  if (/^(chat|sg)\d+$/.test(dialogId)) return;
  if (!/^\d+$/.test(dialogId)) throw new Refusal(refusals.badDialog);
  const user = company.users.find(({ id, active }) => active && id === Number(dialogId));
  if (!user) throw new Refusal(refusals.userNotFound);
}
