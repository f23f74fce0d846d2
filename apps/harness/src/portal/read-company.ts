import { readFileSync } from 'node:fs';
import { CompanyError, companyFrom, demoCompany } from '@app/testkit';
import type { Company } from '@app/testkit';
import { parse } from 'yaml';
import { UsageError } from '../usage-error';

/**
 * The company of a file, in JSON or YAML (of which JSON is a part); without a file the demo company.
 *
 * @throws UsageError with the place and the fault
 */
export function readCompany(file: string | undefined): Company {
  if (file === undefined) return demoCompany();
  try {
    return companyFrom(parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = error instanceof CompanyError ? 'is no company' : 'cannot be read';
    throw new UsageError(`${file} ${what}: ${reason}`, { cause: error });
  }
}
