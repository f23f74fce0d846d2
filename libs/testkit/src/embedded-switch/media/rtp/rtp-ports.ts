import { RtpPort, type RtpEvents } from './rtp-port';

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Hands out even ports one after the other, so that a port just given back is not used again at once. */
export class RtpPorts {
  #next: number;

  constructor(
    private readonly host: string,
    private readonly range: PortRange,
  ) {
    this.#next = range.from + (range.from % 2);
  }

  /** @returns undefined when no port of the range is free */
  async open(events: RtpEvents): Promise<RtpPort | undefined> {
    const tries = Math.ceil((this.range.to - this.range.from) / 2);
    for (let tried = 0; tried < tries; tried += 1) {
      const port = await RtpPort.bind(this.host, this.#take(), events);
      if (port) return port;
    }
    return undefined;
  }

  #take(): number {
    const port = this.#next;
    this.#next = port + 2 > this.range.to ? this.range.from + (this.range.from % 2) : port + 2;
    return port;
  }
}
