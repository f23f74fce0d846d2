/** What is checked here goes into a command of the switch. */
const DIGITS = /^\+?(\d{7,15})$/;
const GATEWAY = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * The argument of `bridge` for people of the company: all their phones at once, each for so many seconds.
 *
 * @param contacts parts of a dial string, one per person (`Registrations`)
 */
export function dialPeople(contacts: readonly string[], seconds: number): string {
  // ignore_early_media: the tones of one phone must not stop the others' ringing.
  return `{ignore_early_media=true,leg_timeout=${seconds}}${contacts.join(',')}`;
}

/**
 * The same for a number outside.
 *
 * @throws RangeError when one of them cannot be one
 */
export function dialNumber(number: string, gateway: string, seconds: number): string {
  const digits = DIGITS.exec(number)?.[1];
  if (digits === undefined) throw new RangeError('not a number that can be dialled');
  if (!GATEWAY.test(gateway)) throw new RangeError('not the name of a gateway');
  return `{ignore_early_media=true,leg_timeout=${seconds}}sofia/gateway/${gateway}/${digits}`;
}
