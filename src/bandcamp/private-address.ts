/**
 * Keeps strangers' addresses from leading to this machine or its network: by their text, and by what their
 * host resolves to.
 */
import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

const subnets = (family: 'ipv4' | 'ipv6', ...texts: string[]): BlockList => {
  const list = new BlockList();
  for (const text of texts) {
    const [network = '', prefix] = text.split('/');
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
};

/**
 * IANA's IPv4 Special-Purpose Address Registry, multicast, the reserved rest, and Azure's metadata host,
 * which looks public.
 */
const RESERVED_4 = subnets(
  'ipv4',
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
  ],
  ...[
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ],
  ...['224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
);
/**
 * All that IANA gives out as global unicast: loopback, mapped IPv4, NAT64, unique-local, link-local and
 * multicast lie outside.
 */
const GLOBAL_6 = subnets('ipv6', '2000::/3');
/** Of it: Teredo and other protocols, documentation, and 6to4, which holds any IPv4 address. */
const RESERVED_6 = subnets('ipv6', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20');

/** Whether an IP address, written as the system writes it, may be connected to. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !RESERVED_4.check(address, 'ipv4');
    case 6:
      return GLOBAL_6.check(address, 'ipv6') && !RESERVED_6.check(address, 'ipv6');
    default:
      return false;
  }
}

/**
 * Names that are kept for the local network (RFC 6761, RFC 8375, ICANN's `.internal`); a name without a dot
 * is one, too.
 */
const LOCAL_NAME = /^[^.]*$|(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a URL's text alone says that it leads nowhere public. `URL` has normalised it: `0x7f.1` and
 * `2130706433` are 127.0.0.1.
 */
export function isPrivateHost({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return isIP(host) ? !isPublicAddress(host) : LOCAL_NAME.test(host);
}

/** A host resolved to an address that is none of the public internet's. */
export class PrivateAddress extends Error {
  constructor(host: string, address: string) {
    super(`${host} is ${address || 'nowhere'}`);
    this.name = 'PrivateAddress';
  }
}

const resolveAll: Resolve = host => systemLookup(host, { all: true });

/**
 * What sockets look hosts up by: it hands on the very addresses that it has checked, so that no second
 * look-up can answer otherwise (DNS rebinding). One address that is not public refuses the host, whatever the
 * others are.
 */
export function guardedLookup(resolve: Resolve = resolveAll, isAllowed = isPublicAddress): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      found => {
        const [first] = found;
        const bad = found.find(({ address }) => !isAllowed(address));
        if (!first || bad) callback(new PrivateAddress(host, bad?.address ?? ''), []);
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      error => callback(error, []),
    );
  };
}
