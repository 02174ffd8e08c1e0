/** Who asks, as far as an address tells. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A home or an office has at least so many groups of 16 bits to itself: a /64. */
const NETWORK_GROUPS = 4;

export interface Seen {
  /** Of the connection. */
  remote: string | undefined;
  /**
   * `X-Forwarded-For`: each proxy adds at the right whom it was asked by; what stands further left anybody
   * can write.
   */
  forwarded: string | undefined;
}

/**
 * The client behind so many proxies of ours: an IPv4 address, or the network of an IPv6 one. What is no
 * address counts as that of the connection, and so does a request that came past the proxies.
 */
export function clientOf({ remote, forwarded }: Seen, proxies: number): string {
  const told = proxies > 0 ? forwarded?.split(',').at(-proxies)?.trim() : undefined;
  return (told && networkOf(told)) || (remote && networkOf(remote)) || 'unknown';
}

function networkOf(text: string): string | undefined {
  const address = withoutPort(text);
  if (isIP(address) === 0) return undefined;
  // `::ffff:a.b.c.d` is an IPv4 address.
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const groups = parsed.parts.slice(0, NETWORK_GROUPS).map(group => group.toString(16));
  return `${groups.join(':')}::/64`;
}

/** Some proxies add it: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  return bracketed ?? (/^[\d.]+:\d+$/.test(text) ? text.replace(/:\d+$/, '') : text);
}
