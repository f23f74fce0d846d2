/** A header has one value, or several: FreeSWITCH sends a variable that was pushed to more than once as an array. */
export type HeaderValue = string | readonly string[];

/** One event of the switch, read only as far as it is asked. */
export interface EslEvent {
  /** `Event-Name`. May be a name this release does not know; see `isEventName`. */
  readonly name: string;
  /** `Event-Subclass` of a `CUSTOM` event (`callcenter::info`). */
  readonly subclass: string | undefined;
  /** `Core-UUID`: changes with every start of the switch. `''` when missing. */
  readonly coreUuid: string;
  /** `Event-Sequence`: counts every event of the switch since its start, so gaps are normal. 0 when missing. */
  readonly sequence: number;
  /** When it happened on the switch: whole milliseconds since 1970, cut from the microseconds of `Event-Date-Timestamp`. 0 when missing. */
  readonly timestampMs: number;
  /** The value of a header (exact name); of an array the first. */
  get(header: string): string | undefined;
  /** All values of an array header in order, one for a plain header, none for a missing one. */
  getAll(header: string): readonly string[];
  /** Body of the event: the result text of a `BACKGROUND_JOB`. */
  readonly body: string | undefined;
  /** Every header, decoded, `_body` included: what JSON.parse would give. */
  toRecord(): Readonly<Record<string, HeaderValue>>;
}

/** What every kind of event has in common: the named fields are headers like any other. */
export abstract class HeaderEvent implements EslEvent {
  abstract toRecord(): Readonly<Record<string, HeaderValue>>;

  /** The decoded value of a header, whatever its shape. */
  protected abstract value(header: string): HeaderValue | undefined;

  get name(): string {
    return this.get('Event-Name') ?? '';
  }

  get subclass(): string | undefined {
    return this.get('Event-Subclass');
  }

  get coreUuid(): string {
    return this.get('Core-UUID') ?? '';
  }

  get sequence(): number {
    return wholeNumber(this.get('Event-Sequence'));
  }

  get timestampMs(): number {
    return Math.floor(wholeNumber(this.get('Event-Date-Timestamp')) / 1000);
  }

  get body(): string | undefined {
    return this.get('_body');
  }

  get(header: string): string | undefined {
    const value = this.value(header);
    return typeof value === 'string' || value === undefined ? value : value[0];
  }

  getAll(header: string): readonly string[] {
    const value = this.value(header);
    if (value === undefined) return [];
    return typeof value === 'string' ? [value] : value;
  }
}

function wholeNumber(text: string | undefined): number {
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : 0;
}
