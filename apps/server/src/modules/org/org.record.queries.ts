import type { OrgFacts, OrgPost, PostWay } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'
import { reportOf } from './org.policy.ts'

/** All columns of a unit, for its page and its form. */
export async function recordOf(db: Db, actor: Actor, id: string) {
  return db
    .selectFrom('org_unit as u')
    .selectAll('u')
    .select((eb) =>
      eb
        .selectFrom('org_unit as c')
        .select(sql<number>`count(*)::int`.as('n'))
        .where('c.tenant_id', '=', actor.tenantId)
        .whereRef('c.parent_id', '=', 'u.id')
        .where('c.dissolved_on', 'is', null)
        .as('children'),
    )
    .where('u.tenant_id', '=', actor.tenantId)
    .where('u.id', '=', id)
    .where(inReach('u.path', actor))
    .executeTakeFirst()
}

/** Names along a path, from the top to the unit itself; those above the scope are names only. */
export async function namesAlong(db: Db, tenantId: string, path: string) {
  const labels = path.split('.')
  const paths = labels.map((_, at) => labels.slice(0, at + 1).join('.'))
  return db
    .selectFrom('org_unit as u')
    .select(['u.id', 'u.path', 'u.name', 'u.kind'])
    .where('u.tenant_id', '=', tenantId)
    .where('u.path', 'in', paths)
    .orderBy('u.path')
    .execute()
}

const ORDER: Record<OrgPost, number> = {
  secretary: 1,
  deputy_secretary: 2,
  standing_member: 3,
  organisation: 4,
  publicity: 5,
  discipline: 6,
  youth: 7,
  committee_member: 8,
  group_leader: 9,
}

/** Who holds the posts of a unit, and with `past` who held them, in the order of the posts. */
export async function postsOf(db: Db, tenantId: string, unitId: string, past: boolean) {
  let select = db
    .selectFrom('org_post as p')
    .select([
      'p.id',
      'p.post',
      'p.member_id as memberId',
      'p.name',
      'p.from_on as fromOn',
      'p.until_on as untilOn',
      'p.document_number as documentNumber',
      'p.way',
      'p.report_document as reportDocument',
      'p.reported_on as reportedOn',
      'p.ended_reason as endedReason',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('p.unit_id', '=', unitId)
  if (!past) select = select.where('p.until_on', 'is', null)
  const rows = await select.orderBy('p.from_on', 'desc').limit(200).execute()
  return rows
    .map((row) => ({
      ...row,
      post: row.post as OrgPost,
      way: row.way as PostWay | null,
      report: reportOf(row.post as OrgPost),
    }))
    .sort((a, b) => Number(a.untilOn !== null) - Number(b.untilOn !== null) || ORDER[a.post] - ORDER[b.post])
}

/** The newest 200 changes of a unit with the name of who entered them, newest first. */
export async function changesOf(db: Db, tenantId: string, unitId: string) {
  return db
    .selectFrom('org_change as c')
    .select([
      'c.id',
      'c.kind',
      'c.effective_on as effectiveOn',
      'c.document_number as documentNumber',
      'c.reason',
      'c.before',
      'c.after',
      'c.made_by_name as madeBy',
      'c.made_at as madeAt',
    ])
    .where('c.tenant_id', '=', tenantId)
    .where('c.unit_id', '=', unitId)
    .orderBy('c.effective_on', 'desc')
    .orderBy('c.made_at', 'desc')
    .limit(200)
    .execute()
}

/** The day of the newest change that the tree as of a day is replayed from. */
export async function lastChangeOn(db: Db, tenantId: string, unitId: string): Promise<string | null> {
  const row = await db
    .selectFrom('org_change as c')
    .select(sql<string | null>`max(c.effective_on)::text`.as('on'))
    .where('c.tenant_id', '=', tenantId)
    .where('c.unit_id', '=', unitId)
    .where('c.kind', 'not in', ['corrected', 'committee_changed', 'term_shifted', 'split'])
    .executeTakeFirst()
  return row?.on ?? null
}

export type Correction = {
  shortName: string | null
  code: string | null
  foundedOn: string | null
  foundingDocument: string | null
  approvedBy: string | null
  tags: string[]
  sortOrder: number
  facts: OrgFacts
}

export async function setRecord(tx: Tx, tenantId: string, id: string, to: Correction, at: Date): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({
      short_name: to.shortName,
      code: to.code,
      founded_on: to.foundedOn,
      founding_document: to.foundingDocument,
      approved_by: to.approvedBy,
      tags: to.tags,
      sort_order: to.sortOrder,
      facts: JSON.stringify(to.facts),
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setTerm(
  tx: Tx,
  tenantId: string,
  id: string,
  term: { ordinal: number | null; fromOn: string; untilOn: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({
      term_ordinal: term.ordinal,
      term_from: term.fromOn,
      term_until: term.untilOn,
      updated_at: term.at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** For a change that stands in no column of the unit: who has seen the old state must look again. */
export async function raiseVersion(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('org_unit')
    .set((eb) => ({ updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** A living member of the scope, by the shared view. */
export async function findMember(db: Db, actor: Actor, memberId: string) {
  return db
    .selectFrom('member_card as m')
    .select(['m.id', 'm.name', 'm.category', 'm.status'])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('m.id', '=', memberId)
    .where(inReach('m.org_path', actor))
    .executeTakeFirst()
}

export type NewPost = {
  id: string
  unitId: string
  orgPath: string
  post: OrgPost
  memberId: string
  name: string
  fromOn: string
  way: PostWay | null
  documentNumber: string | null
  at: Date
}

export async function insertPost(tx: Tx, tenantId: string, post: NewPost): Promise<void> {
  await tx
    .insertInto('org_post')
    .values({
      tenant_id: tenantId,
      id: post.id,
      unit_id: post.unitId,
      org_path: post.orgPath,
      post: post.post,
      member_id: post.memberId,
      name: post.name,
      from_on: post.fromOn,
      way: post.way,
      document_number: post.documentNumber,
      created_at: post.at,
    })
    .execute()
}

export async function lockPost(tx: Tx, tenantId: string, unitId: string, postId: string) {
  return tx
    .selectFrom('org_post as p')
    .select([
      'p.id',
      'p.post',
      'p.member_id as memberId',
      'p.from_on as fromOn',
      'p.until_on as untilOn',
      'p.report_document as reportDocument',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('p.unit_id', '=', unitId)
    .where('p.id', '=', postId)
    .forUpdate()
    .executeTakeFirst()
}

export async function setPostEnd(tx: Tx, tenantId: string, id: string, untilOn: string, reason: string): Promise<void> {
  await tx
    .updateTable('org_post')
    .set({ until_on: untilOn, ended_reason: reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setPostReport(
  tx: Tx,
  tenantId: string,
  id: string,
  letter: { readonly document: string; readonly on: string },
): Promise<void> {
  await tx
    .updateTable('org_post')
    .set({ report_document: letter.document, reported_on: letter.on })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
