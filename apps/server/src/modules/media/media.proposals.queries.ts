import type { CaptionLanguage, Cue } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'
import type { Original } from './media.queries.ts'

export type Words = { title: string; source: string; copyright: string; transcript: string | null }

/** What is to become of a medium: only the words that change. */
export type Change =
  | { readonly what: 'words'; readonly words: Partial<Words> }
  | { readonly what: 'captions'; readonly language: CaptionLanguage; readonly cues: readonly Cue[] }
  | { readonly what: 'captionsRemoved'; readonly language: CaptionLanguage }
  | { readonly what: 'file'; readonly upload: Original; readonly declaredSeconds: number | null }

export type Proposal = {
  id: string
  mediaId: string
  change: Change
  reason: string | null
  proposedBy: string
  proposedName: string
  proposedAt: Date
}

const open = (db: Db, tenantId: string) =>
  db
    .selectFrom('media_proposal as p')
    .select([
      'p.id',
      'p.media_id as mediaId',
      'p.change',
      'p.reason',
      'p.proposed_by as proposedBy',
      'p.proposed_name as proposedName',
      'p.proposed_at as proposedAt',
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('p.state', '=', 'open')

/** Open proposals of a medium, oldest first. */
export async function openProposals(db: Db, tenantId: string, mediaId: string): Promise<Proposal[]> {
  const rows = await open(db, tenantId)
    .where('p.media_id', '=', mediaId)
    .orderBy('p.proposed_at')
    .orderBy('p.id')
    .execute()
  return rows as unknown as Proposal[]
}

/** The caller holds the row of the medium. */
export async function openProposal(
  tx: Tx,
  tenantId: string,
  at: { readonly mediaId: string; readonly id: string },
): Promise<Proposal | undefined> {
  const row = await open(tx, tenantId).where('p.media_id', '=', at.mediaId).where('p.id', '=', at.id).executeTakeFirst()
  return row as unknown as Proposal | undefined
}

type NewProposal = Proposal & { readonly orgPath: string; readonly subject: string }

/** False when one of the same subject is open. */
export async function insertProposal(tx: Tx, tenantId: string, one: NewProposal): Promise<boolean> {
  const row = await tx
    .insertInto('media_proposal')
    .values({
      tenant_id: tenantId,
      id: one.id,
      media_id: one.mediaId,
      org_path: one.orgPath,
      subject: one.subject,
      change: JSON.stringify(one.change),
      reason: one.reason,
      proposed_by: one.proposedBy,
      proposed_name: one.proposedName,
      proposed_at: one.proposedAt,
    })
    .onConflict((c) => c.columns(['tenant_id', 'media_id', 'subject']).where('state', '=', 'open').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

type Decision = { state: 'accepted' | 'refused' | 'withdrawn'; by: string; at: Date; reason: string | null }

export async function setDecided(tx: Tx, tenantId: string, id: string, decision: Decision): Promise<void> {
  const { state, by, at, reason } = decision
  await tx
    .updateTable('media_proposal')
    .set({ state, decided_by: by, decided_at: at, decided_reason: reason })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** How many open proposals each medium has; media without one are absent. */
export async function openCounts(
  db: Db,
  tenantId: string,
  mediaIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (mediaIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('media_proposal as p')
    .select(['p.media_id as mediaId', sql<number>`count(*)::int`.as('count')])
    .where('p.tenant_id', '=', tenantId)
    .where('p.state', '=', 'open')
    .where(sql<boolean>`p.media_id = any(${[...mediaIds]}::uuid[])`)
    .groupBy('p.media_id')
    .execute()
  return new Map(rows.map(({ mediaId, count }) => [mediaId, count]))
}

/** Open proposals of others in the units that the post acts for. */
export async function waitingProposals(db: Db, actor: Actor): Promise<number> {
  const { count } = await db
    .selectFrom('media_proposal as p')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('p.tenant_id', '=', actor.tenantId)
    .where('p.state', '=', 'open')
    .where('p.proposed_by', '<>', actor.personId)
    .where(inReach('p.org_path', actor))
    .executeTakeFirstOrThrow()
  return count
}
