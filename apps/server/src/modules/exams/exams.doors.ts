import type { PaperState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Ctx, Db } from '../../platform/ctx.ts'

/** What a course shows of a quiz that it refers to. */
export type PaperCard = {
  readonly id: string
  readonly name: string
  readonly state: PaperState
  readonly questions: number
  readonly points: number
  readonly minutes: number | null
  readonly passPercent: number
}

/** Quizzes by their ids, as far as the caller sees them: those of the own units, and released ones of units above. */
export async function paperCards(
  ctx: Pick<Ctx, 'db'> & { readonly actor: Pick<Ctx['actor'], 'tenantId'> },
  ids: readonly string[],
): Promise<Map<string, PaperCard>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<PaperCard>`select p.id, p.name, p.state, p.questions, p.points, p.minutes,
      p.pass_percent as "passPercent"
    from exams_paper p where p.tenant_id = ${ctx.actor.tenantId} and p.purpose = 'quiz'
      and p.id = any(${[...ids]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The name of an exam and everybody on its list, for those who tell them about it. */
export async function examineesOf(
  db: Db,
  tenantId: string,
  sessionId: string,
): Promise<{ name: string; people: { personId: string; name: string }[] } | undefined> {
  const exam = await db
    .selectFrom('exams_session')
    .select('name')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', sessionId)
    .executeTakeFirst()
  if (!exam) return undefined
  const people = await db
    .selectFrom('exams_seat')
    .select(['person_id as personId', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('session_id', '=', sessionId)
    .orderBy('no')
    .execute()
  return { name: exam.name, people }
}
