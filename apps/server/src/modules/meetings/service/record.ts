import { createHash } from 'node:crypto'
import {
  type addErratum,
  type archiveMeeting,
  type Input,
  type Reply,
  type recordVote,
  meetingsRefusals as refusals,
  requestRefusals,
  type saveMinutes,
  type signRecord,
  type submitRecord,
  type VoteResult,
} from '@tongxin/contract'
import { admissionVote, eligibleVoting, presentVoters, resolution, validateVoteRecord } from '@tongxin/domain'
import type { Actor, Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { widened } from '../../../platform/widened.ts'
import { isRecording, quorumOf } from '../meetings.policy.ts'
import type { Votes } from '../meetings.ports.ts'
import { agendaOf } from '../queries/agenda.queries.ts'
import * as people from '../queries/attendees.queries.ts'
import { lockMeetingAnywhere } from '../queries/filed.queries.ts'
import * as meetings from '../queries/meetings.queries.ts'
import { papersOf } from '../queries/papers.queries.ts'
import { photosOf } from '../queries/photos.queries.ts'
import * as q from '../queries/record.queries.ts'
import { locked, subjectOf } from './locked.ts'
import { checkedTasks, tasksBecomeDue } from './tasks.ts'

type Done = { id: string; state: meetings.Meeting['state']; version: number }

/** A change of what was handed over for signature voids the signatures and puts the record back to writing. */
export async function touchRecord(ctx: Ctx<Tx>, meeting: meetings.Meeting): Promise<number> {
  await q.raiseRecord(ctx.db, ctx.actor.tenantId, meeting.id, ctx.now)
  return reopen(ctx, meeting)
}

/** The same without a change of the written record, as for its pictures: who writes it is not disturbed. */
export async function reopen(ctx: Ctx<Tx>, meeting: meetings.Meeting): Promise<number> {
  if (meeting.state !== 'awaiting_signatures') return 0
  await meetings.setState(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    { state: 'record_pending', record_hash: null },
    ctx.now,
  )
  return q.voidSignatures(ctx.db, ctx.actor.tenantId, meeting.id, ctx.now)
}

/** Autosaved while it is written. `If-Match` is the version of the record, so that two writers do not erase each other. */
export async function save(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof saveMinutes>,
): Promise<Reply<typeof saveMinutes>> {
  const meeting = await locked(ctx, params.id)
  if (!isRecording(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  if (ctx.expectedVersion !== meeting.recordVersion)
    throw requestRefusals.version_stale({ version: meeting.recordVersion })
  const { tenantId } = ctx.actor
  for (const [at, { agendaId, text }] of body.resolutions.entries()) {
    const known = await q.setResolution(ctx.db, tenantId, meeting.id, agendaId, text.trim() || null)
    if (!known) throw refusals.no_such_item.at(`/body/resolutions/${at}/agendaId`)
  }
  await q.setTasks(ctx.db, tenantId, meeting, await checkedTasks(ctx, meeting, body.tasks))
  await q.setDiscussion(ctx.db, tenantId, meeting.id, body.discussion, ctx.now)
  const signaturesVoided = await reopen(ctx, meeting)
  await publish(ctx, 'meetings.record_saved', subjectOf(meeting), { signaturesVoided })
  return { version: meeting.recordVersion + 1, signaturesVoided }
}

/** Enters counted figures. What cannot be true or could not be held is refused with the article (BR-7, BR-8, DEV-15). */
export const vote =
  (votes: Votes) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof recordVote>): Promise<VoteResult> => {
    const meeting = await locked(ctx, params.id)
    if (!isRecording(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
    const item = (await agendaOf(ctx.db, ctx.actor.tenantId, meeting.id)).find(({ id }) => id === params.itemId)
    if (!item) throw refusals.no_such_item()
    if (item.votes === 'none') throw refusals.not_a_vote()
    // What is voted on by ballot is counted there; by hand only once that vote was given up.
    if (item.ballotId !== null && !(await votes.isCancelled(ctx, item.ballotId))) throw refusals.ballot_there()
    await q.lockCountRow(ctx.db, ctx.actor.tenantId, meeting.id)
    const counts = await people.countsOf(ctx.db, ctx.actor.tenantId, meeting.id)
    const quorum = quorumOf(item.votes, counts, meeting)
    const figures = {
      ...body,
      invalid: body.invalid ?? 0,
      written: body.written ?? 0,
      writtenInFavour: body.writtenInFavour ?? 0,
    }
    return enterCount(ctx, meeting, { id: item.id, votes: item.votes }, { quorum, figures })
  }

/**
 * Figures of an item into the record, counted by hand or by voting.
 * @throws Refusal `meetings.no_quorum`, and what `judgeVote` refuses
 */
export async function enterCount(
  ctx: Ctx<Tx>,
  meeting: meetings.Meeting,
  item: { readonly id: string; readonly votes: VotesOf },
  { quorum, figures }: { quorum: Quorum; figures: Counted },
): Promise<VoteResult> {
  if (!quorum.isMet) {
    throw refusals.no_quorum({
      present: quorum.present,
      eligible: quorum.eligible,
      needed: quorum.needed,
      rule: quorum.ruleId,
      article: quorum.citation.zh,
      articleEn: quorum.citation.en,
    })
  }
  const result = judgeVote(item.votes, quorum, figures)
  await q.setVote(ctx.db, ctx.actor.tenantId, item.id, result)
  await touchRecord(ctx, meeting)
  const told = { agendaId: item.id, ruleId: result.ruleId, carried: result.carried }
  await publish(ctx, 'meetings.voted', subjectOf(meeting), told)
  return result
}

type VotesOf = Parameters<typeof judgeVote>[0]
type Quorum = ReturnType<typeof quorumOf>
type Counted = Pick<
  VoteResult,
  'method' | 'inFavour' | 'against' | 'abstained' | 'invalid' | 'written' | 'writtenInFavour'
>
/** Whether counted figures can be true and carry the item (BR-7, BR-8, DEV-15 to DEV-17). */
export function judgeVote(
  votes: 'ordinary' | 'admission' | 'committee',
  quorum: { eligible: number; present: number },
  counted: Counted,
): VoteResult {
  const eligible = eligibleVoting(quorum.eligible)
  const present = presentVoters(quorum.present)
  const isWrittenAllowed = votes === 'admission'
  const possible = validateVoteRecord({
    eligible,
    present,
    writtenIn: counted.written,
    for: counted.inFavour + counted.writtenInFavour,
    against: counted.against,
    abstain: counted.abstained,
    invalid: counted.invalid,
  })
  // Opinions in writing are counted apart: in the room there are no more votes than people.
  const inRoom = counted.inFavour + counted.against + counted.abstained + counted.invalid
  if (
    !possible.value ||
    counted.writtenInFavour > counted.written ||
    (counted.written > 0 && !isWrittenAllowed) ||
    inRoom > quorum.present
  ) {
    throw refusals.votes_impossible.at('/body/inFavour', {
      present: quorum.present,
      counted: inRoom,
      article: possible.citation.zh,
      articleEn: possible.citation.en,
    })
  }
  const isSecret = counted.method === 'ballot'
  const verdict =
    votes === 'admission'
      ? admissionVote({
          eligible,
          present,
          forInPerson: counted.inFavour,
          forWritten: counted.writtenInFavour,
          secretBallot: isSecret,
        })
      : resolution({ presentVoting: present, eligible, for: counted.inFavour })
  if (votes === 'admission' && !isSecret) {
    throw refusals.ballot_needed.at('/body/method', { article: verdict.citation.zh, articleEn: verdict.citation.en })
  }
  return {
    ...counted,
    eligible: quorum.eligible,
    present: quorum.present,
    carried: verdict.value.passed,
    ruleId: verdict.ruleId,
    citation: verdict.citation,
  }
}

/** What a signature is bound to: the record as people read it, who was there, and the figures. */
export async function hashOfRecord(db: Db, tenantId: string, meeting: meetings.Meeting): Promise<Buffer> {
  const [agenda, tasks, attendees, papers, photos] = [
    await agendaOf(db, tenantId, meeting.id),
    await q.tasksOf(db, tenantId, meeting.id),
    await people.allAttendees(db, tenantId, meeting.id),
    (await papersOf(db, tenantId, meeting.id)).filter(({ removedAt }) => removedAt === null),
    await photosOf(db, tenantId, meeting.id),
  ]
  const record = {
    meeting: [
      meeting.id,
      meeting.title,
      meeting.session,
      meeting.kinds,
      meeting.startsAt.toISOString(),
      meeting.place,
      meeting.chairId,
      meeting.recorderId,
    ],
    agenda: agenda.map((item) => [item.id, item.title, item.presenter, item.votes, item.resolution, item.vote]),
    discussion: (meeting.minutes.discussion ?? []).map(({ speaker, words }) => [speaker, words]),
    tasks: tasks.map(({ what, who, dueOn }) => [what, who, dueOn]),
    ...(papers.length === 0 ? {} : { papers: papers.map((one) => [one.fileId, one.agendaId, one.name]) }),
    ...(photos.length === 0 ? {} : { photos: photos.map((one) => [one.fileId, one.caption]) }),
    people: attendees.map((one) => [one.memberId, one.part, one.answer, one.ordinal, one.struckReason]),
  }
  return createHash('sha256').update(JSON.stringify(record)).digest()
}

export async function submit(
  ctx: Ctx<Tx>,
  { params }: Input<typeof submitRecord>,
): Promise<Reply<typeof submitRecord>> {
  const meeting = await locked(ctx, params.id)
  if (meeting.state !== 'record_pending') throw refusals.wrong_state({ state: meeting.state })
  for (const item of await agendaOf(ctx.db, ctx.actor.tenantId, meeting.id)) {
    if (item.votes !== 'none' && !item.vote) throw refusals.vote_missing({ title: item.title })
    if (item.votes !== 'none' && !item.resolution) throw refusals.resolution_missing({ title: item.title })
  }
  const hash = await hashOfRecord(ctx.db, ctx.actor.tenantId, meeting)
  await meetings.setState(
    ctx.db,
    ctx.actor.tenantId,
    meeting.id,
    { state: 'awaiting_signatures', record_hash: hash },
    ctx.now,
  )
  const recordHash = hash.toString('hex')
  await publish(ctx, 'meetings.record_submitted', subjectOf(meeting), { recordHash })
  return { id: meeting.id, state: 'awaiting_signatures', version: meeting.version + 1, recordHash }
}

type Signer = { readonly as: q.Signature['as']; readonly hasSigned: boolean }
/** As what the caller may sign: chair, else holder of the right in the scope, else recorder. Null: not at all. */
export async function signerOf(
  db: Db,
  actor: Actor,
  meeting: meetings.Meeting,
  isInScope: boolean,
): Promise<Signer | null> {
  const signatures = await q.signaturesOf(db, actor.tenantId, meeting.id)
  const own = signatures.find(({ personId }) => personId === actor.personId)
  if (own) return { as: own.as, hasSigned: true }
  const attendee = await people.findAttendee(db, actor.tenantId, meeting.id, { personId: actor.personId })
  if (attendee && attendee.memberId === meeting.chairId) return { as: 'chair', hasSigned: false }
  if (isInScope && actor.permissions.has('meetings.sign')) return { as: 'secretary', hasSigned: false }
  if (attendee && attendee.memberId === meeting.recorderId) return { as: 'recorder', hasSigned: false }
  return null
}

/** Two different people sign what they have read: the chair, and the secretary or the recorder. */
export async function sign(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof signRecord>,
): Promise<Reply<typeof signRecord>> {
  const { tenantId, personId, personName } = ctx.actor
  const scoped = await meetings.findMeeting(ctx.db, ctx.actor, params.id)
  const found = scoped ?? (await meetings.findCalledMeeting(ctx.db, tenantId, personId, params.id))
  // Held until the commit, so that the record does not change under the signature; whoever is called sees no row to lock.
  const meeting = found && (await widened(ctx, found.orgPath, () => lockMeetingAnywhere(ctx.db, tenantId, found.id)))
  if (!meeting) throw refusals.not_found()
  const signer = await signerOf(ctx.db, ctx.actor, meeting, scoped !== undefined)
  if (!signer) throw refusals.may_not_sign()
  if (signer.hasSigned) throw refusals.signed_already()
  if (meeting.state !== 'awaiting_signatures' || !meeting.recordHash)
    throw refusals.wrong_state({ state: meeting.state })
  if (meeting.recordHash.toString('hex') !== body.recordHash) throw refusals.record_changed()
  const done = await q.insertSignature(ctx.db, tenantId, meeting, {
    id: newId(ctx),
    as: signer.as,
    personId,
    name: personName,
    hash: meeting.recordHash,
    signedAt: ctx.now,
  })
  if (!done) throw refusals.signed_already()
  await publish(ctx, 'meetings.signed', subjectOf(meeting), { as: signer.as, recordHash: body.recordHash })
  return { as: signer.as, signatures: (await q.signaturesOf(ctx.db, tenantId, meeting.id)).length }
}

export async function archive(ctx: Ctx<Tx>, { params }: Input<typeof archiveMeeting>): Promise<Done> {
  const meeting = await locked(ctx, params.id)
  if (meeting.state !== 'awaiting_signatures' || !meeting.recordHash)
    throw refusals.wrong_state({ state: meeting.state })
  const hash = meeting.recordHash
  // A signature that arrived while the record changed is bound to the old text and does not count.
  const valid = (await q.signaturesOf(ctx.db, ctx.actor.tenantId, meeting.id)).filter((one) => one.hash.equals(hash))
  if (!valid.some(({ as }) => as === 'chair') || valid.length < 2)
    throw refusals.signatures_missing({ signatures: valid.length })
  await meetings.setState(ctx.db, ctx.actor.tenantId, meeting.id, { state: 'archived', archived_at: ctx.now }, ctx.now)
  await tasksBecomeDue(ctx, meeting)
  await publish(ctx, 'meetings.archived', subjectOf(meeting), { recordHash: hash.toString('hex') })
  return { id: meeting.id, state: 'archived', version: meeting.version + 1 }
}

export async function addToErrata(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof addErratum>,
): Promise<Reply<typeof addErratum>> {
  const meeting = await locked(ctx, params.id)
  if (meeting.state !== 'archived') throw refusals.wrong_state({ state: meeting.state })
  const id = newId(ctx)
  await q.insertErratum(ctx.db, ctx.actor.tenantId, meeting, {
    id,
    at: ctx.now,
    personId: ctx.actor.personId,
    by: ctx.actor.personName,
    text: body.text.trim(),
    reason: body.reason.trim(),
  })
  await publish(ctx, 'meetings.erratum_added', subjectOf(meeting), { erratumId: id })
  return { id }
}
