import { MEMBER_CATEGORIES, type MemberCategory } from '@tongxin/domain/identity/member-category'
import { DOSSIER_DOCUMENTS, type DossierDocument, requiredDocuments } from '@tongxin/domain/members/dossier'
import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'
import { atPlace, type Place } from './place.ts'

export type LackingFilter = {
  readonly place: Place | null
  readonly category: MemberCategory | null
  readonly document: DossierDocument | null
}

/** Whose folder no branch keeps any more: transferred, or out of the Party. */
const GONE = ['transferred', 'struck_off', 'expelled', 'left', 'deceased']

// One row for each paper and category that must have it; `at` is its place in the folder.
const REQUIRED = MEMBER_CATEGORIES.flatMap((category) =>
  requiredDocuments(category).map((document) => ({ category, document, at: DOSSIER_DOCUMENTS.indexOf(document) })),
)

/** Living records whose folder lacks something, in the order of the names. */
export async function listLacking(db: Db, actor: Actor, filter: LackingFilter, keyset: Keyset) {
  const { tenantId } = actor
  const lack = sql<{ missing: DossierDocument[] | null }>`(
    select array_agg(r.document order by r.at) as missing
    from unnest(${REQUIRED.map(({ category }) => category)}::text[], ${REQUIRED.map(({ document }) => document)}::text[],
      ${REQUIRED.map(({ at }) => at)}::int[]) as r(category, document, at)
    where r.category = m.category and not exists (
      select 1 from members_entry e
      where e.tenant_id = ${tenantId}::uuid and e.member_id = m.id and e.kind = 'dossier' and e.ended_reason is null
        and coalesce(e.facts ->> 'isMissing', '') <> 'yes' and e.facts ->> 'document' = r.document))`.as('lack')
  let select = db
    .selectFrom('members_member as m')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'm.tenant_id').onRef('o.id', '=', 'm.org_id'))
    .leftJoin('members_dossier as d', (j) =>
      j.onRef('d.tenant_id', '=', 'm.tenant_id').onRef('d.member_id', '=', 'm.id').on('d.tenant_id', '=', tenantId),
    )
    .innerJoinLateral(lack, (j) => j.on('lack.missing', 'is not', null))
    .select([
      'm.id',
      'm.member_no as memberNo',
      'm.name',
      'm.pinyin',
      'm.category',
      'o.name as orgName',
      'd.place',
      'd.cabinet',
      'd.box',
      'd.volume',
      'lack.missing',
    ])
    .where('m.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)
    .where('m.deleted_at', 'is', null)
    .where('m.status', 'not in', GONE)
    .where(inReach('m.org_path', actor))
  if (filter.place !== null) select = select.where(atPlace('m.org_path', filter.place))
  if (filter.category !== null) select = select.where('m.category', '=', filter.category)
  if (filter.document !== null) select = select.where(sql<boolean>`${filter.document} = any(lack.missing)`)
  return byKeyset(select, keyset, 'm.id').execute()
}
