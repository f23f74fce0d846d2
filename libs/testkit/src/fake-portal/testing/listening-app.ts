import { decodePhpForm } from '../http/php-form';

export interface ReceivedPost {
  readonly url: string;
  readonly contentType: string;
  /** The body, with its brackets undone. */
  readonly form: Readonly<Record<string, unknown>>;
}

/** The other end of events and frames: an application that takes what the portal posts, without any network. */
export class ListeningApp {
  readonly received: ReceivedPost[] = [];
  /** What it answers; `down`: nobody is there. */
  answer: number | 'down' = 200;

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.text();
    if (this.answer === 'down') throw new TypeError('fetch failed');
    this.received.push({
      url: request.url,
      contentType: request.headers.get('content-type') ?? '',
      form: decodePhpForm(new URLSearchParams(body)),
    });
    return new Response('<html></html>', { status: this.answer });
  };

  /** The events that came, by what they carried. */
  get events(): readonly { readonly event: unknown; readonly data: unknown; readonly auth: Auth }[] {
    return this.received.map(({ form }) => ({
      event: form.event,
      data: form.data,
      auth: form.auth as Auth,
    }));
  }
}

type Auth = Readonly<Record<string, string | undefined>>;
