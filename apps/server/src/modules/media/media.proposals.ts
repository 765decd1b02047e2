import {
  type acceptMediaProposal,
  type Input,
  type MediaProposal,
  mediaRefusals as refusals,
  type refuseMediaProposal,
  type withdrawMediaProposal,
} from '@tongxin/contract'
import { writeCaptions } from '@tongxin/domain'
import type { Actor, Ctx, Db, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { reaches } from '../../platform/scope.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { widened } from '../../platform/widened.ts'
import { applyChange, lockOwn, subjectOf } from './media.changes.ts'
import { holdAlone } from './media.holds.queries.ts'
import type { MediaPorts } from './media.ports.ts'
import * as p from './media.proposals.queries.ts'
import type * as q from './media.queries.ts'

const subjectIn = (change: p.Change): string => ('language' in change ? `captions.${change.language}` : change.what)

/** Whether the medium stands in a lesson that was handed in, or in a programme; nobody hands one in until the end. */
export async function isShown(ctx: Ctx<Tx>, ports: MediaPorts, id: string): Promise<boolean> {
  await holdAlone(ctx.db, id)
  const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
  return widened(ctx, path, async () => (await ports.pins.isPinned(ctx, id)) || (await ports.isOnAir(ctx, id)))
}

/** Keeps a change for somebody else to look at. @throws Refusal `media.proposal_open` */
export async function propose(
  ctx: Ctx<Tx>,
  item: q.MediaItem,
  change: p.Change,
  reason: string | null = null,
): Promise<string> {
  const { tenantId, personId, personName } = ctx.actor
  const id = newId(ctx)
  const by = { proposedBy: personId, proposedName: personName, proposedAt: ctx.now }
  const one = { id, mediaId: item.id, orgPath: item.orgPath, subject: subjectIn(change), change, reason, ...by }
  if (!(await p.insertProposal(ctx.db, tenantId, one))) throw refusals.proposal_open()
  const told = { what: change.what, title: item.title }
  await publish(ctx, 'media.proposed', subjectOf(item), told, reason === null ? {} : { reason })
  return id
}

/** The change itself where nothing reviewed shows the medium; else a proposal. */
export async function changeOrPropose(
  ctx: Ctx<Tx>,
  ports: MediaPorts,
  item: q.MediaItem,
  change: p.Change,
): Promise<{ id: string; version: number; proposalId: string | null }> {
  const by = ctx.actor.personId
  if (!(await isShown(ctx, ports, item.id)))
    return { id: item.id, version: await applyChange(ctx, item, change, { by, reason: null }), proposalId: null }
  return { id: item.id, version: item.version, proposalId: await propose(ctx, item, change) }
}

type At = Input<typeof acceptMediaProposal>['params']

async function lockProposal(ctx: Ctx<Tx>, { id, proposalId }: At): Promise<{ item: q.MediaItem; one: p.Proposal }> {
  const item = await lockOwn(ctx, id)
  const one = await p.openProposal(ctx.db, ctx.actor.tenantId, { mediaId: id, id: proposalId })
  if (!one) throw refusals.proposal_missing()
  return { item, one }
}

/** Who proposed a change is not the second pair of eyes. */
async function lockOther(ctx: Ctx<Tx>, at: At): Promise<{ item: q.MediaItem; one: p.Proposal }> {
  const found = await lockProposal(ctx, at)
  if (found.one.proposedBy === ctx.actor.personId) throw refusals.own_proposal()
  return found
}

const decided = (ctx: Ctx<Tx>, state: 'accepted' | 'refused' | 'withdrawn', reason: string | null = null) => ({
  state,
  by: ctx.actor.personId,
  at: ctx.now,
  reason,
})
const toldOf = (item: q.MediaItem, one: p.Proposal) => ({
  what: one.change.what,
  title: item.title,
  personId: one.proposedBy,
})

export const accept =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof acceptMediaProposal>) => {
    const { item, one } = await lockOther(ctx, params)
    await holdAlone(ctx.db, item.id)
    const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
    // A lesson that was handed in meanwhile keeps the film that its reviewers saw.
    const isFile = one.change.what === 'file'
    if (isFile && (await widened(ctx, path, () => ports.pins.isPinned(ctx, item.id))))
      throw refusals.proposal_overtaken()
    const version = await applyChange(ctx, item, one.change, { by: one.proposedBy, reason: one.reason })
    await p.setDecided(ctx.db, ctx.actor.tenantId, one.id, decided(ctx, 'accepted'))
    await publish(ctx, 'media.proposal_accepted', subjectOf(item), toldOf(item, one))
    return { id: item.id, version }
  }

export async function refuse(ctx: Ctx<Tx>, { params, body }: Input<typeof refuseMediaProposal>) {
  const { item, one } = await lockOther(ctx, params)
  const reason = body.reason.trim()
  await p.setDecided(ctx.db, ctx.actor.tenantId, one.id, decided(ctx, 'refused', reason))
  await publish(ctx, 'media.proposal_refused', subjectOf(item), { ...toldOf(item, one), reason }, { reason })
  return { id: item.id, version: item.version }
}

export async function withdraw(ctx: Ctx<Tx>, { params }: Input<typeof withdrawMediaProposal>) {
  const { item, one } = await lockProposal(ctx, params)
  if (one.proposedBy !== ctx.actor.personId) throw refusals.not_own_proposal()
  await p.setDecided(ctx.db, ctx.actor.tenantId, one.id, decided(ctx, 'withdrawn'))
  const { what, title } = toldOf(item, one)
  await publish(ctx, 'media.proposal_withdrawn', subjectOf(item), { what, title })
  return { id: item.id, version: item.version }
}

function differencesOf(
  item: q.MediaItem,
  captions: readonly q.Caption[],
  change: p.Change,
): MediaProposal['differences'] {
  if (change.what === 'words')
    return Object.entries(change.words).map(([field, after]) => ({
      field: field as keyof p.Words,
      before: item[field as keyof p.Words],
      after,
    }))
  if (change.what === 'file') return [{ field: 'file', before: item.served?.name ?? null, after: change.upload.name }]
  const before = captions.find(({ language }) => language === change.language)
  const after = change.what === 'captions' ? writeCaptions(change.cues) : null
  return [{ field: 'captions', before: before ? writeCaptions(before.cues) : null, after }]
}

/** Open proposals of an own medium, for whoever looks at it. */
export async function proposalsOf(
  ctx: Ctx,
  item: q.MediaItem,
  captions: readonly q.Caption[],
): Promise<MediaProposal[]> {
  if (!reaches(ctx.actor, item.orgPath)) return []
  const { permissions, personId } = ctx.actor
  return (await p.openProposals(ctx.db, ctx.actor.tenantId, item.id)).map((one) => ({
    id: one.id,
    what: one.change.what,
    language: 'language' in one.change ? one.change.language : null,
    fileId: one.change.what === 'file' ? one.change.upload.fileId : null,
    reason: one.reason,
    by: one.proposedName,
    at: one.proposedAt.toISOString(),
    differences: differencesOf(item, captions, one.change),
    can: {
      decide: permissions.has('learning.review') && one.proposedBy !== personId && item.removedAt === null,
      withdraw: permissions.has('learning.write') && one.proposedBy === personId && item.removedAt === null,
    },
  }))
}

/** What of media waits for a post, for its workbench. */
export async function mediaWaiting(db: Db, actor: Actor): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self' || !actor.permissions.has('learning.review')) return []
  return [{ key: 'proposals', count: await p.waitingProposals(db, actor), path: '/media?waiting=true' }]
}
