import ipaddr from 'ipaddr.js';

/** Networks in which receivers may be although they are not public: CIDRs of the operator's. */
export type EgressAllowList = readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

/** @throws Error for what is not a comma-separated list of CIDRs */
export function parseAllowList(text: string): EgressAllowList {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => ipaddr.parseCIDR(one));
}

/** Whether the operator allows an address by name. @param address as `dns.lookup` gives it */
export function isInAllowList(address: string, allowed: EgressAllowList): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return allowed.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
}

/**
 * Whether anybody may be sent to an address: it is public, or the operator allows it. Public is the one range
 * `unicast`; loopback, private, link-local (cloud metadata), carrier-grade NAT, tunnels, documentation and what stands for
 * an IPv4 address inside an IPv6 one are none of it.
 */
export function isAllowedAddress(address: string, allowed: EgressAllowList): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast' || isInAllowList(address, allowed);
}
