/** An employee, as far as phones are concerned. */
export interface Employee {
  readonly userId: number;
  /** For people. */
  readonly name: string;
  /** As the portal has it, possibly blank; undefined: none. */
  readonly extension?: string;
}

/** Who has which extension. */
export interface ExtensionMap {
  readonly phones: readonly { readonly extension: string; readonly userId: number }[];
  /** Extensions that several employees have; the one who was there first has it in `phones`. */
  readonly shared: readonly { readonly extension: string; readonly employees: readonly Employee[] }[];
  /** Those who have none. */
  readonly without: readonly Employee[];
}

/**
 * The map of extensions. A blank extension is none, never a key: elsewhere that routed every unknown number to one user.
 */
export function extensionMap(employees: readonly Employee[]): ExtensionMap {
  const byExtension = new Map<string, Employee[]>();
  const without: Employee[] = [];
  for (const employee of [...employees].sort((a, b) => a.userId - b.userId)) {
    const extension = employee.extension?.trim() ?? '';
    if (extension === '') without.push(employee);
    else byExtension.set(extension, [...(byExtension.get(extension) ?? []), employee]);
  }
  const entries = [...byExtension.entries()];
  return {
    phones: entries.flatMap(([extension, [first]]) =>
      first === undefined ? [] : [{ extension, userId: first.userId }],
    ),
    shared: entries
      .filter(([, those]) => those.length > 1)
      .map(([extension, those]) => ({ extension, employees: those })),
    without,
  };
}
