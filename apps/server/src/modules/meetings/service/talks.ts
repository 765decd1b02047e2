import {
  type Input,
  type listOwnTalks,
  type listTalkPartners,
  type listTalks,
  type noteOwnTalk,
  type noteTalk,
  type openOwnTalk,
  type openTalk,
  type Reply,
  type readTalkMatrix,
  meetingsRefusals as refusals,
  type TalkRow,
} from '@tongxin/contract'
import { missingPeriods } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { committeeOf, findUnit } from '../../org/index.ts'
import { BRANCH_KINDS } from '../queries/figures.queries.ts'
import { orgOf } from '../queries/places.queries.ts'
import * as q from '../queries/talks.queries.ts'

const MOST_PEOPLE = 120
const MOST_PARTNERS = 200

/** The secretary of the very branch opens what was said there; other officers, and a committee above it, do not. */
const isSecretaryThere = (actor: Actor, orgId: string): boolean =>
  actor.role === 'branch_secretary' && actor.permissions.has('meetings.sign') && actor.orgId === orgId

function rowOf({ orgId, orgPath: _, firstPersonId, secondPersonId, ...talk }: q.Talk, actor: Actor): TalkRow {
  const isOwn = firstPersonId === actor.personId || secondPersonId === actor.personId
  return { ...talk, mayOpen: talk.hasContent && (isOwn || isSecretaryThere(actor, orgId)) }
}

const placeOf = (id: string) => ({ table: 'meetings_talk', column: 'content_sealed', rowId: id })
const subjectOf = (talk: Pick<q.Talk, 'id' | 'orgPath'>) => ({ kind: 'talk', id: talk.id, orgPath: talk.orgPath })

export async function list(ctx: Ctx, { query }: Input<typeof listTalks>): Promise<Reply<typeof listTalks>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const keyset = keysetOf(query, { heldOn: 't.held_on' }, '-heldOn')
  const filter = { orgPath: unit?.path ?? null, year: query.year ?? null }
  const { actor } = ctx
  const secretaryAt = isSecretaryThere(actor, actor.orgId) ? actor.orgId : null
  const found = await q.listTalks(ctx.db, actor, secretaryAt, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.heldOn, id: row.id }))
  return { rows: rows.map((row) => rowOf(row, ctx.actor)), next, total: null }
}

export async function listOwn(ctx: Ctx, { query }: Input<typeof listOwnTalks>): Promise<Reply<typeof listOwnTalks>> {
  const keyset = keysetOf(query, { heldOn: 't.held_on' }, '-heldOn')
  const found = await q.listOwn(ctx.db, ctx.actor.tenantId, ctx.actor.personId, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.heldOn, id: row.id }))
  return { rows: rows.map((row) => rowOf(row, ctx.actor)), next, total: null }
}

export async function partners(ctx: Ctx): Promise<Reply<typeof listTalkPartners>> {
  const { tenantId, orgId, personId, memberId } = ctx.actor
  if (memberId === null) return { rows: [] }
  const found = await q.membersOfBranch(ctx.db, tenantId, orgId, MOST_PARTNERS)
  return {
    rows: found.filter((one) => one.personId !== personId).map((one) => ({ memberId: one.memberId, name: one.name })),
  }
}

const pairKey = (a: string, b: string): string => (a < b ? `${a}/${b}` : `${b}/${a}`)

/** Pairs that are demanded once a year: the committee with each other and with every member (BR-15), and those done. */
function demandOf(people: readonly string[], committee: ReadonlySet<string>, pairs: readonly q.Pair[]) {
  const talked = new Set(pairs.map((pair) => pairKey(pair.firstId, pair.secondId)))
  let demanded = 0
  let done = 0
  people.forEach((one, at) => {
    for (const other of people.slice(at + 1)) {
      if (!committee.has(one) && !committee.has(other)) continue
      demanded += 1
      if (talked.has(pairKey(one, other))) done += 1
    }
  })
  return { demanded, done }
}

/** How many of the talks that the committee owes in a year were held in a branch. */
export async function talkProgress(
  db: Db,
  tenantId: string,
  orgId: string,
  year: number,
): Promise<{ demanded: number; done: number }> {
  const [people, committee, pairs] = [
    await q.membersOfBranch(db, tenantId, orgId, MOST_PEOPLE),
    new Set(await committeeOf(db, tenantId, orgId)),
    await q.pairsOf(db, tenantId, orgId, year),
  ]
  return demandOf(
    people.map(({ memberId }) => memberId),
    committee,
    pairs,
  )
}

