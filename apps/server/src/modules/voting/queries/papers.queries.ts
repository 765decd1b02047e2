import type { OPINIONS } from '@tongxin/contract'
import type { QuestionResult } from '@tongxin/domain'
import type { Db, Tx } from '../../../platform/ctx.ts'

type At = { readonly tenantId: string; readonly voteId: string }
export type Opinion = {
  questionId: string
  optionId: string
  memberId: string
  opinion: (typeof OPINIONS)[number]
  enteredBy: string
  confirmedBy: string | null
}

export async function opinionsOf(db: Db, at: At): Promise<Opinion[]> {
  return db
    .selectFrom('voting_opinion')
    .select([
      'question_id as questionId',
      'option_id as optionId',
      'member_id as memberId',
      'opinion',
      'entered_by as enteredBy',
      'confirmed_by as confirmedBy',
    ])
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .orderBy('member_id')
    .orderBy('question_id')
    .orderBy('option_id')
    .execute() as Promise<Opinion[]>
}

/** Who has slipped enters it again until a second one has confirmed it. @returns whether anything was written */
export async function insertOpinion(
  tx: Tx,
  at: At & { orgPath: string; now: Date },
  opinion: Omit<Opinion, 'confirmedBy'>,
): Promise<boolean> {
  const row = await tx
    .insertInto('voting_opinion')
    .values({
      tenant_id: at.tenantId,
      vote_id: at.voteId,
      question_id: opinion.questionId,
      option_id: opinion.optionId,
      member_id: opinion.memberId,
      org_path: at.orgPath,
      opinion: opinion.opinion,
      entered_by: opinion.enteredBy,
      entered_at: at.now,
    })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'vote_id', 'question_id', 'option_id', 'member_id'])
        .doUpdateSet((eb) => ({ opinion: eb.ref('excluded.opinion'), entered_at: eb.ref('excluded.entered_at') }))
        .where('voting_opinion.confirmed_by', 'is', null)
        .whereRef('voting_opinion.entered_by', '=', 'excluded.entered_by' as never)
        .whereRef('voting_opinion.opinion', '<>', 'excluded.opinion' as never),
    )
    .returning('member_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function confirmOpinion(
  tx: Tx,
  at: At,
  which: Pick<Opinion, 'questionId' | 'optionId' | 'memberId'>,
  by: string,
): Promise<void> {
  await tx
    .updateTable('voting_opinion')
    .set({ confirmed_by: by })
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .where('question_id', '=', which.questionId)
    .where('option_id', '=', which.optionId)
    .where('member_id', '=', which.memberId)
    .execute()
}

/** What was counted by hand: a result without rounds and without written opinions. */
export type HandCounts = Pick<
  QuestionResult,
  'questionId' | 'issued' | 'returned' | 'valid' | 'invalid' | 'options' | 'writtenIn'
>
export type HandCount = {
  questionId: string
  counts: HandCounts
  enteredBy: string
  confirmedBy: string | null
}

export async function handCountsOf(db: Db, at: At): Promise<HandCount[]> {
  return db
    .selectFrom('voting_hand_count')
    .select(['question_id as questionId', 'counts', 'entered_by as enteredBy', 'confirmed_by as confirmedBy'])
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .orderBy('question_id')
    .execute() as unknown as Promise<HandCount[]>
}

export async function insertHandCount(
  tx: Tx,
  at: At & { orgPath: string; now: Date },
  count: Omit<HandCount, 'confirmedBy'>,
): Promise<void> {
  await tx
    .insertInto('voting_hand_count')
    .values({
      tenant_id: at.tenantId,
      vote_id: at.voteId,
      question_id: count.questionId,
      org_path: at.orgPath,
      counts: JSON.stringify(count.counts),
      entered_by: count.enteredBy,
      entered_at: at.now,
    })
    .execute()
}

export async function confirmHandCount(tx: Tx, at: At, questionId: string, by: string): Promise<void> {
  await tx
    .updateTable('voting_hand_count')
    .set({ confirmed_by: by })
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .where('question_id', '=', questionId)
    .execute()
}

export async function dropHandCount(tx: Tx, at: At, questionId: string): Promise<void> {
  await tx
    .deleteFrom('voting_hand_count')
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .where('question_id', '=', questionId)
    .execute()
}
