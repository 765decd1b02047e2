import type { ChoiceShape } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'

type At = { readonly tenantId: string; readonly voteId: string }
export type Issue = {
  questionId: string
  memberId: string
  name: string
  blinded: string
  blindSignature: string
  assertion: { proof: string } | null
}

const issueColumns = [
  'i.question_id as questionId',
  'i.member_id as memberId',
  'i.name',
  'i.blinded',
  'i.blind_signature as blindSignature',
  'i.assertion',
] as const

export async function issuesOf(db: Db, at: At, memberId: string | null = null): Promise<Issue[]> {
  let select = db
    .selectFrom('voting_issue as i')
    .select(issueColumns)
    .where('i.tenant_id', '=', at.tenantId)
    .where('i.vote_id', '=', at.voteId)
  if (memberId) select = select.where('i.member_id', '=', memberId)
  return select.orderBy('i.question_id').orderBy('i.member_id').execute() as unknown as Promise<Issue[]>
}

export type NewIssue = Omit<Issue, 'name'> & { name: string; personId: string }

/** Writes what was signed unless somebody was quicker. @returns the questions that were written */
export async function insertIssues(
  tx: Tx,
  at: At & { orgPath: string; now: Date },
  issues: readonly NewIssue[],
): Promise<string[]> {
  const rows = await tx
    .insertInto('voting_issue')
    .values(
      issues.map((issue) => ({
        tenant_id: at.tenantId,
        vote_id: at.voteId,
        question_id: issue.questionId,
        member_id: issue.memberId,
        person_id: issue.personId,
        org_path: at.orgPath,
        name: issue.name,
        blinded: issue.blinded,
        blind_signature: issue.blindSignature,
        assertion: issue.assertion ? JSON.stringify(issue.assertion) : null,
        drawn_at: at.now,
      })),
    )
    .onConflict((c) => c.columns(['tenant_id', 'vote_id', 'question_id', 'member_id']).doNothing())
    .returning('question_id as questionId')
    .execute()
  return rows.map(({ questionId }) => questionId)
}

export type CastRow = { id: string; questionId: string; tokenKey: string; body: string }

/** Puts ballots into the hopper; a token that was cast before changes nothing. @returns what lies there for these tokens */
export async function castInto(
  tx: Tx,
  at: At & { orgPath: string },
  ballots: readonly CastRow[],
): Promise<Map<string, string>> {
  await tx
    .insertInto('voting_hopper')
    .values(
      ballots.map((ballot) => ({
        tenant_id: at.tenantId,
        id: ballot.id,
        vote_id: at.voteId,
        question_id: ballot.questionId,
        org_path: at.orgPath,
        token_key: ballot.tokenKey,
        body: ballot.body,
      })),
    )
    .onConflict((c) => c.columns(['tenant_id', 'vote_id', 'question_id', 'token_key']).doNothing())
    .execute()
  const { rows } = await sql<{ key: string; body: string }>`select h.question_id || ' ' || h.token_key as key, h.body
    from voting_hopper h where h.tenant_id = ${at.tenantId} and h.vote_id = ${at.voteId}
      and h.token_key = any(${ballots.map(({ tokenKey }) => tokenKey)}::text[])`.execute(tx)
  return new Map(rows.map(({ key, body }) => [key, body]))
}

/**
 * Moves all cast ballots to the board, in an order drawn by the random source of the database. All at once when nothing
 * more comes in: a board that grew would tell every minute how many have cast. The vote must be locked.
 */
export async function moveToBoard(tx: Tx, at: At & { orgPath: string }): Promise<void> {
  await sql`insert into voting_leaf (tenant_id, vote_id, leaf_no, org_path, body)
    select ${at.tenantId}, ${at.voteId}, (select coalesce(max(l.leaf_no) + 1, 0) from voting_leaf l
        where l.tenant_id = ${at.tenantId} and l.vote_id = ${at.voteId}) + e.place - 1, ${at.orgPath}, e.body
    from (select h.body, row_number() over (order by gen_random_uuid()) as place from voting_hopper h
      where h.tenant_id = ${at.tenantId} and h.vote_id = ${at.voteId}) e order by e.place`.execute(tx)
  await emptyHopper(tx, at)
}

export async function emptyHopper(tx: Tx, at: At): Promise<void> {
  await tx.deleteFrom('voting_hopper').where('tenant_id', '=', at.tenantId).where('vote_id', '=', at.voteId).execute()
}

/** A cancelled vote has no board: what trustees could still open must not lie about. */
export async function clearBoard(tx: Tx, at: At): Promise<void> {
  await tx.deleteFrom('voting_leaf').where('tenant_id', '=', at.tenantId).where('vote_id', '=', at.voteId).execute()
}

