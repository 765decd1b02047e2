import {
  type Input,
  memberRefusals,
  ORG_POSTS,
  type Reply,
  type readStructure as readContract,
  type Structure,
} from '@tongxin/contract'
import { ETHNIC_GROUPS } from '@tongxin/domain/identity/codes'
import {
  AGE_BANDS,
  EDUCATION_GROUPS,
  PARTY_AGE_BANDS,
  type StructureDimension,
} from '@tongxin/domain/members/structure'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { findUnit, type OrgUnit, peopleBelow } from '../../org/index.ts'
import { MOST_COUNTED } from '../members.policy.ts'
import * as q from '../queries/structure.queries.ts'

const ORDER: Readonly<Record<StructureDimension, readonly string[]>> = {
  age: Object.keys(AGE_BANDS),
  partyAge: Object.keys(PARTY_AGE_BANDS),
  education: Object.keys(EDUCATION_GROUPS),
  sex: ['1', '2'],
  ethnic: Object.keys(ETHNIC_GROUPS).toSorted(),
  post: ORG_POSTS,
}

/** Where, for which day and by what; the paths name the fields of a refusal. */
export type Asked = { readonly orgId?: string; readonly on?: string; readonly by: readonly StructureDimension[] }

/** The table of an organisation by one thing. @throws Refusal for a day to come, or one that is not kept where many are */
export async function readStructure(
  ctx: Ctx,
  { query }: Input<typeof readContract>,
): Promise<Reply<typeof readContract>> {
  const [table] = await structures(ctx, { ...query, by: [query.by] }, '/query')
  if (!table) throw memberRefusals.org_not_found.at('/query/orgId')
  return table
}

/** Several tables of the same people at one instant. */
export async function structures(ctx: Ctx | Ctx<Tx>, asked: Asked, at: '/query' | '/body'): Promise<Structure[]> {
  const { db, actor } = ctx
  const unit = await findUnit(db, actor, asked.orgId ?? actor.orgId)
  if (!unit) throw memberRefusals.org_not_found.at(`${at}/orgId`)
  const today = todayOf(ctx.now)
  const on = asked.on ?? today
  if (on > today) throw memberRefusals.day_to_come.at(`${at}/on`)
  const below = actor.reach !== 'node'
  const people = below ? await peopleBelow(db, actor.tenantId, unit.path) : 0
  const days = people > MOST_COUNTED ? await q.keptDays(db, actor, unit.path) : []
  // The last figures of a day that has not been counted yet stand for it.
  const day = on === today ? days[0] : days.find((one) => one === on)
  if (people > MOST_COUNTED && on !== today && !day)
    throw memberRefusals.structure_not_kept.at(`${at}/on`, { people, days: days.join(', ') })
  const rows = day
    ? await q.keptStructure(db, actor, unit.path, day, asked.by)
    : await q.countStructure(db, actor, { path: unit.path, below }, on, asked.by)
  const of = { on: day ?? on, isKept: day !== undefined, keptDays: days, now: ctx.now }
  return asked.by.map((by) => tableOf(unit, by, rows, of))
}

type Of = { readonly on: string; readonly isKept: boolean; readonly keptDays: string[]; readonly now: Date }
type Row = q.Counted & { readonly countedAt?: Date }

/** The units in the order of their names, those registered with the organisation itself before them. */
function tableOf(unit: OrgUnit, by: StructureDimension, all: readonly Row[], of: Of): Structure {
  const own = all.filter(({ dimension }) => dimension === by)
  const units = [...Map.groupBy(own, ({ childPath }) => childPath)].map(([path, rows]) => ({
    orgId: rows[0]?.childId ?? unit.id,
    orgName: rows[0]?.childName ?? unit.name,
    isItself: path === unit.path,
    ...sumOf(rows),
  }))
  const whole = sumOf(own)
  const order = [...ORDER[by], 'none']
  return {
    orgId: unit.id,
    orgName: unit.name,
    by,
    on: of.on,
    countedAt: (own[0]?.countedAt ?? of.now).toISOString(),
    isKept: of.isKept,
    keptDays: of.keptDays,
    values: order.filter((value) => (whole.counts[value] ?? 0) > 0),
    ...whole,
    rows: units.toSorted((a, b) => Number(b.isItself) - Number(a.isItself)),
  }
}

function sumOf(rows: readonly Row[]): { people: number; counts: Record<string, number> } {
  const counts: Record<string, number> = {}
  for (const { value, people } of rows) counts[value] = (counts[value] ?? 0) + people
  return { people: Object.values(counts).reduce((sum, people) => sum + people, 0), counts }
}
