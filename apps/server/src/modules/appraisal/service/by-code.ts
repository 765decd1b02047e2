import { randomUUID } from 'node:crypto'
import {
  type Input,
  type OpenSheet,
  type Reply,
  type readSheetByCode,
  appraisalRefusals as refusals,
  type returnSheetByCode,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Db, PublicCtx, Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as persons from '../queries/persons.queries.ts'
import * as q from '../queries/rounds.queries.ts'
import * as box from '../queries/sheets.queries.ts'
import { openSheetOf, subjectsOf } from './own.ts'
import { subjectOf } from './rounds.ts'
import { demandWhole, marksOf, sealedSheet } from './sheets.ts'
import { hashOfCode } from './steps.ts'

/** Raters outside the branch: the slip is the whole right. 78 bits are not found by trying, so nobody's address is kept. */

type Found = { readonly tenantId: string; readonly round: q.Round; readonly people: readonly persons.Person[] }

/** Runs the work in the tenant of the code. @throws `code_unknown`, `sheet_not_open` */
async function withCode<T>(
  ctx: PublicCtx,
  platform: Platform,
  code: string,
  work: (tx: Tx, found: Found, hash: Buffer) => Promise<T>,
): Promise<T> {
  const hash = hashOfCode(code)
  const known = await box.codeOf(platform.db, hash)
  if (!known) throw refusals.code_unknown.at('/body/code')
  const { tenantId, roundId } = known
  const { path } = await tenantOf(platform.db, tenantId)
  return inSystemTransaction(platform, { tenantId, scope: path }, async (tx) =>
    work(tx, await foundOf(tx, ctx.now, tenantId, roundId), hash),
  )
}

async function foundOf(db: Db, now: Date, tenantId: string, roundId: string): Promise<Found> {
  const round = await q.roundOf(db, tenantId, roundId, 'update')
  if (round?.state !== 'assessing' || todayOf(now) > round.sheetDueOn) throw refusals.sheet_not_open()
  return { tenantId, round, people: await persons.personsOf(db, tenantId, roundId) }
}

export const read = (ctx: PublicCtx, { body }: Input<typeof readSheetByCode>, platform: Platform): Promise<OpenSheet> =>
  withCode(ctx, platform, body.code, async (_, { round, people }) => openSheetOf(round, people))

export async function putIn(
  ctx: PublicCtx,
  { body }: Input<typeof returnSheetByCode>,
  platform: Platform,
): Promise<Reply<typeof returnSheetByCode>> {
  await withCode(ctx, platform, body.code, async (tx, { tenantId, round, people }, hash) => {
    demandWhole(body.marks, subjectsOf(people), round.criteria)
    // Somebody with the same slip was faster.
    if (!(await box.useCode(tx, tenantId, round.id, hash))) throw refusals.code_unknown.at('/body/code')
    const id = randomUUID()
    const place = { tenantId, roundId: round.id, orgPath: round.orgPath }
    await box.insertSheet(tx, place, id, sealedSheet(ctx, id, { group: 'masses', marks: marksOf(body.marks) }))
    await box.countCodeSheet(tx, tenantId, round.id)
    await publishAll(tx, { tenantId, now: ctx.now }, 'appraisal.sheet_returned', [
      { subject: subjectOf(round), payload: { year: round.year, group: 'masses' } },
    ])
  })
  platform.wake()
  return { returned: true }
}
