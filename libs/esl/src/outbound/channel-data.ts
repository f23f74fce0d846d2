import type { FrameHeaders } from '../frame-headers';
import { percentDecode } from '../plain-event';

/**
 * What a switch tells of the channel that it hands over: its answer to `connect`, the headers of a CHANNEL_DATA event as the
 * headers of a reply, percent-encoded (mod_event_socket, parse_command).
 */
export class ChannelData {
  constructor(private readonly headers: FrameHeaders) {}

  /** A header; undefined when it is missing or empty. */
  get(name: string): string | undefined {
    const value = percentDecode(this.headers.get(name) ?? '');
    return value === '' || value === '_undef_' ? undefined : value;
  }

  /** A variable of the channel. */
  variable(name: string): string | undefined {
    return this.get(`variable_${name}`);
  }
}
