import { createDataSource } from '../data-source';
import { sqlOf } from '../sql';
import { describeFunctions, describeTables, type TableDescription } from './catalogue';

const HEADER = `-- The schema, as the migrations leave it. Generated from the catalogue of Postgres by scripts/db-dump.mjs: for reading
-- and for seeing changes in a review. Daily partitions are left out.
`;

/**
 * The schema of a migrated database as text, the same for the same schema.
 *
 * @param url postgres://...
 */
export async function dumpSchema(url: string): Promise<string> {
  const dataSource = await createDataSource(url, {
    poolSize: 1,
    applicationName: 'connector-dump',
  }).initialize();
  try {
    const sql = sqlOf(dataSource);
    const tables = (await describeTables(sql)).map(tableText);
    const functions = (await describeFunctions(sql)).map(functionText);
    return [HEADER, ...tables, ...functions].join('\n').replaceAll('public.', '');
  } finally {
    await dataSource.destroy();
  }
}

function tableText(table: TableDescription): string {
  if (table.partition !== null) return `CREATE TABLE ${table.name} ${table.partition};\n`;
  const lines = [...table.columns, ...table.constraints].map((line) => `  ${line}`);
  const partitions = table.partitioned_by === null ? '' : ` PARTITION BY ${table.partitioned_by}`;
  const statements = [
    `CREATE TABLE ${table.name} (\n${lines.join(',\n')}\n)${partitions}`,
    ...table.indexes,
    ...table.triggers,
  ];
  return statements.map((statement) => `${statement};\n`).join('');
}

/** Postgres keeps the text of a function with the indentation of the migration that created it. */
function functionText(definition: string): string {
  const lines = definition.trimEnd().split('\n');
  const body = lines.findIndex((line) => line.startsWith('AS ')) + 1;
  const indents = lines
    .slice(body)
    .filter((line) => line.startsWith(' '))
    .map(indentOf);
  const indent = Math.min(...indents);
  const text = lines.map((line, index) =>
    index < body ? line : line.slice(Math.min(indent, indentOf(line))),
  );
  return `${text.join('\n')};\n`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
