import type { EventRecord } from '../../captured-calls/captured-event';

interface Filter {
  readonly header: string;
  readonly value: string;
}

/**
 * `filter` of one client. Filters are OR-ed with one another and AND-ed with the subscription; a value that begins
 * with "-" excludes, one between slashes is a regular expression; with nothing but exclusions nothing passes
 * (mod_event_socket.c).
 */
export class Filters {
  #filters: Filter[] = [];

  /** `filter [add] HEADER VALUE`, `filter delete HEADER [VALUE]`, `filter delete all`: gives the Reply-Text. */
  command(words: readonly string[]): string {
    const [verb = '', ...rest] = words;
    if (rest.length === 0) return '-ERR invalid syntax';
    if (verb.toLowerCase() === 'delete') return this.#delete(rest);
    const [header = '', ...value] = verb.toLowerCase() === 'add' ? rest : words;
    this.#filters.push({ header, value: value.join(' ') });
    return `+OK filter added. [${header}]=[${value.join(' ')}]`;
  }

  /** Whether an event gets through. */
  pass(record: EventRecord): boolean {
    if (this.#filters.length === 0) return true;
    const matching = this.#filters.filter((filter) => matches(filter, record));
    return matching.length > 0 && !matching.some(isExclusion);
  }

  #delete([header = '', ...rest]: readonly string[]): string {
    const value = rest.join(' ');
    this.#filters = this.#filters.filter(
      (filter) =>
        header.toLowerCase() !== 'all' && !(sameText(filter.header, header) && isOneOf(filter.value, value)),
    );
    return `+OK filter deleted. [${header}][${value}]`;
  }
}

/** Without a value all filters of that header go. */
function isOneOf(value: string, wanted: string): boolean {
  return wanted === '' || value === wanted;
}

function isExclusion({ value }: Filter): boolean {
  return value.startsWith('-');
}

function matches({ header, value }: Filter, record: EventRecord): boolean {
  const name = Object.keys(record).find((each) => sameText(each, header));
  const found = name === undefined ? [] : [record[name] ?? []].flat();
  const wanted = value.replace(/^[+\- ]+/, '');
  const pattern = /^\/(.*)\/$/.exec(wanted)?.[1];
  return found.some((each) =>
    pattern === undefined ? sameText(each, wanted) : new RegExp(pattern).test(each),
  );
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
