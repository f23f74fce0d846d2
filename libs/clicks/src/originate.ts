import type { ClickOrder, ClickPhone } from '@app/calls';
import { originateValue } from './originate-value';

/** What the switch must know beside the order. */
export interface OriginateOptions {
  /** Gateway that the employees' mobiles are called over. */
  readonly mobileGateway: string;
  /** TTS engine and voice, e.g. `flite|kal`. */
  readonly voice?: string;
  /**
   * The employee's channel gets the order's uuid, and the switch refuses a second one. Of a person with several devices
   * only the first would ring then: FreeSWITCH gives every device the same uuid, and refuses all but one.
   */
  readonly presetUuid: boolean;
}

/** The context of our dialplan that calls the client, and its number there. */
const CONTEXT = 'click-to-call';

/**
 * The arguments of `originate` for an order: first the employee's phone, then the client through the dialplan. Always of
 * the same structure: one set of variables, one endpoint, a number, `XML`, a context, no caller id of
 * its own, a time.
 *
 * @throws RangeError when the order holds what cannot be a number, an extension or a domain: it was not made by decideClick
 */
export function originateArguments(order: ClickOrder, options: OriginateOptions): string {
  const { digits, ringSeconds } = order.dialling;
  const variables = Object.entries(variablesOf(order, options))
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${name === ALERT_INFO_HEADER ? value : originateValue(value)}`);
  const endpoint = endpointOf(order.click.phone, options);
  return `{${variables.join(',')}}${endpoint} ${checked('number', DIGITS, digits)} XML ${CONTEXT} undef undef ${checked('time to ring', SECONDS, String(ringSeconds))}`;
}

function variablesOf(
  { callId, click, dialling }: ClickOrder,
  { presetUuid, voice }: OriginateOptions,
): Record<string, string | undefined> {
  const { digits, line, afterAnswer, say, autoAnswer, ringSeconds } = dialling;
  return {
    origination_uuid: presetUuid ? click.agentUuid : undefined,
    connector_call_id: callId,
    connector_line: line,
    connector_digits: afterAnswer,
    connector_say: voice === undefined ? undefined : say,
    connector_voice: say === undefined ? undefined : voice,
    // What the employee's phone shows: whom he is about to talk to.
    origination_caller_id_number: digits,
    origination_caller_id_name: digits,
    // `user/` has a time of its own, and does not heed that of originate.
    leg_timeout: String(ringSeconds),
    ignore_early_media: 'true',
    sip_auto_answer: autoAnswer?.kind === 'call-info' ? 'true' : undefined,
    [ALERT_INFO_HEADER]: autoAnswer?.kind === 'alert-info' ? alertInfo(autoAnswer.text) : undefined,
  };
}

/** FreeSWITCH makes an address of what it begins with: `Ring-Answer` is sent as `<Ring-Answer>`. */
const ALERT_INFO_HEADER = 'sip_h_Alert-Info';
/** `info=alert-autoanswer`, `Ring-Answer`: words of phones' manuals, which need their equals sign. */
const ALERT_INFO = /^[A-Za-z][A-Za-z0-9=;.-]{0,63}$/;
/** What is a parameter needs an address before it, which no phone looks at. */
const NO_ADDRESS = '<http://localhost>;';
const SECONDS = /^[1-9]\d{0,2}$/;
const DIGITS = /^\d{2,15}$/;
const EXTENSION = /^[A-Za-z0-9_.+*#-]{1,32}$/;
const DOMAIN = /^[A-Za-z0-9.-]{1,253}$/;
const GATEWAY = /^[A-Za-z0-9_.-]{1,64}$/;

function alertInfo(text: string): string {
  const known = checked('alert info', ALERT_INFO, text);
  return known.includes('=') ? `${NO_ADDRESS}${known}` : known;
}

function endpointOf(phone: ClickPhone | undefined, { mobileGateway }: OriginateOptions): string {
  if (phone?.kind === 'mobile') {
    const digits = checked('mobile', DIGITS, phone.number.replace(/^\+/, ''));
    return `sofia/gateway/${checked('gateway', GATEWAY, mobileGateway)}/${digits}`;
  }
  return `user/${addressOf(phone)}`;
}

/**
 * A phone as the directory of the switch knows it; without a domain it is the switch's default one.
 *
 * @throws RangeError when it cannot be one
 */
export function addressOf(phone: ClickPhone | undefined): string {
  if (phone?.kind !== 'extension') throw new RangeError('no extension to be called');
  const extension = checked('extension', EXTENSION, phone.extension);
  return phone.domain === undefined ? extension : `${extension}@${checked('domain', DOMAIN, phone.domain)}`;
}

function checked(what: string, pattern: RegExp, text: string): string {
  if (!pattern.test(text)) throw new RangeError(`not a ${what} that can be dialled`);
  return text;
}
