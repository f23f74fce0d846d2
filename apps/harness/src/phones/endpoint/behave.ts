import type { Behaviour, Ending } from '../call/behaviour';
import type { PhoneCall } from '../call/phone-call';

/**
 * Does with an incoming call what somebody was told to do.
 *
 * @param onFailure told when it cannot be done; a caller who has given up meanwhile is none
 */
export function behave(call: PhoneCall, behaviour: Behaviour, onFailure: (error: unknown) => void): void {
  const attempt = (work: () => Promise<void>): void => {
    if (call.end) return;
    work().catch((error: unknown) => {
      if (!call.end) onFailure(error);
    });
  };
  const { progress, then, afterMs = 0 } = behaviour;
  if (progress === 'ringing') attempt(() => call.ring());
  else if (progress !== 'silent') attempt(() => call.playEarly(progress));
  if (!then) return;
  const timer = setTimeout(() => attempt(() => finish(call, then)), afterMs);
  const stop = call.listen(({ kind }) => {
    if (kind !== 'ended') return;
    clearTimeout(timer);
    stop();
  });
}

async function finish(call: PhoneCall, ending: Ending): Promise<void> {
  // Somebody may have answered by hand meanwhile.
  if (call.state.status === 'talking') return;
  switch (ending.kind) {
    case 'answer':
      return call.answer();
    case 'refuse':
      return call.decline(ending.statusCode, ending.reason);
    case 'redirect':
      return call.redirect(ending.to);
  }
}
