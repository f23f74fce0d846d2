import { reseal } from '@app/store';
import { readArguments, UsageError } from '../command-line';
import { EXIT } from '../exit-codes';
import type { PortalsCommand } from './command';

const usage = `portals reseal

  Seals all tokens and secrets with the first of SECRET_KEYS; after that the others may be taken away. Put the new key in
  front and start gateway and worker anew before.`;

/** `portals reseal`. */
export const resealAll: PortalsCommand = {
  usage,
  about: 'seal all secrets with the first of SECRET_KEYS',
  run: async (args, { terminal, connector, settings }) => {
    const { positionals } = readArguments(args, {}, usage);
    if (positionals.length > 0) throw new UsageError(usage);
    const { resealed, current, failed } = await reseal(connector.dataSource, connector.secrets);
    const [first] = settings.secrets.keys;
    terminal.tell(`Sealed anew with the key "${first?.id ?? ''}": ${resealed}. Were so before: ${current}.`);
    for (const problem of failed) terminal.tell(problem);
    if (failed.length === 0) {
      terminal.tell('Only the first of SECRET_KEYS is needed from now on.');
      return EXIT.ok;
    }
    terminal.tell('What could not be opened stays as it is: keep all keys until that is mended.');
    return EXIT.failed;
  },
};