/** Who talked with whom in a branch in the year, for its secretary, and for everybody how many of the talks of the committee are done (BR-15). */
export async function matrix(ctx: Ctx, { query }: Input<typeof readTalkMatrix>): Promise<Reply<typeof readTalkMatrix>> {
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  const { tenantId } = ctx.actor
  const isBranch = BRANCH_KINDS.includes(unit.kind)
  const people = isBranch ? await q.membersOfBranch(ctx.db, tenantId, unit.id, MOST_PEOPLE) : []
  const committee = new Set(isBranch ? await committeeOf(ctx.db, tenantId, unit.id) : [])
  const pairs = isBranch ? await q.pairsOf(ctx.db, tenantId, unit.id, query.year) : []
  const talksOf = (id: string) =>
    pairs.filter((pair) => pair.firstId === id || pair.secondId === id).reduce((sum, { talks }) => sum + talks, 0)
  const mayReadAll = isSecretaryThere(ctx.actor, unit.id)
  const own = people.find(({ personId }) => personId === ctx.actor.personId)?.memberId
  const isMeant = (pair: q.Pair) => mayReadAll || pair.firstId === own || pair.secondId === own
  const { ruleId, citation } = missingPeriods({ kind: 'talk', year: query.year, dates: [] })
  return {
    orgId: unit.id,
    orgName: unit.name,
    isBranch,
    mayReadAll,
    people: people
      .map(({ memberId, name }) => ({
        memberId,
        name,
        isCommittee: committee.has(memberId),
        talks: mayReadAll || memberId === own ? talksOf(memberId) : null,
      }))
      .sort((a, b) => Number(b.isCommittee) - Number(a.isCommittee)),
    pairs: pairs.filter(isMeant),
    ...demandOf(
      people.map(({ memberId }) => memberId),
      committee,
      pairs,
    ),
    ruleId,
    citation,
  }
}

type Noted = {
  readonly org: { id: string; path: string }
  readonly heldOn: string
  readonly two: readonly [string, string]
  readonly fieldOfSecond: string
  readonly place: string | null | undefined
  readonly content: string | null | undefined
}

async function note(ctx: Ctx<Tx>, noted: Noted): Promise<{ id: string; kind: TalkRow['kind'] }> {
  const { tenantId, personId } = ctx.actor
  const [firstId, secondId] = noted.two
  if (firstId === secondId) throw refusals.talk_with_oneself.at(noted.fieldOfSecond)
  if (noted.heldOn > todayOf(ctx.now)) throw refusals.talk_ahead.at('/body/heldOn')
  const found = await q.membersAmong(ctx.db, tenantId, noted.org.id, noted.two)
  const [first, second] = noted.two.map((id) => found.find(({ memberId }) => memberId === id))
  if (!first || !second) throw refusals.talk_elsewhere.at(first ? noted.fieldOfSecond : '/body/firstId')
  const committee = new Set(await committeeOf(ctx.db, tenantId, noted.org.id))
  const inCommittee = [firstId, secondId].filter((id) => committee.has(id)).length
  const kind = inCommittee === 2 ? 'committee' : inCommittee === 1 ? 'committee_member' : 'members'
  const id = newId(ctx)
  const content = noted.content?.trim()
  await q.insertTalk(ctx.db, tenantId, {
    id,
    orgId: noted.org.id,
    orgPath: noted.org.path,
    kind,
    heldOn: noted.heldOn,
    firstId,
    firstPersonId: first.personId,
    firstName: first.name,
    secondId,
    secondPersonId: second.personId,
    secondName: second.name,
    place: noted.place?.trim() || null,
    sealed: content ? ctx.vault.seal(placeOf(id), content, ctx.now) : null,
    by: personId,
    at: ctx.now,
  })
  await publish(ctx, 'meetings.talk_noted', subjectOf({ id, orgPath: noted.org.path }), { kind, heldOn: noted.heldOn })
  return { id, kind }
}

/** The desk notes a talk between two members of a branch of its reach. */
export async function noteAny(ctx: Ctx<Tx>, { body }: Input<typeof noteTalk>): Promise<Reply<typeof noteTalk>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  if (!BRANCH_KINDS.includes(unit.kind)) throw refusals.not_a_branch.at('/body/orgId', { name: unit.name })
  const { heldOn, place, content } = body
  const two = [body.firstId, body.secondId] as const
  return note(ctx, { org: unit, heldOn, two, fieldOfSecond: '/body/secondId', place, content })
}

/** A member notes a talk of the own branch. */
export async function noteOwn(ctx: Ctx<Tx>, { body }: Input<typeof noteOwnTalk>): Promise<Reply<typeof noteOwnTalk>> {
  const { tenantId, orgId, memberId } = ctx.actor
  const org = memberId === null ? undefined : await orgOf(ctx.db, tenantId, orgId)
  if (!org || memberId === null || !BRANCH_KINDS.includes(org.kind)) throw refusals.no_branch()
  const { heldOn, place, content } = body
  return note(ctx, { org, heldOn, two: [memberId, body.withId], fieldOfSecond: '/body/withId', place, content })
}

const opened = async (
  ctx: Ctx<Tx>,
  id: string,
  whose: 'reach' | 'own',
  purpose: string,
): Promise<Reply<typeof openTalk>> => {
  const talk = await q.findTalk(ctx.db, ctx.actor, id, whose)
  if (!talk || (whose === 'reach' && !isSecretaryThere(ctx.actor, talk.orgId))) throw refusals.no_such_talk()
  if (talk.sealed === null) throw refusals.talk_empty()
  await publish(ctx, 'meetings.talk_opened', subjectOf(talk), { purpose })
  return { content: ctx.vault.open(placeOf(talk.id), talk.sealed) }
}

export const open = (ctx: Ctx<Tx>, { params, body }: Input<typeof openTalk>): Promise<Reply<typeof openTalk>> =>
  opened(ctx, params.id, 'reach', body.purpose.trim())

export const openOwn = (ctx: Ctx<Tx>, { params }: Input<typeof openOwnTalk>): Promise<Reply<typeof openOwnTalk>> =>
  opened(ctx, params.id, 'own', '')
