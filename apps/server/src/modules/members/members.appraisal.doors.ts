import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publishAll } from '../../platform/events.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { widened } from '../../platform/widened.ts'
import * as entries from './queries/entries.queries.ts'
import { lockRecord, type StoredMember } from './queries/records.queries.ts'

/** A grade that people have given, as it stands in the record. */
export type AppraisalResult = {
  readonly memberId: string
  /** In words: 优秀, 合格, 基本合格, 不合格 (EVAL-1). */
  readonly grade: string
}

/** Which appraisal: its year, the day on which the grades were given, and who gave them. */
export type Appraised = { readonly year: number; readonly on: string; readonly by: string }

/**
 * Writes grades into the records of those concerned, as dated entries of their sub-table. Somebody may have gone over
 * to another branch meanwhile: the grade goes along. Records that are gone (recycle bin, merge) are passed over.
 * @returns how many were written
 */
export async function enterAppraisals(
  ctx: Ctx<Tx>,
  { year, on, by }: Appraised,
  results: readonly AppraisalResult[],
): Promise<number> {
  const { tenantId } = ctx.actor
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  return widened(ctx, whole, async (wide) => {
    const everywhere = { ...ctx.actor, ...wide }
    const written: { record: StoredMember; entryId: string }[] = []
    for (const { memberId, grade } of results) {
      const record = await lockRecord(ctx.db, everywhere, memberId)
      if (!record || record.deleted_at !== null) continue
      const entryId = newId(ctx)
      await entries.insertEntry(ctx.db, tenantId, {
        id: entryId,
        memberId: record.id,
        personId: record.person_id,
        orgPath: record.org_path,
        kind: 'appraisal',
        fromOn: on,
        untilOn: null,
        facts: JSON.stringify({ year: String(year), grade, note: by }),
        sealed: null,
        at: ctx.now,
      })
      written.push({ record, entryId })
    }
    const facts = written.map(({ record, entryId }) => ({
      subject: { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id },
      payload: { memberId: record.id, entryId, kind: 'appraisal', change: 'new_entry' },
    }))
    await publishAll(ctx.db, { tenantId, now: ctx.now, actorId: ctx.actor.personId }, 'members.entry_changed', facts)
    return written.length
  })
}
