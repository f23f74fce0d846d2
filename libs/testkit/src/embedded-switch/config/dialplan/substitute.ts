/**
 * Puts what a condition captured into the data of an action: `$1`, `${1}`, `$0` for all that matched; a group that is not
 * there is nothing (switch_regex.c, `switch_perform_substitution`). Every other `$` stays: it may begin a variable.
 */
export function substituteCaptures(data: string, match: RegExpExecArray): string {
  return data.replace(/\$(?:(\d+)|\{(\d+)\})/g, (_all, bare?: string, braced?: string) => {
    return match[Number(bare ?? braced)] ?? '';
  });
}
