import type { VoteOption, VoteQuestion } from '@tongxin/domain'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Question = VoteQuestion & { readonly issuerPublic: string | null; readonly issuerSealed: Buffer | null }

export async function questionsOf(db: Db, tenantId: string, voteId: string): Promise<Question[]> {
  const rows = await db
    .selectFrom('voting_question')
    .select(['id', 'kind', 'title', 'options', 'seats', 'write_in', 'issuer_public', 'issuer_sealed'])
    .where('tenant_id', '=', tenantId)
    .where('vote_id', '=', voteId)
    .orderBy('place_no')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as VoteQuestion['kind'],
    title: row.title,
    options: row.options as unknown as VoteOption[],
    seats: row.seats,
    writeIn: row.write_in,
    issuerPublic: row.issuer_public,
    issuerSealed: row.issuer_sealed,
  }))
}

export async function replaceQuestions(
  tx: Tx,
  at: { tenantId: string; voteId: string; orgPath: string },
  questions: readonly VoteQuestion[],
): Promise<void> {
  await tx.deleteFrom('voting_question').where('tenant_id', '=', at.tenantId).where('vote_id', '=', at.voteId).execute()
  await tx
    .insertInto('voting_question')
    .values(
      questions.map((question, place) => ({
        tenant_id: at.tenantId,
        vote_id: at.voteId,
        id: question.id,
        org_path: at.orgPath,
        place_no: place,
        kind: question.kind,
        title: question.title,
        options: JSON.stringify(question.options),
        seats: question.seats,
        write_in: question.writeIn,
      })),
    )
    .execute()
}

export async function setIssuerKey(
  tx: Tx,
  at: { tenantId: string; voteId: string; questionId: string },
  key: { publicKey: string; sealed: Buffer },
): Promise<void> {
  await tx
    .updateTable('voting_question')
    .set({ issuer_public: key.publicKey, issuer_sealed: key.sealed })
    .where('tenant_id', '=', at.tenantId)
    .where('vote_id', '=', at.voteId)
    .where('id', '=', at.questionId)
    .execute()
}

/** @returns how many keys there were to delete */
export async function deleteIssuerKeys(tx: Tx, tenantId: string, voteId: string, at: Date): Promise<number> {
  const rows = await tx
    .updateTable('voting_question')
    .set({ issuer_sealed: null, issuer_deleted_at: at })
    .where('tenant_id', '=', tenantId)
    .where('vote_id', '=', voteId)
    .where('issuer_sealed', 'is not', null)
    .returning('id')
    .execute()
  return rows.length
}
