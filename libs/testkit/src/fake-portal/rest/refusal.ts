import type { DocumentedRefusal } from '@app/bitrix24/contract';
import { commonRefusals } from '@app/bitrix24/contract';

/** A method says no. Becomes the portal's error form. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly httpStatus: number;
  readonly code: string;
  /** Names the parameter, with ERROR_ARGUMENT. */
  readonly argument?: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    documented: DocumentedRefusal,
    options: { readonly description?: string; readonly argument?: string } = {},
  ) {
    super(options.description ?? documented.description);
    this.httpStatus = documented.httpStatus;
    this.code = documented.code;
    this.argument = options.argument;
    this.extra = options.argument === undefined ? {} : { argument: options.argument };
  }
}

/** A parameter is missing or of a wrong type and no text is documented for that. */
export function wrongArgument(argument: string, why: string): Refusal {
  return new Refusal(commonRefusals.ERROR_ARGUMENT, {
    argument,
    description: `Argument '${argument}': ${why}`,
  });
}
