import type { Channel } from '../core';
import type { DialogUser, InviteSession } from '../sip';

/** Which SIP session belongs to which channel, over all profiles: REFER with Replaces names them by their dialogs. */
export class Sessions {
  readonly #channels = new Map<DialogUser, Channel>();

  adopt(session: DialogUser, channel: Channel): void {
    this.#channels.set(session, channel);
  }

  channelOf(session: DialogUser): Channel | undefined {
    return this.#channels.get(session);
  }

  /** The living session of a dialog, by its tags in the order "ours, theirs". */
  find(callId: string, ours: string, theirs: string): DialogUser | undefined {
    return [...this.#channels.keys()].find((session) => {
      const { dialog } = session as InviteSession;
      return dialog?.callId === callId && dialog.localTag === ours && dialog.remoteTag === theirs;
    });
  }

  /** A channel is no more. */
  forget(channel: Channel): void {
    for (const [session, owner] of this.#channels) if (owner === channel) this.#channels.delete(session);
  }
}
