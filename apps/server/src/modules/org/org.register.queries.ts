import { ORG_POSTS, type OrgPost, type PostWay } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'

export type PostOfUnit = {
  readonly unitId: string
  readonly post: OrgPost
  readonly name: string
  readonly fromOn: string
  readonly way: PostWay | null
  readonly documentNumber: string | null
  readonly reportDocument: string | null
}

/** Posts held now at these units, each unit's in the order of the posts. The units are in the caller's scope. */
export async function postsBelow(db: Db, tenantId: string, unitIds: readonly string[]): Promise<PostOfUnit[]> {
  const rows = await db
    .selectFrom('org_post as p')
    .select([
      'p.unit_id as unitId',
      'p.post',
      'p.name',
      'p.from_on as fromOn',
      'p.way',
      'p.document_number as documentNumber',
      'p.report_document as reportDocument',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where(sql<boolean>`p.unit_id = any(${[...unitIds]}::uuid[])`)
    .where('p.until_on', 'is', null)
    .orderBy('p.from_on')
    .orderBy('p.id')
    .execute()
  const rank = (post: string) => ORG_POSTS.findIndex((one) => one === post)
  return rows
    .map((row) => ({ ...row, post: row.post as OrgPost, way: row.way as PostWay | null }))
    .sort((a, b) => rank(a.post) - rank(b.post))
}
