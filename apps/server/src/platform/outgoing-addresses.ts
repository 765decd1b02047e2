import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

export type Address = { readonly address: string; readonly family: 4 | 6 }
export type Resolve = (host: string) => Promise<readonly Address[]>

/** IANA's special-purpose registry for IPv4, and the addresses at which clouds answer their machines. */
const CLOSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Inside 2000::/3, which alone is global: protocol assignments with Teredo, documentation, 6to4. */
const CLOSED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

const closedV4 = listOf(CLOSED_V4, 'ipv4')
const closedV6 = listOf(CLOSED_V6, 'ipv6')
const globalV6 = listOf(['2000::/3'], 'ipv6')

/**
 * Whether an address lies in the open internet. An IPv6 address that carries an IPv4 one (mapped, compatible, NAT64) is
 * outside 2000::/3 and so never open: there is no spelling to take apart.
 */
export function isOpenAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closedV4.check(address, 'ipv4')
  return family === 6 && globalV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
}

/** The resolver of this machine, which also knows its hosts file. */
export const resolveHere: Resolve = async (host) =>
  (await lookup(host, { all: true, order: 'verbatim' })).map(({ address, family }) => ({
    address,
    family: family === 6 ? 6 : 4,
  }))
