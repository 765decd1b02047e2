import type { Ctx } from '../../../platform/ctx.ts'

const place = (column: string, rowId: string) => ({ table: 'membership_decision', column, rowId })
/** Opens a sealed text of a decision. */
export const opened = (ctx: Pick<Ctx, 'vault'>, id: string, column: string, sealed: Buffer | null): string | null =>
  sealed === null ? null : ctx.vault.open(place(column, id), sealed)
export const sealed = (ctx: Pick<Ctx, 'vault' | 'now'>, id: string, column: string, text: string): Buffer =>
  ctx.vault.seal(place(column, id), text, ctx.now)
