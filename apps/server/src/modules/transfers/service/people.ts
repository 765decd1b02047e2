import type { BatchPerson, TransferDirection, TransferKind } from '@tongxin/contract'
import { approvalPower, directTransfer, graduateKeepOk } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { type RelationFacts, relationFactsOf } from '../../members/index.ts'
import * as places from '../queries/places.queries.ts'
import { standingInTheWay } from '../queries/transfers.queries.ts'
import { BRANCH_KINDS, MOVABLE, MOVED_CATEGORIES } from '../transfers.policy.ts'

/** Where somebody is to go, as it was asked. */
export type Wish = Omit<BatchPerson, 'memberNo' | 'name'>
export type Route = {
  readonly direction: TransferDirection
  readonly kind: TransferKind
  readonly to: { readonly id: string; readonly path: string } | null
  readonly toName: string
  readonly needsDepartment: boolean
}
export type Judged = {
  readonly at: number
  readonly wish: Wish
  readonly name: string
  readonly card: places.Card | null
  readonly committee: places.Place | null
  readonly facts: RelationFacts | null
  readonly route: Route | null
  readonly problems: readonly string[]
  readonly hints: readonly string[]
}

type Known = {
  readonly cards: readonly places.Card[]
  readonly byId: ReadonlyMap<string, places.Place>
  readonly byName: ReadonlyMap<string, readonly places.Place[]>
  /** Committees of the paths of departure and of arrival. */
  readonly committees: ReadonlyMap<string, places.Place>
  readonly busy: ReadonlyMap<string, 'open' | 'unsettled'>
  readonly facts: ReadonlyMap<string, RelationFacts>
}

/** Finds and judges everybody of a list: whom it means, where each goes, what stands in the way. */
export async function judgePeople(ctx: Ctx<Tx>, people: readonly BatchPerson[]): Promise<Judged[]> {
  const known = await lookUp(ctx, people)
  const seen = new Set<string>()
  return people.map((person, at) => {
    const { card, problem } = cardFor(person, known)
    const problems: string[] = problem ? [problem] : []
    const hints: string[] = []
    const route = routeOf(person, card, known)
    if (typeof route === 'string') problems.push(route)
    if (card) {
      if (seen.has(card.id)) problems.push('transfers.listed_twice')
      seen.add(card.id)
      problems.push(...whyNotMovable(card, known))
      hints.push(...hintsOf(card, person, known.facts.get(card.id), todayOf(ctx.now)))
    }
    return {
      at,
      wish: person,
      name: card?.name ?? person.name ?? person.memberNo ?? '',
      card,
      committee: card ? (known.committees.get(card.orgPath) ?? null) : null,
      facts: card ? (known.facts.get(card.id) ?? null) : null,
      route: typeof route === 'string' ? null : route,
      problems,
      hints,
    }
  })
}

const filled = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== undefined)),
]

/** Destinations lie outside the caller's scope: only names and kinds of living branches are looked at there. */
async function lookUp(ctx: Ctx<Tx>, people: readonly BatchPerson[]): Promise<Known> {
  const { tenantId } = ctx.actor
  const cards = await places.cardsOf(ctx.db, ctx.actor, {
    ids: filled(people.map((one) => one.memberId)),
    numbers: filled(people.map((one) => one.memberNo?.toUpperCase())),
    names: filled(people.map((one) => (one.memberId || one.memberNo ? undefined : one.name))),
  })
  const ids = cards.map(({ id }) => id)
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  const found = await widened(ctx, whole, async () => {
    const byId = await places.placesByIds(ctx.db, tenantId, filled(people.map((one) => one.toOrgId)))
    const names = filled(people.map((one) => one.toName?.trim()))
    const named = await places.branchesNamed(ctx.db, tenantId, names)
    const ends = [...cards.map(({ orgPath }) => orgPath), ...[...byId, ...named].map(({ path }) => path)]
    return { byId, named, names, committees: await places.committeesOf(ctx.db, tenantId, [...new Set(ends)]) }
  })
  return {
    cards,
    byId: new Map(found.byId.map((place) => [place.id, place])),
    byName: new Map(found.names.map((name) => [name, found.named.filter((place) => place.name === name)])),
    committees: found.committees,
    busy: await standingInTheWay(ctx.db, tenantId, ids),
    facts: await relationFactsOf(ctx.db, tenantId, ids),
  }
}

