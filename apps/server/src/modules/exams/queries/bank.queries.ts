import type {
  Difficulty,
  QuestionBody,
  QuestionDraft,
  QuestionKey,
  QuestionKind,
  QuestionState,
} from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { gapsIn } from '../exams.policy.ts'

export type Question = {
  id: string
  unitId: string
  orgPath: string
  orgName: string
  state: QuestionState
  kind: QuestionKind
  difficulty: Difficulty
  topic: string
  stem: string
  no: number
  liveNo: number | null
  authorId: string
  submittedBy: string | null
  reviewedBy: string | null
  returnedReason: string | null
  retiredReason: string | null
  version: number
  updatedAt: Date
}
const columns = [
  'x.id',
  'x.unit_id as unitId',
  'x.org_path as orgPath',
  'o.name as orgName',
  'x.state',
  'x.kind',
  'x.difficulty',
  'x.topic',
  'x.stem',
  'x.no',
  'x.live_no as liveNo',
  'x.author_id as authorId',
  'x.submitted_by as submittedBy',
  'x.reviewed_by as reviewedBy',
  'x.returned_reason as returnedReason',
  'x.retired_reason as retiredReason',
  'x.version',
  'x.updated_at as updatedAt',
] as const

const questions = (db: Db, tenantId: string) =>
  db
    .selectFrom('exams_question as x')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'x.unit_id'))
    .select(columns)
    .where('x.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)

export type QuestionFilter = {
  place: string
  kind: QuestionKind | null
  difficulty: Difficulty | null
  state: QuestionState | null
  topic: string | null
  text: string | null
}

export async function listQuestions(db: Db, actor: Actor, filter: QuestionFilter, keyset: Keyset): Promise<Question[]> {
  let select = questions(db, actor.tenantId)
    .where(inReach('x.org_path', actor))
    .where(inScope('x.org_path', filter.place))
  if (filter.kind) select = select.where('x.kind', '=', filter.kind)
  if (filter.difficulty) select = select.where('x.difficulty', '=', filter.difficulty)
  if (filter.state) select = select.where('x.state', '=', filter.state)
  if (filter.topic) select = select.where('x.topic', '=', filter.topic)
  if (filter.text) select = select.where('x.stem', 'like', containing(filter.text))
  const paged = byKeyset(select as unknown as SelectQueryBuilder<DB, 'exams_question', object>, keyset, 'x.id')
  return (await paged.execute()) as unknown as Question[]
}

export async function findQuestion(db: Db, actor: Actor, id: string): Promise<Question | undefined> {
  const row = await questions(db, actor.tenantId)
    .where('x.id', '=', id)
    .where(inReach('x.org_path', actor))
    .executeTakeFirst()
  return row as Question | undefined
}

export async function lockQuestion(tx: Tx, actor: Actor, id: string): Promise<Question | undefined> {
  const row = await questions(tx, actor.tenantId)
    .where('x.id', '=', id)
    .where(inReach('x.org_path', actor))
    .forUpdate('x')
    .executeTakeFirst()
  return row as Question | undefined
}

export type Content = { body: QuestionBody; source: string | null; key: QuestionKey; explanation: string | null }

/** One version with its key: for those who keep the bank. */
export async function contentOf(db: Db, tenantId: string, questionId: string, no: number): Promise<Content> {
  const row = await db
    .selectFrom('exams_version as v')
    .innerJoin('exams_key as k', (join) => join.on('k.tenant_id', '=', tenantId).onRef('k.version_id', '=', 'v.id'))
    .select(['v.stem', 'v.options', 'v.source', 'k.answer', 'k.explanation'])
    .where('v.tenant_id', '=', tenantId)
    .where('k.tenant_id', '=', tenantId)
    .where('v.question_id', '=', questionId)
    .where('v.no', '=', no)
    .executeTakeFirstOrThrow()
  return {
    body: { stem: row.stem, options: row.options as string[] },
    source: row.source,
    key: row.answer as unknown as QuestionKey,
    explanation: row.explanation,
  }
}

export async function versionsOf(
  db: Db,
  tenantId: string,
  questionId: string,
): Promise<{ no: number; madeAt: Date; madeBy: string }[]> {
  return db
    .selectFrom('exams_version as v')
    .select(['v.no', 'v.made_at as madeAt', 'v.made_by as madeBy'])
    .where('v.tenant_id', '=', tenantId)
    .where('v.question_id', '=', questionId)
    .orderBy('v.no', 'desc')
    .execute()
}

export type NewQuestion = {
  id: string
  versionId: string
  unitId: string
  orgPath: string
  no: number
  draft: QuestionDraft
  hash: Buffer
}
const CHUNK = 200

/** Drafts with their first versions. */
export async function insertQuestions(tx: Tx, actor: Actor, rows: readonly NewQuestion[], at: Date): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const part = rows.slice(from, from + CHUNK)
    await tx
      .insertInto('exams_question')
      .values(
        part.map(({ id, unitId, orgPath, draft, hash }) => ({
          tenant_id: actor.tenantId,
          id,
          unit_id: unitId,
          org_path: orgPath,
          kind: draft.kind,
          difficulty: draft.difficulty,
          topic: draft.topic.trim(),
          stem: draft.body.stem,
          author_id: actor.personId,
          content_hash: hash,
          created_at: at,
          updated_at: at,
        })),
      )
      .execute()
    await insertVersions(tx, actor, part, at)
  }
}

export async function insertVersions(tx: Tx, actor: Actor, rows: readonly NewQuestion[], at: Date): Promise<void> {
  await tx
    .insertInto('exams_version')
    .values(
      rows.map(({ id, versionId, orgPath, no, draft }) => ({
        tenant_id: actor.tenantId,
        id: versionId,
        question_id: id,
        no,
        org_path: orgPath,
        kind: draft.kind,
        difficulty: draft.difficulty,
        topic: draft.topic.trim(),
        stem: draft.body.stem,
        options: JSON.stringify(draft.body.options),
        blanks: draft.kind === 'blank' ? gapsIn(draft.body.stem) : 0,
        source: draft.source,
        made_by: actor.personId,
        made_at: at,
      })),
    )
    .execute()
  await tx
    .insertInto('exams_key')
    .values(
      rows.map(({ versionId, orgPath, draft }) => ({
        tenant_id: actor.tenantId,
        version_id: versionId,
        org_path: orgPath,
        answer: JSON.stringify(draft.key),
        explanation: draft.explanation,
      })),
    )
    .execute()
}

export type QuestionChange = {
  state?: QuestionState
  kind?: QuestionKind
  difficulty?: Difficulty
  topic?: string
  stem?: string
  no?: number
  live_no?: number
  content_hash?: Buffer
  submitted_by?: string | null
  reviewed_by?: string | null
  returned_reason?: string | null
  retired_reason?: string | null
}

export async function setQuestion(
  tx: Tx,
  tenantId: string,
  question: Pick<Question, 'id' | 'version'>,
  change: QuestionChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('exams_question')
    .set({ ...change, version: question.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', question.id)
    .execute()
}

/** Which of these marks a unit has already, retired questions aside. */
export async function knownHashes(
  db: Db,
  tenantId: string,
  unitId: string,
  hashes: readonly Buffer[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const { rows } = await sql<{ hash: string }>`select encode(x.content_hash, 'hex') as hash from exams_question x
    where x.tenant_id = ${tenantId} and x.unit_id = ${unitId} and x.state <> 'retired'
      and x.content_hash = any(${[...hashes]}::bytea[])`.execute(db)
  return new Set(rows.map(({ hash }) => hash))
}
