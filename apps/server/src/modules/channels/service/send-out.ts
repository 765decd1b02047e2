import type { OutLevel } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import { CHUNK } from '../channels.limits.ts'
import * as q from '../queries/asked.queries.ts'
import { reachesPeople } from '../queries/outlets.queries.ts'

/**
 * A notice that is to leave the platform. `key`: the same notice has the same key, and reaches a person once by each
 * way. `text`: what may be said outside beyond the title; empty for anything confidential. `path`: where it stands in
 * the phone application. `to`: ids of at most 500 persons.
 */
export type NoticeOut = {
  readonly key: string
  readonly tenantId: string
  readonly level: OutLevel
  readonly title: string
  readonly text: string
  readonly path: string | null
  readonly to: readonly string[]
}

/**
 * Asks for a notice to be sent by every way that reaches its people. Written in the caller's transaction: it goes when
 * that one commits, within a minute, and nothing that fails on the way touches the notice inside the platform.
 */
export async function sendOut(tx: Tx, at: { readonly now: Date }, out: NoticeOut): Promise<void> {
  if (out.to.length > CHUNK) throw new Error(`at most ${CHUNK} persons at once`)
  if (out.to.length === 0 || !(await reachesPeople(tx, out.tenantId))) return
  const { key, level, title, text, path } = out
  const asked = { id: newId(at), key, level, title, text, path, people: [...new Set(out.to)] }
  await q.insertAsked(tx, out.tenantId, asked, at.now)
}
