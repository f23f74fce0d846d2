import { listOf, milliseconds, plainText, port, wholeNumber } from './formats';
import { variable } from './variable';

const SECOND = 1_000;

/** The outbound event socket, by which switches hand over the callers that the connector routes. */
export const routingVariables = {
  host: variable('ROUTE_HOST', plainText, {
    meaning: 'The address on which switches hand over calls to be routed; 0.0.0.0 in a container.',
    byDefault: '127.0.0.1',
  }),
  port: variable('ROUTE_PORT', port, {
    meaning: 'The port on which they do; CONNECTOR_ROUTE_HOSTS of the switch names it.',
    byDefault: '8084',
  }),
  peers: variable(
    'ROUTE_PEERS',
    listOf(/^[0-9a-f.:]+(\/\d{1,3})?$/i, 'must be addresses or networks (CIDR), separated by commas.'),
    {
      meaning:
        'Addresses and networks that switches hand over calls from, beside the hosts in SWITCHES; the protocol has no password.',
      byDefault: '',
    },
  ),
  mostCalls: variable('ROUTE_MOST_CALLS', wholeNumber(1, 100_000), {
    meaning:
      'Callers at the same time that are being routed, or talk since they were; for more the dialplan decides.',
    byDefault: '5000',
  }),
  commandMs: variable('ROUTE_COMMAND_TIMEOUT_MS', milliseconds(100, 30 * SECOND), {
    meaning: 'How long switch and database may take to answer a question about a routed call.',
    byDefault: '2000',
  }),
};
