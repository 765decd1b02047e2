import {
  type listDeletedMembers as binContract,
  type deleteMember as deleteContract,
  type Input,
  memberRefusals,
  mergeRefusals,
  type Reply,
  type restoreMember as restoreContract,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { endMembership, grantMembership, personNamesOf } from '../../access/index.ts'
import { BIN_DAYS } from '../members.policy.ts'
import { isMergedAway } from '../queries/merge.queries.ts'
import * as q from '../queries/records.queries.ts'
import * as upkeep from '../queries/upkeep.queries.ts'
import { recordVersion } from './change-records.ts'

const HOUR = 3600_000

/** Puts a record into the recycle bin: it leaves every list, and the person's membership ends. */
export async function remove(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof deleteContract>,
): Promise<Reply<typeof deleteContract>> {
  const record = await q.lockRecord(ctx.db, ctx.actor, params.id)
  if (!record) throw memberRefusals.not_found()
  demandVersion(ctx, record.version)
  if (record.deleted_at !== null) throw memberRefusals.deleted()
  const { tenantId, personId } = ctx.actor
  await q.setDeleted(ctx.db, tenantId, record, { at: ctx.now, by: personId, reason: body.reason }, ctx.now)
  await endMembership(ctx.db, { tenantId, memberId: record.id, by: personId, reason: body.reason, now: ctx.now })
  await recordStep(ctx, record, 'deletion', body.reason)
  const subject = { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id }
  await publish(
    ctx,
    'members.deleted',
    subject,
    { memberId: record.id, orgId: record.org_id, category: record.category, status: record.status },
    { reason: body.reason },
  )
  return { id: record.id, version: record.version + 1 }
}

/** Takes a record out of the recycle bin within 30 days. */
export async function restore(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof restoreContract>,
): Promise<Reply<typeof restoreContract>> {
  const record = await q.lockRecord(ctx.db, ctx.actor, params.id)
  if (!record) throw memberRefusals.not_found()
  if (record.deleted_at === null) throw memberRefusals.not_deleted()
  if (await isMergedAway(ctx.db, ctx.actor.tenantId, record.id)) throw mergeRefusals.undo_instead()
  if (record.record_state === 'closed' || record.deleted_at.getTime() < ctx.now.getTime() - BIN_DAYS * 24 * HOUR)
    throw memberRefusals.bin_expired({ days: BIN_DAYS })
  const { tenantId } = ctx.actor
  await q.setDeleted(ctx.db, tenantId, record, null, ctx.now)
  await grantMembership(ctx.db, {
    tenantId,
    personId: record.person_id,
    memberId: record.id,
    orgId: record.org_id,
    orgPath: record.org_path,
    now: ctx.now,
  })
  await recordStep(ctx, record, 'restoration', body.reason)
  const subject = { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id }
  await publish(
    ctx,
    'members.restored',
    subject,
    { memberId: record.id, orgId: record.org_id, category: record.category, status: record.status },
    { reason: body.reason },
  )
  return { id: record.id, version: record.version + 1 }
}

async function recordStep(
  ctx: Ctx<Tx>,
  record: q.StoredMember,
  source: 'deletion' | 'restoration',
  reason: string,
): Promise<void> {
  await recordVersion(ctx, {
    memberId: record.id,
    personId: record.person_id,
    orgPath: record.org_path,
    version: record.version + 1,
    before: {},
    after: {},
    source,
    sourceId: null,
    reason,
  })
}

/** The recycle bin of the scope. */
export async function listBin(ctx: Ctx, { query }: Input<typeof binContract>): Promise<Reply<typeof binContract>> {
  const keyset = keysetOf(query, { deleted: 'm.deleted_at' }, '-deleted')
  const found = await upkeep.listDeleted(ctx.db, ctx.actor, new Date(ctx.now.getTime() - BIN_DAYS * 24 * HOUR), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: (row.deletedAt as Date).toISOString(),
    id: row.id,
  }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.deletedBy),
  )
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      memberNo: row.memberNo,
      category: row.category as never,
      orgName: row.orgName ?? '',
      deletedAt: (row.deletedAt as Date).toISOString(),
      deletedBy: names.get(row.deletedBy ?? '') ?? null,
      reason: row.reason ?? '',
      goneOn: todayOf(new Date((row.deletedAt as Date).getTime() + BIN_DAYS * 24 * HOUR)),
    })),
    next,
    total: null,
  }
}