function cardFor(person: BatchPerson, { cards }: Known): { card: places.Card | null; problem: string | null } {
  const hits = cards.filter((card) =>
    person.memberId
      ? card.id === person.memberId
      : person.memberNo
        ? card.memberNo === person.memberNo.toUpperCase() && (!person.name || person.name === card.name)
        : card.name === person.name,
  )
  if (hits.length > 1) return { card: null, problem: 'transfers.ambiguous_name' }
  const [card] = hits
  return card ? { card, problem: null } : { card: null, problem: 'transfers.no_such_member' }
}

function whyNotMovable(card: places.Card, { busy }: Known): string[] {
  if (!MOVABLE.includes(card.status) || !MOVED_CATEGORIES.includes(card.category)) return ['transfers.not_transferable']
  const other = busy.get(card.id)
  if (other === undefined) return []
  return [other === 'open' ? 'transfers.open_already' : 'transfers.unsettled']
}

function hintsOf(card: places.Card, wish: Wish, facts: RelationFacts | undefined, today: string): string[] {
  const hints: string[] = []
  const isMember = card.category === 'probationary' || card.category === 'formal'
  if (card.category === 'probationary') hints.push('probationary')
  if (!isMember) hints.push('on_the_way')
  if (isMember && !wish.duesPaidUntil && !facts?.duesPaidUntil) hints.push('dues_unknown')
  // A graduate whose relation the university kept longer than it generally may (MEM-11).
  if (facts?.graduatedOn && !graduateKeepOk({ graduatedOn: facts.graduatedOn, today }).value)
    hints.push('kept_too_long')
  return hints
}

const orgType = (place: places.Place | undefined) =>
  place?.kind === 'committee' ? 'committee' : place?.kind === 'working_committee' ? 'workCommittee' : 'branch'
const canApprove = (place: places.Place | undefined): boolean =>
  approvalPower({ orgType: orgType(place) }).value === 'approve'

/** Where the wish leads, or the code of what is wrong with it. */
function routeOf(wish: Wish, card: places.Card | null, known: Known): Route | string {
  const inside = insideOf(wish, known)
  if (typeof inside === 'string') return inside
  const from = card ? known.committees.get(card.orgPath) : undefined
  if (inside) {
    if (card && inside.id === card.orgId) return 'transfers.same_branch'
    const to = known.committees.get(inside.path)
    const isSame = from !== undefined && to?.id === from.id
    const isDirect = isSame || directTransfer({ fromCanApprove: canApprove(from), toCanApprove: canApprove(to) }).value
    return {
      direction: 'inside',
      kind: isSame ? 'branch' : 'installation',
      to: { id: inside.id, path: inside.path },
      toName: inside.name,
      needsDepartment: !isDirect,
    }
  }
  if (!wish.toName?.trim()) return 'transfers.no_destination'
  if (!wish.kind) return 'transfers.no_kind'
  // Committees that both approve probationary members deal with each other directly; systems of their own never do.
  const isDirect =
    wish.kind !== 'beyond_system' &&
    directTransfer({ fromCanApprove: canApprove(from), toCanApprove: wish.destinationApproves ?? false }).value
  return { direction: 'out', kind: wish.kind, to: null, toName: wish.toName.trim(), needsDepartment: !isDirect }
}

function insideOf(wish: Wish, known: Known): places.Place | null | string {
  if (wish.toOrgId) {
    const place = known.byId.get(wish.toOrgId)
    if (!place || place.dissolvedOn) return 'transfers.no_such_org'
    return BRANCH_KINDS.includes(place.kind) ? place : 'transfers.not_a_branch'
  }
  const named = wish.toName ? (known.byName.get(wish.toName.trim()) ?? []) : []
  if (named.length <= 1) return named[0] ?? null
  // With a kind it is a committee outside that happens to be called like branches of ours.
  return wish.kind ? null : 'transfers.ambiguous_name'
}
