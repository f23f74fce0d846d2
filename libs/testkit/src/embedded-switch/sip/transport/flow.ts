export type SipProtocol = 'UDP' | 'TCP' | 'WS';

export interface RemoteAddress {
  readonly address: string;
  readonly port: number;
}

/** The way to one peer and back: an address behind a UDP socket, or one connection. */
export interface Flow {
  readonly protocol: SipProtocol;
  readonly remote: RemoteAddress;
  /** Whether the transport itself repeats what was lost. */
  readonly isReliable: boolean;
  readonly isClosed: boolean;
  send(message: string): void;
  /** Calls back once when the connection has ended; never for UDP. The function returned calls it off. */
  onClose(closed: () => void): () => void;
}

/** What a listener tells of. */
export interface FlowEvents {
  /** A message as it came; it may be anything. */
  received(bytes: Buffer, flow: Flow): void;
}

/** Who wants to know of the end of a connection. */
export class CloseWatchers {
  readonly #watchers = new Set<() => void>();

  add(closed: () => void): () => void {
    this.#watchers.add(closed);
    return () => this.#watchers.delete(closed);
  }

  tell(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    watchers.forEach((closed) => closed());
  }
}
