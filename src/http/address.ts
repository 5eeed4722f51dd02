import ipaddr from 'ipaddr.js';

/**
 * Why an address must not be called by default, in words, or `undefined` for a public unicast address.
 * IPv6 forms that carry an IPv4 address (mapped, NAT64) are judged by the address inside.
 */
export function describeForbiddenAddress(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return 'not an IP address';
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? describeForbiddenIPv6(parsed) : describeRange(parsed.range());
}

/** Whether a URL's host is an address that is not on the internet. A name is none, whatever it resolves to. */
export function isPrivateAddress(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(address) && describeForbiddenAddress(address) !== undefined;
}

function describeForbiddenIPv6(address: ipaddr.IPv6): string | undefined {
  const embedded = readEmbeddedIPv4(address);
  return embedded === undefined ? describeRange(address.range()) : describeRange(embedded.range());
}

function readEmbeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const range = address.range();
  if (range === 'ipv4Mapped') return address.toIPv4Address();
  const [a, b, c, d, e, f, high = 0, low = 0] = address.parts;
  const tail = () => new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  // 64:ff9b::/96 is how networks with IPv6 only reach public IPv4; the neighbouring /48 is for private use.
  if (range === 'rfc6052' && a === 0x64 && b === 0xff9b && c === 0 && d === 0) return tail();
  // ::a.b.c.d, the long deprecated IPv4-compatible form, counts as unicast in ipaddr.js.
  const compatible = range === 'unicast' && [a, b, c, d, e, f].every((part) => part === 0);
  return compatible ? tail() : undefined;
}

const RANGE_NAMES: Readonly<Record<string, string>> = {
  unspecified: 'the unspecified address',
  broadcast: 'a broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address, where clouds keep their machine metadata',
  loopback: 'this machine itself',
  carrierGradeNat: 'a shared carrier address',
  private: 'a private network',
  uniqueLocal: 'a private network',
  deprecatedSiteLocal: 'a private network',
  rfc6052: 'a private translation prefix',
};

function describeRange(range: string): string | undefined {
  return range === 'unicast' ? undefined : (RANGE_NAMES[range] ?? 'a reserved network');
}
