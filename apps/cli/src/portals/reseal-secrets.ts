import { reseal, type SecretBox } from '@app/store';
import type { Console } from '../console';

type DataSource = Parameters<typeof reseal>[0];

/** Encrypts everything with the first key, and says whether the others may go. */
export async function resealSecrets(
  dataSource: DataSource,
  secrets: SecretBox,
  console: Console,
): Promise<void> {
  const { resealed, current, failed } = await reseal(dataSource, secrets);
  console.print(`Encrypted anew: ${resealed}. With the first key already: ${current}.`);
  for (const problem of failed) console.print(`NOT encrypted anew: ${problem}`);
  console.print(
    failed.length === 0
      ? 'Only the first of SECRET_KEYS is needed from now on.'
      : 'Keep all of SECRET_KEYS, and add the keys that are missing.',
  );
}
