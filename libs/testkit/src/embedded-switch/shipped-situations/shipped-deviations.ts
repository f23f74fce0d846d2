/** Where the embedded switch differs from a real one in what the shipped dialplan does; everything else is equal. */
export const SHIPPED_DEVIATIONS: Readonly<Record<string, readonly string[]>> = {};
