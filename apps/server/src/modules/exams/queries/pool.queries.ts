import type { Difficulty, QuestionDraft, QuestionKey, QuestionKind, QuestionState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import type { Drawable } from '../exams.draw.ts'
import type { Question } from './bank.queries.ts'

/** Live questions at or below a place: what papers of that place are drawn from. */
export async function poolOf(db: Db, tenantId: string, place: string): Promise<Drawable[]> {
  const { rows } = await sql<Drawable>`select x.id as q, v.id as v, v.topic, v.difficulty, v.kind,
      jsonb_array_length(v.options) as options
    from exams_question x join exams_version v on v.tenant_id = ${tenantId} and v.question_id = x.id and v.no = x.live_no
    where x.tenant_id = ${tenantId} and ${inScope('x.org_path', place)} and x.live_no is not null and x.state <> 'retired'
    order by x.id`.execute(db)
  return rows
}

export async function topicsOf(
  db: Db,
  actor: Actor,
  place: string,
): Promise<{ topic: string; difficulty: Difficulty; kind: QuestionKind; questions: number }[]> {
  const { rows } = await sql<{ topic: string; difficulty: Difficulty; kind: QuestionKind; questions: number }>`select
      v.topic, v.difficulty, v.kind, count(*)::int as questions
    from exams_question x join exams_version v on v.tenant_id = ${actor.tenantId} and v.question_id = x.id and v.no = x.live_no
    where x.tenant_id = ${actor.tenantId} and ${inReach('x.org_path', actor)} and ${inScope('x.org_path', place)}
      and x.live_no is not null and x.state <> 'retired'
    group by v.topic, v.difficulty, v.kind order by v.topic, v.difficulty, v.kind limit 2000`.execute(db)
  return rows
}

/**
 * Whether the person has still to sit something: an exam that is ahead or running, or a sitting that was begun. Keys
 * are withheld from everybody of whom that is true, whatever the post.
 */
export async function hasToSit(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select exists (
      select from exams_seat s join exams_session e on e.tenant_id = ${actor.tenantId} and e.id = s.session_id
      where s.tenant_id = ${actor.tenantId} and s.person_id = ${actor.personId} and e.state = 'announced'
        and not exists (select from exams_sitting t where t.tenant_id = ${actor.tenantId} and t.session_id = s.session_id
          and t.member_id = s.member_id and t.state <> 'running'))
    or exists (select from exams_sitting t where t.tenant_id = ${actor.tenantId} and t.person_id = ${actor.personId}
      and t.state = 'running') as has`.execute(db)
  return rows[0]?.has ?? false
}

/** Versions as the statistics name them. */
export async function knownVersions(
  db: Db,
  tenantId: string,
  versionIds: readonly string[],
): Promise<Map<string, { questionId: string; no: number; kind: QuestionKind; topic: string; stem: string }>> {
  if (versionIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('exams_version as v')
    .select(['v.id', 'v.question_id as questionId', 'v.no', 'v.kind', 'v.topic', 'v.stem'])
    .where('v.tenant_id', '=', tenantId)
    .where(sql<boolean>`v.id = any(${[...versionIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, kind, ...rest }) => [id, { ...rest, kind: kind as QuestionKind }]))
}

export type Exported = { draft: QuestionDraft; state: QuestionState; no: number }
/** Newest versions with their keys, for the workbook. */
export async function wholeQuestions(
  db: Db,
  tenantId: string,
  questions: readonly Pick<Question, 'id' | 'no' | 'state'>[],
): Promise<Exported[]> {
  if (questions.length === 0) return []
  const { rows } = await sql<{
    questionId: string
    kind: QuestionKind
    difficulty: Difficulty
    topic: string
    stem: string
    options: string[]
    source: string | null
    answer: QuestionKey
    explanation: string | null
  }>`select v.question_id as "questionId", v.kind, v.difficulty, v.topic, v.stem, v.options, v.source, k.answer, k.explanation
    from exams_version v join exams_key k on k.tenant_id = ${tenantId} and k.version_id = v.id
    where v.tenant_id = ${tenantId} and (v.question_id, v.no) in (select w.id, w.no
      from unnest(${questions.map(({ id }) => id)}::uuid[], ${questions.map(({ no }) => no)}::int[]) as w(id, no))`.execute(
    db,
  )
  const found = new Map(rows.map((row) => [row.questionId, row]))
  return questions.flatMap(({ id, no, state }) => {
    const row = found.get(id)
    if (!row) return []
    const { questionId: _, stem, options, answer, ...rest } = row
    return [{ draft: { ...rest, body: { stem, options }, key: answer }, state, no }]
  })
}
