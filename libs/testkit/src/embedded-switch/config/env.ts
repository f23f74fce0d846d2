/** The environment of the switch; `process.env` is one. */
export type Env = Readonly<Record<string, string | undefined>>;
