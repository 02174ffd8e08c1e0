/**
 * Keeps strangers' addresses from leading to this machine or its network: by their text, and by what their
 * host resolves to.
 */
import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** The metadata host of Azure, which looks public. */
const AZURE = '168.63.129.16';
/**
 * All that IANA gives out as global unicast. The library takes for unicast what no list names, such as the
 * IPv4-compatible `::7f00:1`.
 */
const GLOBAL_6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address, written as the system writes it, may be connected to. */
export function isPublicAddress(address: string): boolean {
  // The library alone would read `0x7f.1`, too.
  if (isIP(address) === 0 || address === AZURE) return false;
  const parsed = ipaddr.parse(address);
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_6));
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
