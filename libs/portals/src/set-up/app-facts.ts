import type { ResultOf } from '@app/bitrix24/contract';

interface NeededScope {
  /** Any one of these will do. */
  readonly anyOf: readonly string[];
  /** What does not work without it. */
  readonly without: string;
  /** Calls cannot do without it. */
  readonly isVital: boolean;
}

/** What the connector is for needs these permissions (Bitrix24 contract, section 3.1). */
const NEEDED: readonly NeededScope[] = [
  { anyOf: ['telephony'], without: 'no call can be shown or filed', isVital: true },
  {
    anyOf: ['user_basic', 'user', 'user_brief'],
    without: 'nobody knows which employee has which extension',
    isVital: true,
  },
  {
    anyOf: ['crm'],
    without: 'clients and those responsible for them are found by calls alone',
    isVital: false,
  },
  {
    anyOf: ['im'],
    without: 'administrators and employees are not told why something failed',
    isVital: false,
  },
];

/** Something that is wrong with the application in a portal, and what to do about it. */
export interface AppProblem {
  readonly isVital: boolean;
  readonly text: string;
  readonly cure: string;
}

/** What is wrong with application, payment and permissions, as the portal tells it. */
export function appProblems(app: ResultOf<'app.info'>, scope: readonly string[]): AppProblem[] {
  const problems = NEEDED.filter(({ anyOf }) => !anyOf.some((one) => scope.includes(one))).map(
    ({ anyOf: [name = ''], without, isVital }) => ({
      isVital,
      text: `The application lacks the permission ${name}: ${without}.`,
      cure: `Add ${name} to the permissions of the application in Bitrix24 and reinstall it.`,
    }),
  );
  if (app.INSTALLED === false)
    problems.push({
      isVital: true,
      text: 'The installation of the application is not finished: the portal sends no events.',
      cure: 'Open the application in Bitrix24 as an administrator.',
    });
  if (app.PAYMENT_EXPIRED === true)
    problems.push({
      isVital: true,
      text: 'The application is not paid for any more.',
      cure: 'Renew the subscription in Bitrix24.',
    });
  return problems;
}
