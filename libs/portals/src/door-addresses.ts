/** The addresses of an application at the public door. They hold its key: never to be logged. */
export interface DoorAddresses {
  /** "Initial installation path", or "Application installer URL". */
  readonly install: string;
  /** "Your handler path", or "Application URL". */
  readonly app: string;
  /** What the portal's events are bound to. */
  readonly events: string;
}

/**
 * Where Bitrix24 reaches an application.
 *
 * @param publicUrl scheme and host of the public door: https://connector.example.com
 */
export function doorAddresses(publicUrl: string, installKey: string): DoorAddresses {
  const at = (door: string) => new URL(`/bitrix24/${installKey}/${door}`, publicUrl).href;
  return { install: at('install'), app: at('app'), events: at('events') };
}
