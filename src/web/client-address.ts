/** Who asks, as far as an address tells. */
import { isIP } from 'node:net';

/** A home or an office has at least so many groups of 16 bits to itself: a /64. */
const NETWORK_GROUPS = 4;
/** `::ffff:a.b.c.d`, as URLs write it. */
const MAPPED = /^::ffff:([\da-f]+):([\da-f]+)$/;

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
  switch (isIP(address)) {
    case 4:
      return address;
    case 6:
      return networkOf6(address);
    default:
      return undefined;
  }
}

/** Some proxies add it: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  return bracketed ?? (/^[\d.]+:\d+$/.test(text) ? text.replace(/:\d+$/, '') : text);
}

function networkOf6(address: string): string {
  // In one way of writing; a zone ("%eth0") means nothing here.
  const written = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
  const mapped = MAPPED.exec(written);
  if (mapped) {
    const bytes = mapped.slice(1).flatMap(group => {
      const number = Number.parseInt(group, 16);
      return [number >> 8, number & 255];
    });
    return bytes.join('.');
  }
  const [head = '', tail] = written.split('::').map(part => part.split(':').filter(group => group !== ''));
  const groups = tail ? [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail] : [...head];
  return `${groups.slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
