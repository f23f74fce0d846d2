/** A call to ask the shipped dialplan about. */
export interface SampleCall {
  readonly context: string;
  readonly destination: string;
  /** Channel variables that it brings along. */
  readonly variables?: Readonly<Record<string, string>>;
  /** On the switch's clock; else now. */
  readonly at?: string;
}

const samples = (context: string, ...calls: readonly Omit<SampleCall, 'context'>[]): SampleCall[] =>
  calls.map((call) => ({ context, ...call }));

/** Calls that together come by every extension of the shipped dialplan. */
export const SAMPLE_CALLS: readonly SampleCall[] = [
  ...samples(
    'public',
    { destination: '74951234567' },
    { destination: '+74951234568' },
    { destination: '74951234569' },
    { destination: '74951234570' },
    { destination: '74951234571' },
    { destination: '74951234572', at: '2026-11-24T17:59:59' },
    { destination: '74951234572', at: '2026-11-24T18:00:00' },
    { destination: '74951234572' },
    { destination: '74950000000', variables: { origination_caller_id_name: 'Evil%0AVia: me' } },
  ),
  ...samples(
    'default',
    { destination: '1002', variables: { user_name: '1001' } },
    { destination: '1002', variables: { 'sip_h_Referred-By': '<sip:1003@pbx.internal>' } },
    { destination: '1999' },
    { destination: '2001' },
    { destination: '2002' },
    { destination: '**1001' },
    { destination: '*221001', variables: { connector_may_listen: 'true' } },
    { destination: '*221001' },
    { destination: '*8179161234567', variables: { user_name: '1001' } },
    { destination: '6001' },
    { destination: '3001' },
    { destination: 'message' },
    { destination: 'announcement' },
    { destination: 'unanswered', variables: { connector_mobile: '79161234567' } },
    { destination: 'unanswered', variables: { connector_return_to: '1001' } },
    { destination: 'unanswered', variables: { connector_overflow: 'message' } },
    { destination: '79161234567' },
    { destination: '9', variables: { connector_return_to: '1001' } },
    { destination: '9' },
  ),
  ...samples(
    'click-to-call',
    { destination: '79161234567', variables: { connector_call_id: 'click-0001', connector_digits: 'w12#' } },
    { destination: '79161234567', variables: { connector_line: 'nonsense', connector_record: 'false' } },
    {
      destination: '79161234567',
      variables: { connector_say: 'Call%20me%2C%20please.', connector_voice: 'flite%7Ckal' },
    },
    { destination: '1002' },
    { destination: '9' },
  ),
  ...samples('routed', { destination: '74951234571' }, { destination: 'fallback' }),
  ...samples(
    'ivr',
    { destination: 'menu' },
    { destination: 'choice-1' },
    { destination: 'choice-2' },
    { destination: 'choice-1001' },
    { destination: 'choice-' },
  ),
  ...samples(
    'features',
    { destination: 'dx' },
    { destination: 'dx-1002', variables: { presence_id: '1001@pbx.internal' } },
    { destination: 'att_xfer' },
    { destination: 'att_xfer-1002' },
  ),
];
