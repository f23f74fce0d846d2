import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/**
 * Who may hand calls over: the hosts of the switches that we follow, and networks from the settings. The protocol has no
 * password, so the address is the first of two locks; the second is that the switch says which life of a followed switch
 * it is (`Core-UUID`), which nobody else can know.
 */
export class KnownPeers {
  private readonly fixed = new BlockList();
  private resolved = new BlockList();

  constructor(
    private readonly hosts: readonly string[],
    networks: readonly string[],
    private readonly resolve: (host: string) => Promise<readonly string[]> = addressesOf,
  ) {
    for (const network of networks) add(this.fixed, network);
  }

  /** Looks up the hosts anew; a name that cannot be resolved now keeps nobody else out. */
  async refresh(): Promise<void> {
    const found = await Promise.all(this.hosts.map((host) => this.resolve(host).catch(() => [])));
    const list = new BlockList();
    for (const address of found.flat()) add(list, address);
    this.resolved = list;
  }

  /** Whether a connection from this address is a switch's. */
  has(address: string | undefined): boolean {
    const plain = address?.replace(/^::ffff:(?=\d+\.)/, '') ?? '';
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    return isIP(plain) !== 0 && (this.fixed.check(plain, family) || this.resolved.check(plain, family));
  }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function add(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0) return;
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
}
