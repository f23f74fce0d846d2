import { isoSeconds } from '../clock';
import type { MethodHandler } from '../rest/method-call';

/** server.time */
export const serverTime: MethodHandler<'server.time'> = (state) => ({
  result: isoSeconds(state.clock.now()),
});
