import type { SelfChecks } from '@tongxin/contract'
import type { Ctx } from '../../../platform/ctx.ts'

type Sealing = Pick<Ctx, 'vault'>
const place = (column: string, rowId: string) => ({ table: 'appraisal_person', column, rowId })

/** Opens a sealed text about a person. */
export const opened = (ctx: Sealing, id: string, column: string, sealed: Buffer | null): string | null =>
  sealed === null ? null : ctx.vault.open(place(column, id), sealed)
export const sealed = (ctx: Sealing & Pick<Ctx, 'now'>, id: string, column: string, text: string): Buffer =>
  ctx.vault.seal(place(column, id), text, ctx.now)

export type SelfReview = { readonly text: string; readonly checks: SelfChecks }
const NOTHING: SelfReview = { text: '', checks: {} }

export const openedReview = (ctx: Sealing, id: string, bytes: Buffer | null): SelfReview => {
  const text = opened(ctx, id, 'self_review', bytes)
  return text === null ? NOTHING : (JSON.parse(text) as SelfReview)
}

const ofComment = (id: string) => ({ table: 'appraisal_comment', column: 'comment', rowId: id })
export const openedComment = (ctx: Sealing, id: string, bytes: Buffer): string => ctx.vault.open(ofComment(id), bytes)
export const sealedComment = (ctx: Sealing & Pick<Ctx, 'now'>, id: string, text: string): Buffer =>
  ctx.vault.seal(ofComment(id), text, ctx.now)
