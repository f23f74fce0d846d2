import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ShippedStage, startShippedSwitch, type ShippedSwitch } from '../shipped-situations';
import { answered } from '../shipped-situations/situations/from-outside';
import { inTime } from '../testing/in-time';
import { TestPhone } from '../testing/test-phone';
import { urlEncode } from './url-encode';

interface Posted {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly record: Cdr;
}
interface Cdr {
  readonly variables: Readonly<Record<string, string>>;
  readonly callflow: readonly { readonly caller_profile: Readonly<Record<string, string>> }[];
}

describe('call detail records', () => {
  const posted: Posted[] = [];
  let server: Server;
  let status: number;
  let stage: ShippedStage;
  let shipped: ShippedSwitch;

  beforeEach(async () => {
    posted.length = 0;
    status = 200;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        posted.push({ url: request.url ?? '', headers: request.headers, record: JSON.parse(body) as Cdr });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const carrier = await TestPhone.open({ user: '79161234567', displayName: 'Иван Петров' });
    shipped = await startShippedSwitch({
      CONNECTOR_CDR_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cdr`,
      CONNECTOR_CDR_CREDENTIALS: 'switch:secret',
    });
    stage = await ShippedStage.open(shipped.address, carrier);
  });
  afterEach(async () => {
    await stage.close();
    await shipped.stop();
    server.close();
  });

  async function oneCall(): Promise<void> {
    const { call, agent } = await answered(stage);
    call.hangUp();
    await agent.ended();
    await inTime(stage.idle(), () => stage.events);
  }

  it('are posted, one for each leg, before the leg is told to have ended', async () => {
    await oneCall();
    expect(posted).toHaveLength(2);
    const first = posted.find(({ url }) => url === `/cdr?uuid=${stage.leg(0)}`);
    expect(first?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('switch:secret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(first?.record.variables).toMatchObject({
      hangup_cause: 'NORMAL_CLEARING',
      connector_call_id: stage.leg(0),
      sip_from_display: urlEncode('Иван Петров'),
    });
    expect(first?.record.callflow.map(({ caller_profile: profile }) => profile.destination_number)).toEqual([
      '1001',
      '74951234567',
    ]);
    expect(first?.record.callflow[0]?.caller_profile.caller_id_name).toBe('Иван Петров');
  });

  it('are kept in the spool when they are refused', async () => {
    status = 500;
    await oneCall();
    const spool = join(shipped.address.recordings, '..', 'json_cdr');
    expect(readdirSync(spool).sort()).toEqual(
      [`a_${stage.leg(0)}.cdr.json`, `${stage.leg(1)}.cdr.json`].sort(),
    );
    const kept = readFileSync(join(spool, `${stage.leg(1)}.cdr.json`), 'utf8');
    expect((JSON.parse(kept) as Cdr).variables.originating_leg_uuid).toBe(stage.leg(0));
  });

  it('encode values as the switch does: bytes, capitals, nothing twice', () => {
    expect(urlEncode('Иван sip:486%20 %zz')).toBe('%D0%98%D0%B2%D0%B0%D0%BD%20sip%3A486%20%20%25zz');
  });
});
