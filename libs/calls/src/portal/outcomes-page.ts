import { OUTCOME_TABLE, type OutcomeRow } from './outcome-table';

const HEAD = `# How calls end

What the portal is told of a call when it is filed (\`telephony.externalCall.finish\`): the first row that fits. This page is
made of the table in \`libs/calls/src/portal/outcome-table.ts\` by \`./run generate\`; internal calls are not filed.

- **STATUS_CODE** of an unanswered inbound call is 304 whatever the cause, because people work from the list of missed calls. With the
  portal's setting \`calls.unanswered\` = \`exact\` it is the code in brackets.
- **FAILED_REASON** of a call without a talk is its outcome, with the cause of the leg that decided and the SIP answer of its phone:
  \`busy: USER_BUSY, SIP 486\`. Who waited in a queue of the switch (mod_callcenter, mod_fifo): its name and why he left it,
  \`missed: queue support, BREAK_OUT\`. For a click that called no phone it is the trouble: \`unreachable: USER_NOT_REGISTERED\`.
- **Responsible** is the first of these whom the portal knows, and at last the default user: \`talked-last\` who talked last with the
  client; \`dialled\` who dialled or clicked; \`as-missed\` what the setting \`calls.missed.responsible\` of the portal or of the line says:
  \`last-rung\` whose phone rang last (or sent the caller on, 302), \`entity-owner\` who is responsible for the client in the CRM (else whose phone rang last),
  \`default-user\`.
`;

/** The outcome table as a page for people (`docs/outcomes.md`). */
export function outcomesPage(): string {
  const rows = OUTCOME_TABLE.map((row) => `| ${cells(row).join(' | ')} |`);
  return [
    HEAD,
    '| call | what happened | when | STATUS_CODE | responsible |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function cells(row: OutcomeRow): string[] {
  const { direction, situation, statusCode, exactCode, responsible } = row;
  const code =
    exactCode === undefined || exactCode === statusCode ? statusCode : `${statusCode} (${exactCode})`;
  return [direction ?? 'any', situation, conditionOf(row), code, responsible];
}

function conditionOf({ talked, outcomes, hangupCauses, sipStatuses, troubles }: OutcomeRow): string {
  const conditions = [
    talked === true && 'both ends answered and were bridged',
    outcomes && `outcome ${outcomes.join(', ')}`,
    hangupCauses?.join(', '),
    sipStatuses && `SIP ${sipStatuses.join(', ')}`,
    troubles && `click: ${troubles.join(', ')}`,
  ];
  return (
    conditions.filter((condition) => condition !== undefined && condition !== false).join('; ') || 'else'
  );
}
