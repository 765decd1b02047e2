import type * as contract from '@tongxin/contract'
import {
  type Dossier,
  type DossierLoan,
  dossierRefusals,
  type Input,
  memberRefusals,
  type Reply,
} from '@tongxin/contract'
import { requiredDocuments } from '@tongxin/domain/members/dossier'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { personNamesOf } from '../../access/index.ts'
import * as q from '../queries/dossier.queries.ts'
import * as entries from '../queries/entries.queries.ts'
import { findRecord, lockRecord, type StoredMember } from '../queries/records.queries.ts'

/** The paper dossier: where it lies, what it holds, what is missing for the category, who has it. */
export async function readDossier(
  ctx: Ctx,
  { params }: Input<typeof contract.readDossier>,
): Promise<Reply<typeof contract.readDossier>> {
  const record = await findRecord(ctx.db, ctx.actor, params.id)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  const { tenantId } = ctx.actor
  const folder = await q.findFolder(ctx.db, tenantId, record.id)
  const papers = (await entries.entriesOf(ctx.db, tenantId, record.id))
    .filter((entry) => entry.kind === 'dossier' && factOf(entry, 'isMissing') !== 'yes')
    .map(paperOf)
  const held = new Set(papers.filter((paper) => paper.removedReason === null).map((paper) => paper.document))
  const required = requiredDocuments(record.category as Parameters<typeof requiredDocuments>[0])
  return {
    folder: folder
      ? {
          place: folder.place,
          cabinet: folder.cabinet,
          box: folder.box,
          volume: folder.volume,
          updatedAt: folder.updatedAt.toISOString(),
        }
      : null,
    papers,
    missing: required.filter((paper) => !held.has(paper)),
    loans: await loansOf(ctx, record.id),
  }
}

const factOf = (entry: entries.StoredEntry, name: string): string | null =>
  (entry.facts as Record<string, string>)[name] ?? null

function paperOf(entry: entries.StoredEntry): Dossier['papers'][number] {
  const pages = Number(factOf(entry, 'pages'))
  const form = factOf(entry, 'form')
  return {
    id: entry.id,
    document: factOf(entry, 'document') ?? '',
    title: factOf(entry, 'title'),
    on: entry.fromOn,
    pages: Number.isInteger(pages) && pages > 0 ? pages : null,
    form: form === 'original' || form === 'copy' ? form : null,
    removedReason: entry.endedReason,
  }
}

async function loansOf(ctx: Ctx, memberId: string): Promise<Dossier['loans']> {
  const loans = await q.loansOf(ctx.db, ctx.actor.tenantId, memberId)
  const names = await personNamesOf(
    ctx.db,
    loans.flatMap((loan) => [loan.askedBy, loan.decidedBy]),
  )
  return loans.map((loan) => shownLoan(ctx, loan, names))
}

type StoredLoan = Awaited<ReturnType<typeof q.loansOf>>[number]

/** A loan as the desk shows it; late is what is out after its day of return. */
export const shownLoan = (ctx: Ctx, loan: StoredLoan, names: ReadonlyMap<string, string>): DossierLoan => ({
  id: loan.id,
  state: loan.state as DossierLoan['state'],
  borrower: loan.borrower,
  purpose: loan.purpose,
  askedBy: names.get(loan.askedBy) ?? null,
  askedAt: loan.askedAt.toISOString(),
  decidedBy: names.get(loan.decidedBy ?? '') ?? null,
  refusedReason: loan.refusedReason,
  dueOn: loan.dueOn,
  returnedOn: loan.returnedOn,
  isLate: loan.state === 'out' && loan.dueOn < todayOf(ctx.now),
  isMine: loan.askedBy === ctx.actor.personId,
})

/** The record whose folder is meant. @throws Refusal `members.not_found` */
export async function lockOwner(ctx: Ctx<Tx>, id: string): Promise<StoredMember> {
  const record = await lockRecord(ctx.db, ctx.actor, id)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  return record
}

export const subjectOf = (record: StoredMember) => ({
  kind: 'member',
  id: record.id,
  orgPath: record.org_path,
  personId: record.person_id,
})

const orNull = (text: string | undefined): string | null => text?.trim() || null

/** Says where the folder lies. */
export async function setPlace(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.setDossierPlace>,
): Promise<Reply<typeof contract.setDossierPlace>> {
  const record = await lockOwner(ctx, params.id)
  await q.setFolder(ctx.db, ctx.actor.tenantId, record, {
    id: newId(ctx),
    place: body.place.trim(),
    cabinet: orNull(body.cabinet),
    box: orNull(body.box),
    volume: orNull(body.volume),
    at: ctx.now,
  })
  await publish(ctx, 'members.dossier_placed', subjectOf(record), { memberId: record.id })
  return { id: record.id }
}

/** Enters a paper that lies in the folder. The inventory is the keeper's: it says nothing about the person. */
export async function addPaper(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.addDossierPaper>,
): Promise<Reply<typeof contract.addDossierPaper>> {
  const record = await lockOwner(ctx, params.id)
  if (body.on !== null && body.on > todayOf(ctx.now)) throw dossierRefusals.date_in_future.at('/body/on')
  const id = newId(ctx)
  const title = orNull(body.title)
  await entries.insertEntry(ctx.db, ctx.actor.tenantId, {
    id,
    memberId: record.id,
    personId: record.person_id,
    orgPath: record.org_path,
    kind: 'dossier',
    fromOn: body.on,
    untilOn: null,
    facts: JSON.stringify({
      document: body.document,
      pages: String(body.pages),
      form: body.form,
      ...(title ? { title } : {}),
    }),
    sealed: null,
    at: ctx.now,
  })
  await publish(ctx, 'members.paper_added', subjectOf(record), {
    memberId: record.id,
    entryId: id,
    document: body.document,
  })
  return { id }
}

/** A paper that was taken out: the entry ends with the reason and stays readable. */
export async function removePaper(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.removeDossierPaper>,
): Promise<Reply<typeof contract.removeDossierPaper>> {
  const record = await lockOwner(ctx, params.id)
  const { tenantId } = ctx.actor
  const entry = await entries.lockEntry(ctx.db, tenantId, record.id, params.paperId)
  if (!entry || entry.kind !== 'dossier') throw dossierRefusals.paper_not_found()
  if (entry.endedReason !== null) throw dossierRefusals.paper_removed()
  await entries.setEntryEnded(ctx.db, tenantId, entry.id, body.reason, ctx.now)
  await publish(
    ctx,
    'members.paper_removed',
    subjectOf(record),
    { memberId: record.id, entryId: entry.id, document: factOf(entry, 'document') ?? '' },
    { reason: body.reason },
  )
  return { id: entry.id }
}
