import type { TopicState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { OPEN, paged, type Wish, wishes } from './wishes.queries.ts'

/** The caller as one of those who wish and support. */
export type Wisher = {
  readonly tenantId: string
  readonly personId: string
  readonly memberId: string
  readonly orgPath: string
}

export type OwnView = {
  readonly view: 'open' | 'lessons' | 'mine'
  readonly state: TopicState | null
  readonly text: string | null
}
const LESSONS: readonly TopicState[] = ['scheduled', 'taught', 'rated']

/** Wishes of the own unit and of those above it. Hidden and withdrawn ones are seen by their author alone. */
export async function listForWisher(db: Db, wisher: Wisher, view: OwnView, keyset: Keyset): Promise<Wish[]> {
  let select = wishes(db, wisher.tenantId).where('w.org_path', 'in', pathsAlong(wisher.orgPath))
  if (view.view === 'mine')
    select = select.where((eb) =>
      eb.or([
        eb('w.person_id', '=', wisher.personId),
        sql<boolean>`exists (select from topics_support s where s.tenant_id = ${wisher.tenantId}
          and s.person_id = ${wisher.personId} and s.wish_id = w.id)`,
      ]),
    )
  else select = select.where('w.state', 'in', view.view === 'open' ? OPEN : LESSONS)
  select = select.where((eb) =>
    eb.or([eb('w.state', 'not in', ['hidden', 'withdrawn']), eb('w.person_id', '=', wisher.personId)]),
  )
  if (view.state) select = select.where('w.state', '=', view.state)
  if (view.text) select = select.where('w.title', 'like', containing(view.text))
  return paged(select, keyset)
}

export async function findForWisher(db: Db, wisher: Wisher, id: string): Promise<Wish | undefined> {
  const row = await wishes(db, wisher.tenantId)
    .where('w.id', '=', id)
    .where('w.org_path', 'in', pathsAlong(wisher.orgPath))
    .where((eb) => eb.or([eb('w.state', 'not in', ['hidden', 'withdrawn']), eb('w.person_id', '=', wisher.personId)]))
    .executeTakeFirst()
  return row as Wish | undefined
}

export async function lockForWisher(tx: Tx, wisher: Wisher, id: string): Promise<Wish | undefined> {
  const row = await wishes(tx, wisher.tenantId)
    .where('w.id', '=', id)
    .where('w.org_path', 'in', pathsAlong(wisher.orgPath))
    .where('w.state', 'not in', ['hidden', 'withdrawn'])
    .forUpdate('w')
    .executeTakeFirst()
  return row as Wish | undefined
}

export async function openWishesOf(db: Db, tenantId: string, personId: string): Promise<number> {
  const row = await db
    .selectFrom('topics_wish')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('state', 'in', OPEN)
    .executeTakeFirst()
  return row?.count ?? 0
}
