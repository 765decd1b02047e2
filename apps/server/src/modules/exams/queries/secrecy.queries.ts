import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { withinText } from '../../../platform/scope.ts'

/** Whether the paper `p` may ask the question `x`, whose live version is `v`: it stands in it, or may be drawn for it. */
const asks = (tenantId: string, paper: 'p' | 'z'): RawBuilder<boolean> => {
  const own = sql.raw(paper)
  return sql<boolean>`case ${own}.way
    when 'fixed' then exists (select from exams_paper_item i
      where i.tenant_id = ${tenantId} and i.paper_id = ${own}.id and i.question_id = x.id)
    else v.id is not null and x.state <> 'retired' and ${sql.raw(withinText('x.org_path', `${paper}.org_path`))}
      and exists (select from jsonb_to_recordset(${own}.plan) as l(topic text, difficulty text, kind text)
        where (l.topic is null or l.topic = v.topic) and (l.difficulty is null or l.difficulty = v.difficulty)
          and (l.kind is null or l.kind = v.kind)) end`
}
const live = (tenantId: string): RawBuilder<unknown> =>
  sql`left join exams_version v on v.tenant_id = ${tenantId} and v.question_id = x.id and v.no = x.live_no`

/**
 * Of some questions those that an exam still to come may ask, anywhere in the tenant: what is right about them stays
 * closed until it is over. To be asked with the sight of the whole tenant.
 */
export async function secretQuestions(db: Db, tenantId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select x.id from exams_question x ${live(tenantId)}
    where x.tenant_id = ${tenantId} and x.id = any(${[...new Set(ids)]}::uuid[])
      and exists (select from exams_session e join exams_paper p on p.tenant_id = ${tenantId} and p.id = e.paper_id
        where e.tenant_id = ${tenantId}
          and (e.state = 'announced' or e.state = 'draft' and e.closes_at > statement_timestamp())
          and ${asks(tenantId, 'p')})`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** How many questions that the paper may ask stand in released quizzes too, or may be drawn for them. */
export async function countInQuizzes(db: Db, tenantId: string, paperId: string): Promise<number> {
  const { rows } = await sql<{ questions: number }>`select count(*)::int as questions
    from exams_paper p, exams_question x ${live(tenantId)}
    where p.tenant_id = ${tenantId} and p.id = ${paperId} and x.tenant_id = ${tenantId} and ${asks(tenantId, 'p')}
      and exists (select from exams_paper z where z.tenant_id = ${tenantId} and z.purpose = 'quiz'
        and z.state = 'released' and ${asks(tenantId, 'z')})`.execute(db)
  return rows[0]?.questions ?? 0
}
