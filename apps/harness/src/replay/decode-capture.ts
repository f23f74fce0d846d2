import { FrameDecoder, lazyJsonEvent, MINIMAL_SUBSCRIPTION, type EslEvent, type Frame } from '@app/esl';
import type { Capture, CapturedEvent } from '@app/testkit';

/** What the gateway would meet on the event socket, in order. */
export type StreamItem =
  | { readonly kind: 'event'; readonly event: EslEvent }
  /** The connection was lost and came back; `coreUuid` is what the switch answers when asked who it is now. */
  | { readonly kind: 'reconnected'; readonly coreUuid: string };

/**
 * A captured stream as the event socket would bring it: each event framed as FreeSWITCH frames it, taken apart again by
 * the real decoder, and only those that the gateway subscribes to.
 */
export function* decodeCapture(capture: Capture): Generator<StreamItem> {
  const decoder = new FrameDecoder();
  for (const [index, line] of capture.timeline.entries()) {
    if (line.kind === 'event') yield* subscribedEvents(decoder.push(frameOf(line)));
    else if (line.marker === 'reconnected') yield* reconnection(capture, index);
  }
}

function* subscribedEvents(frames: Iterable<Frame>): Generator<StreamItem> {
  for (const frame of frames) {
    const event = lazyJsonEvent(frame.body.toString('utf8'));
    if (isSubscribed(event)) yield { kind: 'event', event };
  }
}

function* reconnection(capture: Capture, index: number): Generator<StreamItem> {
  const next = capture.timeline.slice(index).find((later) => later.kind === 'event');
  const coreUuid = next?.record['Core-UUID'];
  if (typeof coreUuid === 'string') yield { kind: 'reconnected', coreUuid };
}

/** `Content-Length` comes first in event frames (freeswitch-facts, section 10). */
function frameOf(captured: CapturedEvent): Buffer {
  const body = Buffer.from(JSON.stringify(captured.record));
  return Buffer.concat([
    Buffer.from(`Content-Length: ${body.length}\nContent-Type: text/event-json\n\n`),
    body,
  ]);
}

function isSubscribed(event: EslEvent): boolean {
  if (event.name !== 'CUSTOM') return SUBSCRIBED.has(event.name);
  return event.subclass !== undefined && SUBCLASSES.has(event.subclass);
}

const SUBSCRIBED: ReadonlySet<string> = new Set(MINIMAL_SUBSCRIPTION.events);
const SUBCLASSES: ReadonlySet<string> = new Set(MINIMAL_SUBSCRIPTION.customSubclasses);
