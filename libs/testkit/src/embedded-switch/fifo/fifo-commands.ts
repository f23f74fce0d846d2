import type { ApiCommand } from '../api';
import { separate } from '../originate';
import type { Line } from './line';
import type { Lines } from './lines';

const SYNTAX =
  'list|list_verbose|count|debug|status|has_outbound|importance [<fifo name>]|reparse [del_all]\n';

/** `fifo count|list|has_outbound [NAME]` and `fifo_check_bridge UUID`; of `list` only how many wait, and who. */
export function fifoCommands(lines: Lines): Readonly<Record<string, ApiCommand>> {
  return {
    fifo: (args) => {
      const [command = '', name] = separate(args, ' ');
      const known = name === undefined ? lines.all : [lines.known(name)].filter((line) => line !== undefined);
      switch (command.toLowerCase()) {
        case '':
          return SYNTAX;
        case 'count':
          return known.map(countOf).join('') || 'none\n';
        case 'has_outbound':
          return (
            known.map((line) => `${line.name}:${line.members.length > 0 ? 1 : 0}\n`).join('') || 'none\n'
          );
        case 'list':
          return `<fifo_report>\n${known.map(reportOf).join('')}</fifo_report>\n\n`;
        default:
          return `-ERR Usage: ${SYNTAX}`;
      }
    },
    fifo_check_bridge: (args) => String(lines.talking.has(args.trim())),
  };
}

function countOf(line: Line): string {
  const { name, consumers, waiting, members, ringing, idleConsumers } = line;
  return `${name}:${consumers.size}:${waiting}:${members.length}:${ringing}:${idleConsumers}\n`;
}

function reportOf(line: Line): string {
  const callers = line.list().map(([slot, { uuid, variables }]) => {
    const [status = '', position = ''] = [variables.get('fifo_status'), variables.get('fifo_position')];
    return `      <caller uuid="${uuid}" status="${status}" position="${position}" slot="${slot}"></caller>\n`;
  });
  const { name, consumers, waiting, importance } = line;
  const counts = `consumer_count="${consumers.size}" caller_count="${waiting}" waiting_count="${waiting}"`;
  return [
    `  <fifo name="${escaped(name)}" ${counts} importance="${importance}">\n`,
    `    <callers>\n${callers.join('')}    </callers>\n  </fifo>\n`,
  ].join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}