export async function addLeaf(tx: Tx, at: At & { orgPath: string }, body: string): Promise<void> {
  await sql`insert into voting_leaf (tenant_id, vote_id, leaf_no, org_path, body)
    select ${at.tenantId}, ${at.voteId}, coalesce(max(l.leaf_no) + 1, 0), ${at.orgPath}, ${body} from voting_leaf l
    where l.tenant_id = ${at.tenantId} and l.vote_id = ${at.voteId}`.execute(tx)
}

/** The leaves of the board in their order. */
export async function leavesOf(db: Db, at: At): Promise<string[]> {
  const rows = await db
    .selectFrom('voting_leaf')
    .select('body')
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .orderBy('leaf_no')
    .execute()
  return rows.map(({ body }) => body)
}

export async function insertFiles(
  tx: Tx,
  at: At & { orgPath: string },
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await tx
    .insertInto('voting_file')
    .values(
      Object.entries(files).map(([name, body]) => ({
        tenant_id: at.tenantId,
        vote_id: at.voteId,
        org_path: at.orgPath,
        name,
        body,
      })),
    )
    .execute()
}

export async function fileOf(db: Db, at: At, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('voting_file')
    .select('body')
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.body
}

export type Named = { questionId: string; memberId: string; name: string; choice: ChoiceShape; castAt: Date }
const namedColumns = [
  'n.question_id as questionId',
  'n.member_id as memberId',
  'n.name',
  'n.choice',
  'n.cast_at as castAt',
] as const

export async function namedVotes(db: Db, at: At): Promise<Named[]> {
  return db
    .selectFrom('voting_named as n')
    .select(namedColumns)
    .where('n.tenant_id', '=', at.tenantId)
    .where('n.vote_id', '=', at.voteId)
    .orderBy('n.name')
    .orderBy('n.member_id')
    .orderBy('n.question_id')
    .execute() as unknown as Promise<Named[]>
}

export async function ownNamed(db: Db, actor: Pick<Actor, 'tenantId' | 'personId'>, voteId: string): Promise<Named[]> {
  return db
    .selectFrom('voting_named as n')
    .select(namedColumns)
    .where('n.tenant_id', '=', actor.tenantId)
    .where('n.vote_id', '=', voteId)
    .where('n.person_id', '=', actor.personId)
    .orderBy('n.question_id')
    .execute() as unknown as Promise<Named[]>
}

export async function setNamed(
  tx: Tx,
  at: At & { orgPath: string },
  voter: { memberId: string; personId: string; name: string },
  choices: readonly { questionId: string; choice: ChoiceShape }[],
  now: Date,
): Promise<void> {
  await tx
    .insertInto('voting_named')
    .values(
      choices.map(({ questionId, choice }) => ({
        tenant_id: at.tenantId,
        vote_id: at.voteId,
        question_id: questionId,
        member_id: voter.memberId,
        person_id: voter.personId,
        org_path: at.orgPath,
        name: voter.name,
        choice: JSON.stringify(choice),
        cast_at: now,
      })),
    )
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'vote_id', 'question_id', 'member_id'])
        .doUpdateSet((eb) => ({ choice: eb.ref('excluded.choice'), cast_at: eb.ref('excluded.cast_at') })),
    )
    .execute()
}

export type ListedNamed = Named & { id: string }

/** A page of named votes by the name of the voter; `id` tells apart the questions of one voter. */
export async function listNamed(db: Db, at: At, keyset: Keyset): Promise<ListedNamed[]> {
  const select = db
    .selectFrom('voting_named as n')
    .select([...namedColumns, sql<string>`n.member_id::text || n.question_id`.as('id')])
    .where('n.tenant_id', '=', at.tenantId)
    .where('n.vote_id', '=', at.voteId)
  const after = keyset.after
  const narrowed = after
    ? select.where(sql<boolean>`(n.name, n.member_id::text || n.question_id) > (${after.value}, ${after.id})`)
    : select
  return narrowed
    .orderBy('n.name')
    .orderBy(sql`n.member_id::text || n.question_id`)
    .limit(keyset.limit + 1)
    .execute() as unknown as Promise<ListedNamed[]>
}

/** How many people have drawn. */
export async function countDrawn(db: Db, at: At): Promise<number> {
  const row = await db
    .selectFrom('voting_issue as i')
    .select(sql<number>`count(distinct i.member_id)::int`.as('n'))
    .where('i.tenant_id', '=', at.tenantId)
    .where('i.vote_id', '=', at.voteId)
    .executeTakeFirst()
  return row?.n ?? 0
}
