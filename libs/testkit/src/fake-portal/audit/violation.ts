/** A mistake of the client that a careful administrator of the portal would complain about. */
export interface Violation {
  readonly kind:
    /** A call was finished again although the client had been told that it was finished. */
    | 'second-finish'
    | 'finish-of-unknown-call'
    | 'attach-before-finish'
    /** At the end of the run a registered call was not finished, though the client knew its CALL_ID. */
    | 'never-finished'
    /** A click was registered although its event brought a CALL_ID. */
    | 'click-registered-again'
    | 'card-left-open'
    | 'card-for-inactive-user'
    /** One physical call stands in the statistics twice. */
    | 'filed-twice'
    /** The request could never succeed. */
    | 'invalid-request'
    | 'unknown-parameter'
    /** The documentation does not say what this request does. */
    | 'undocumented-use';
  readonly detail: string;
}

/** True for what is a mistake at the end of a run only: while calls go on, they are unfinished and have cards. */
export function isAboutTheEnd({ kind }: Violation): boolean {
  return kind === 'never-finished' || kind === 'card-left-open';
}
