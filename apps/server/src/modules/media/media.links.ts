import { mediaRefusals as refusals } from '@tongxin/contract'
import type { Vault } from '../../platform/vault.ts'

/** The path below which media are served: with CONTENT_ORIGIN only there. */
export const MEDIA_CONTENT_PATH = '/api/v1/media/content/'
/** Longer than any lesson; a session that ends takes its links with it. */
const LINK_HOURS = 12

/**
 * For whom a link opens: one session while it lives and may watch, everybody while a public lesson shows the medium, or
 * the paired television set that asked.
 */
export type Bearer = { readonly session: Buffer } | { readonly tenantId: string; readonly whose: 'everybody' | 'set' }
const KINDS = { everybody: 0, session: 1, set: 2 } as const
/** What a link opens: the files of one making of one medium. `edition` changes whenever other bytes play. */
export type MediaLink = {
  readonly bearer: Bearer
  readonly mediaId: string
  readonly edition: string
  readonly until: Date
}

const PLACE = { table: 'media_item', column: 'link', rowId: 'link' } as const
const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

export const linkEnd = (now: Date): Date => new Date(now.getTime() + LINK_HOURS * 3600_000)

/** One signed prefix for all files of the medium, so that a stream of many parts needs no link for each. */
export function sealPrefix(vault: Vault, link: MediaLink, now: Date): string {
  const until = Buffer.alloc(6)
  until.writeUIntBE(link.until.getTime(), 0, 6)
  const kind = 'session' in link.bearer ? KINDS.session : KINDS[link.bearer.whose]
  const bearer = 'session' in link.bearer ? link.bearer.session : bytesOf(link.bearer.tenantId)
  const plain = Buffer.concat([Buffer.from([kind]), until, bytesOf(link.mediaId), bytesOf(link.edition), bearer])
  return vault.seal(PLACE, plain.toString('base64url'), now).toString('base64url')
}

/** @throws Refusal `media.link_expired`, for forged ones as well */
export function openPrefix(vault: Vault, token: string, now: Date): MediaLink {
  const link = linkIn(vault, token)
  if (!link || now > link.until) throw refusals.link_expired()
  return link
}

function linkIn(vault: Vault, token: string): MediaLink | undefined {
  try {
    const plain = Buffer.from(vault.open(PLACE, Buffer.from(token, 'base64url')), 'base64url')
    const bearer = plain.subarray(39)
    return {
      until: new Date(plain.readUIntBE(1, 6)),
      mediaId: idOf(plain.subarray(7, 23)),
      edition: idOf(plain.subarray(23, 39)),
      bearer:
        plain[0] === KINDS.session
          ? { session: bearer }
          : { tenantId: idOf(bearer), whose: plain[0] === KINDS.set ? 'set' : 'everybody' },
    }
  } catch {
    // Forged, cut off or from before a restored key: to the person it is the same as too old.
    return undefined
  }
}
