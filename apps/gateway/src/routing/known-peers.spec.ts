import { KnownPeers } from './known-peers';

describe('KnownPeers', () => {
  const hosts: Readonly<Record<string, readonly string[]>> = {
    'fs.internal': ['10.0.0.5', 'fd00::5'],
    '127.0.0.1': ['127.0.0.1'],
  };
  const resolve = (host: string): Promise<readonly string[]> => {
    const found = hosts[host];
    return found ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND'));
  };

  it('are the hosts of the switches and the networks from the settings', async () => {
    const peers = new KnownPeers(
      ['fs.internal', 'gone.internal', '127.0.0.1'],
      ['172.29.80.0/24', '::1'],
      resolve,
    );
    expect(peers.has('10.0.0.5')).toBe(false);
    await peers.refresh();
    for (const known of ['10.0.0.5', 'fd00::5', '127.0.0.1', '::ffff:127.0.0.1', '172.29.80.77', '::1'])
      expect([known, peers.has(known)]).toEqual([known, true]);
    for (const stranger of [
      '10.0.0.6',
      '172.29.81.1',
      '::2',
      '::ffff:10.0.0.6',
      '',
      'fs.internal',
      undefined,
    ])
      expect([stranger, peers.has(stranger)]).toEqual([stranger, false]);
  });
});
