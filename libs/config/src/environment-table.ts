import { callVariables, gatewayVariables, portalsVariables, workerVariables } from './groups';
import { variablesIn, type Variable } from './variable';

const HEAD = `# Environment

Made from \`libs/config\` by \`./run generate\`; do not edit.

A variable without a default is required; *none* means that it may stay empty. Those marked *secret* may be given as the path of a file instead, in
\`<NAME>_FILE\`. An empty variable counts as unset. A program that cannot use its environment lists everything that is
wrong with it and ends; it never prints a value.

| variable | used by | default | meaning |
| --- | --- | --- | --- |
`;

const SWITCHES = `
## SWITCHES

A JSON array, one object per FreeSWITCH:

| field | meaning |
| --- | --- |
| \`id\` | a short name that never changes: it is part of the identity of calls |
| \`host\`, \`port\` | the event socket; port 8021 unless given |
| \`user\` | \`user@domain\` of a directory user with \`esl-allowed-api\`; without it the password of \`event_socket.conf.xml\` counts |
| \`password\` or \`passwordFile\` | the password, or the path of a file that holds it |
| \`defaultPortal\` | the portal of calls that nothing else assigns to one |
| \`recordings\` | \`[{"from": "/path/on/the/switch", "to": "/path/here"}]\`: the only places recordings are read from |

The worker reads \`id\` and \`recordings\` alone: leave the credentials out there.
`;

/** The Markdown text of docs/generated/env.md. */
export function environmentTable(): string {
  const rows = new Map<string, { variable: Variable; usedBy: string[] }>();
  for (const [program, group] of [
    ['gateway', gatewayVariables],
    ['worker', workerVariables],
    ['cli', { ...portalsVariables, call: callVariables }],
  ] as const) {
    for (const variable of variablesIn(group)) {
      const row = rows.get(variable.name) ?? { variable, usedBy: [] };
      rows.set(variable.name, { ...row, usedBy: [...new Set([...row.usedBy, program])] });
    }
  }
  return (
    HEAD + [...rows.values()].map(({ variable, usedBy }) => tableRow(variable, usedBy)).join('') + SWITCHES
  );
}

function tableRow({ name, byDefault, secret, meaning }: Variable, usedBy: readonly string[]): string {
  const about = secret ? `${meaning} *secret*` : meaning;
  return `| \`${name}\` | ${usedBy.join(', ')} | ${shownDefault(byDefault)} | ${about} |\n`;
}

function shownDefault(byDefault: string | undefined): string {
  if (byDefault === undefined) return '';
  return byDefault === '' ? '*none*' : `\`${byDefault}\``;
}
