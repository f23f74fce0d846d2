import type { NoticeLanguage } from './portal-policy';

const WORDS: Readonly<Record<NoticeLanguage, (who: string, line: string) => string>> = {
  en: (who, line) => `Missed call: ${who}${line && ` called ${line}`}.`,
  ru: (who, line) => `Пропущенный звонок: ${who}${line && `, звонил на ${line}`}.`,
};
const HIDDEN: Readonly<Record<NoticeLanguage, string>> = { en: 'a hidden number', ru: 'скрытый номер' };

/** The longest number that is repeated to people; what is longer is none. */
const LONGEST = 20;

/** What the person responsible for a missed call is told of it. Only digits of what the caller sent are repeated. */
export function wordsForMissed(
  number: string | undefined,
  did: string | undefined,
  language: NoticeLanguage,
): string {
  return WORDS[language](shown(number) || HIDDEN[language], shown(did));
}

function shown(number = ''): string {
  return number.replace(/[^\d+]/g, '').slice(0, LONGEST);
}
