import type { Company } from '@app/testkit';

/** USER_ID of the employee with an internal number; throws when the company has nobody there: the demo is wrong then. */
export function userWithExtension(company: Company, extension: string): number {
  const user = company.users.find((candidate) => candidate.extension === extension);
  if (!user) throw new Error(`nobody in the demo company has the extension ${extension}`);
  return user.id;
}

/** First name of an employee; what the portal says otherwise. */
export function firstName(company: Company, userId: number): string {
  return company.users.find(({ id }) => id === userId)?.name ?? `user ${userId}`;
}

/** First name of whoever has an extension; the extension when nobody has. */
export function nameOfExtension(company: Company, extension: string): string {
  return company.users.find((user) => user.extension === extension)?.name ?? extension;
}
