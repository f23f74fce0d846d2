import type { z } from 'zod';
import type { ActionName, ControlActions } from './actions';
import type { ControlViews, ViewName } from './views';

/** What an action takes. */
export type BodyOf<Name extends ActionName> = z.input<ControlActions[Name]['body']>;
/** What travels back: nothing is null. */
type Wire<Result> = [Awaited<Result>] extends [object] ? Awaited<Result> : null;
export type ActionResult<Name extends ActionName> = Wire<ReturnType<ControlActions[Name]['act']>>;
export type ViewResult<Name extends ViewName> = Wire<ReturnType<ControlViews[Name]['see']>>;

/** The body may be left out where nothing in it has to be there. */
type BodyArgs<Body> = Record<string, never> extends Body ? [body?: Body] : [body: Body];

/** The control API has refused. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * Steers a fake portal in another process over its control API: `do` changes something, `see` looks. Actions, views
 * and their types are those of the portal itself.
 */
export class FakePortalControl {
  /**
   * @param origin address of the portal, e.g. http://127.0.0.1:8400
   * @param fetch default the real one
   */
  constructor(
    private readonly origin: string,
    private readonly fetch: typeof globalThis.fetch = globalThis.fetch,
  ) {}

  /** @throws ControlError if the portal refuses */
  async do<Name extends ActionName>(
    name: Name,
    ...[body]: BodyArgs<BodyOf<Name>>
  ): Promise<ActionResult<Name>> {
    const answer = await this.fetch(`${this.origin}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
    return (await this.#resultOf(answer)) as ActionResult<Name>;
  }

  /** @throws ControlError if the portal refuses */
  async see<Name extends ViewName>(
    name: Name,
    query: Readonly<Record<string, string | number>> = {},
  ): Promise<ViewResult<Name>> {
    const search = new URLSearchParams(
      Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const answer = await this.fetch(`${this.origin}/control/${name}?${search.toString()}`);
    return (await this.#resultOf(answer)) as ViewResult<Name>;
  }

  async #resultOf(answer: Response): Promise<unknown> {
    const { result, error } = (await answer.json()) as { result?: unknown; error?: string };
    if (!answer.ok) throw new ControlError(error ?? `HTTP ${answer.status}`, answer.status);
    return result;
  }
}
