import type { App } from '../apps';

/** Does nothing: that it stands in a dial plan is what counts (see `bowOutOnExecute`). */
export const unloop: App = { name: 'unloop', needsMedia: true, run: () => undefined };
