import { coursewareRefusals as refusals } from '@tongxin/contract'
import type { Vault } from '../../platform/vault.ts'

/** The path below which packages run: on the origin for content, and nowhere else. */
export const PACKAGE_CONTENT_PATH = '/api/v1/courseware/content/'
/** Longer than any lesson; a session that ends takes its links with it. */
export const LINK_MS = 12 * 3600_000

/** What a link opens: one version of one package, for one session while it lives. */
export type PackageLink = {
  readonly session: Buffer
  readonly packageId: string
  readonly number: number
  readonly until: Date
}

const PLACE = { table: 'courseware_package', column: 'link', rowId: 'link' } as const
const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

export const linkEnd = (now: Date): Date => new Date(now.getTime() + LINK_MS)

/** One sealed prefix for the player and all files of the version. */
export function sealPrefix(vault: Vault, link: PackageLink, now: Date): string {
  const head = Buffer.alloc(10)
  head.writeUIntBE(link.until.getTime(), 0, 6)
  head.writeUInt32BE(link.number, 6)
  const plain = Buffer.concat([head, bytesOf(link.packageId), link.session])
  return vault.seal(PLACE, plain.toString('base64url'), now).toString('base64url')
}

/** @throws Refusal `courseware.link_expired`, for forged ones as well */
export function openPrefix(vault: Vault, token: string, now: Date): PackageLink {
  const link = linkIn(vault, token)
  if (!link || now > link.until) throw refusals.link_expired()
  return link
}

function linkIn(vault: Vault, token: string): PackageLink | undefined {
  try {
    const plain = Buffer.from(vault.open(PLACE, Buffer.from(token, 'base64url')), 'base64url')
    return {
      until: new Date(plain.readUIntBE(0, 6)),
      number: plain.readUInt32BE(6),
      packageId: idOf(plain.subarray(10, 26)),
      session: plain.subarray(26),
    }
  } catch {
    // Forged, cut off or from before a restored key: to the person it is the same as too old.
    return undefined
  }
}

/** The page of a package on the phone, to which learners come back from a unit. */
export const backPath = (packageId: string): string => `/learning/packages/${packageId}`
