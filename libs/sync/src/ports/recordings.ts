/** Finds the file of a recording. */
export interface RecordingSource {
  /**
   * The file that the switch knows as `path`. Throws RecordingsUnavailable when the place where the recordings of this
   * switch are kept is away as a whole: that says nothing about this file.
   */
  open(switchId: string, path: string): Promise<FoundRecording>;
}

export type FoundRecording =
  | {
      readonly kind: 'file';
      /** Real path on this machine, free of symbolic links. */
      readonly localPath: string;
      readonly bytes: number;
      /** The header does not fit the file (the switch died while it wrote): it has to be repaired on the way. */
      readonly torn: boolean;
    }
  | { readonly kind: 'missing' | 'empty' | 'unreadable'; readonly detail: string };
