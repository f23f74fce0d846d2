import type { Outcome } from '../outcome';
import type { NoticeLanguage } from '../portal/portal-policy';
import type { PortalStatusCode } from '../portal/outcome-table';
import type { Click, ClickTrouble } from './click';

/** How a click ended, as far as its user is told. */
interface ClickResult {
  readonly outcome?: Outcome;
  readonly statusCode: PortalStatusCode;
}

type Words = Readonly<Record<NoticeLanguage, string>>;

/**
 * What the user is told of a click that did not become a talk, in words of his own; undefined where he knows already,
 * because he hung up, declined, or talked.
 */
export function wordsForClick(
  click: Click,
  { outcome, statusCode }: ClickResult,
  language: NoticeLanguage,
): string | undefined {
  const words = wordsFor(click, outcome, statusCode);
  if (!words) return undefined;
  const intro = click.kind === 'callback' ? CALLBACK : CLICK;
  return `${intro[language].replace('%', shown(click.number))} ${words[language]}`;
}

const CLICK: Words = { en: 'Your call to % did not come about.', ru: 'Звонок на % не состоялся.' };
const CALLBACK: Words = {
  en: 'The client who asked to be called back at % was not reached.',
  ru: 'Не удалось перезвонить клиенту на %.',
};

function wordsFor(click: Click, outcome: Outcome | undefined, code: PortalStatusCode): Words | undefined {
  if (outcome === undefined || outcome === 'answered') return undefined;
  const { ended } = click;
  if (ended?.hangupCause === 'USER_NOT_REGISTERED') return NOT_REGISTERED;
  // A cause of the employee's phone is told by what became of its channel.
  if (ended && ended.trouble !== 'unreachable') return OF_TROUBLE[ended.trouble];
  if (ended && ended.hangupCause === undefined && outcome === 'failed') return OF_TROUBLE.unreachable;
  if (outcome === 'agent-no-answer') return code === '480' ? NOT_LIFTED : OF_TROUBLE.unreachable;
  if (outcome === 'lost') return OF_TROUBLE.lost;
  if (outcome === 'cancelled' || outcome === 'agent-declined') return undefined;
  return OF_CODE[code] ?? OF_TROUBLE.unreachable;
}

const NOT_REGISTERED: Words = {
  en: 'Your phone is not connected. Switch it on or log in, then click again.',
  ru: 'Ваш телефон не подключён. Включите его или войдите и нажмите ещё раз.',
};
const NOT_LIFTED: Words = { en: 'You did not pick up your phone.', ru: 'Вы не сняли трубку.' };

const OF_TROUBLE: Readonly<Record<ClickTrouble, Words>> = {
  'no-phone': {
    en: 'No internal number is set for you. Ask your administrator.',
    ru: 'Для вас не задан внутренний номер. Обратитесь к администратору.',
  },
  nobody: {
    en: 'Nobody with a phone is responsible for the client or the line. Please call yourself.',
    ru: 'Ни за клиента, ни за линию не отвечает сотрудник с телефоном. Перезвоните сами.',
  },
  stale: {
    en: 'It reached the telephone exchange too late and was not dialled. Click again.',
    ru: 'Запрос пришёл на АТС слишком поздно, и номер не набирался. Нажмите ещё раз.',
  },
  'not-dialable': {
    en: 'This is not a phone number that can be dialled.',
    ru: 'По такому номеру позвонить нельзя.',
  },
  'not-allowed': {
    en: 'Calls to this destination are not allowed. Ask your administrator.',
    ru: 'Звонки по этому направлению запрещены. Обратитесь к администратору.',
  },
  'unknown-line': {
    en: 'The chosen line is not set up. Choose another one or ask your administrator.',
    ru: 'Выбранная линия не настроена. Выберите другую или обратитесь к администратору.',
  },
  'too-fast': {
    en: 'There were too many clicks in the last minute. Wait a little and click again.',
    ru: 'За последнюю минуту было слишком много нажатий. Подождите немного и повторите.',
  },
  'too-many-calls': {
    en: 'You are on as many calls as you may have. Finish one, then click again.',
    ru: 'У вас уже слишком много разговоров. Завершите один и нажмите ещё раз.',
  },
  'switch-away': {
    en: 'The telephone exchange does not answer. Try again in a minute.',
    ru: 'АТС не отвечает. Попробуйте через минуту.',
  },
  unreachable: {
    en: 'It could not be connected. Try again; if it stays so, tell your administrator.',
    ru: 'Соединить не удалось. Попробуйте ещё раз; если не поможет, сообщите администратору.',
  },
  lost: {
    en: 'The telephone exchange was restarted meanwhile. Try again.',
    ru: 'В это время АТС перезапускалась. Попробуйте ещё раз.',
  },
};

const OF_CODE: Partial<Readonly<Record<PortalStatusCode, Words>>> = {
  '486': { en: 'The number is busy.', ru: 'Номер занят.' },
  '603': { en: 'The call was declined.', ru: 'Звонок отклонён.' },
  '480': {
    en: 'There was no answer, or the phone is out of reach.',
    ru: 'Нет ответа, или абонент недоступен.',
  },
  '404': { en: 'There is no such number.', ru: 'Такого номера нет.' },
  '484': { en: 'There is no such number.', ru: 'Такого номера нет.' },
  '403': {
    en: 'The carrier does not allow calls to this number.',
    ru: 'Оператор не разрешает звонки на этот номер.',
  },
  '402': { en: 'The carrier wants to be paid first.', ru: 'Недостаточно средств у оператора.' },
};

/** What was clicked may be anything: BB codes and line ends stay out of the messenger. */
function shown(number: string): string {
  return number.replace(/[^\d+*#() .-]/g, '').slice(0, 32) || '?';
}
