import { environmentTable } from './environment-table';
import { gatewayVariables, cliVariables, workerVariables } from './groups';
import { variablesIn } from './variable';

describe('the environment table', () => {
  const variables = [gatewayVariables, workerVariables, cliVariables].flatMap((group) => variablesIn(group));

  it('has one row for each variable', () => {
    const rows = environmentTable().match(/^\| `[A-Z_]+` \|/gm) ?? [];
    expect(rows.map((row) => row.split('`')[1])).toEqual([...new Set(variables.map(({ name }) => name))]);
  });

  it('tells who uses a variable, its default, and whether it is a secret', () => {
    const lines = environmentTable().split('\n');
    expect(lines.find((line) => line.startsWith('| `LOG_LEVEL`'))).toMatch(
      /\| gateway, worker, cli \| `info` \|/,
    );
    expect(lines.find((line) => line.startsWith('| `DATABASE_URL`'))).toContain('|  | The Postgres database');
  });

  it('shows defaults that the programs themselves accept', () => {
    const refused = variables.filter(
      ({ byDefault, schema }) => byDefault !== undefined && !schema.safeParse(byDefault).success,
    );
    expect(refused).toEqual([]);
  });
});
