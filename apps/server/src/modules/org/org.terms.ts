import { orgRefusals, type TermRow } from '@tongxin/contract'
import { addMonths, daysBetween, reminderOn } from '@tongxin/domain'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId } from '../../platform/events.ts'
import { endDeadlines, setDeadlines } from '../deadlines/index.ts'
import type { OrgUnit } from './org.queries.ts'
import type { recordOf } from './org.record.queries.ts'
import * as q from './org.terms.queries.ts'

type UnitRecord = NonNullable<Awaited<ReturnType<typeof recordOf>>>
export type TermsOfUnit = { readonly terms: readonly q.Term[]; readonly running: q.Term | null }

/** The term in the columns of a unit whose terms were entered before their history was kept. */
function ownTerm(unit: UnitRecord): q.Term | null {
  if (!unit.term_from || !unit.term_until) return null
  return {
    id: unit.id,
    ordinal: unit.term_ordinal,
    fromOn: unit.term_from,
    untilOn: unit.term_until,
    plannedUntilOn: unit.term_until,
    endedOn: null,
    seats: null,
    documentNumber: null,
    shiftDocument: null,
    shiftApprovedOn: null,
    shiftReason: null,
  }
}

/** The history of a unit's terms, the newest first, and the running one. */
export function termsWith(unit: UnitRecord, rows: readonly q.Term[]): TermsOfUnit {
  const own = rows.length === 0 ? ownTerm(unit) : null
  const terms = own ? [own] : rows
  return { terms, running: terms.find((term) => term.endedOn === null) ?? null }
}

/** The running term of a locked unit as a row of the history, or undefined. */
export async function keptRunning(ctx: Ctx<Tx>, unit: UnitRecord): Promise<q.Term | undefined> {
  const { tenantId } = ctx.actor
  const rows = await q.termsOf(ctx.db, tenantId, unit.id)
  const { running } = termsWith(unit, rows)
  if (!running || rows.length > 0) return running ?? undefined
  const term = { ...running, id: newId(ctx) }
  await q.insertTerm(ctx.db, tenantId, { ...term, unit, at: ctx.now })
  return term
}

/** @throws Refusal `org.no_term` when none runs */
export async function demandRunning(ctx: Ctx<Tx>, unit: UnitRecord): Promise<q.Term> {
  const term = await keptRunning(ctx, unit)
  if (!term) throw orgRefusals.no_term()
  return term
}

const MONTHS_BEFORE = [12, 6, 3, 1] as const
const keyOf = (termId: string) => `org.term/${termId}`

/**
 * Reminds of the end of a term 12, 6, 3 and 1 months before and on the day, and every day after it. The level above
 * reminds generally six months before (支部工作条例 art. 21), which is when the lamp turns yellow. The secretary is told too.
 */
export async function remindOfTerm(
  ctx: Ctx<Tx>,
  unit: Pick<OrgUnit, 'id' | 'path' | 'name'>,
  term: Pick<q.Term, 'id' | 'fromOn' | 'untilOn'>,
): Promise<void> {
  const { untilOn } = term
  const latest = (date: string) => (date < term.fromOn ? term.fromOn : date)
  await setDeadlines(ctx, [
    {
      key: keyOf(term.id),
      kind: 'org.term',
      params: { org: unit.name, until: untilOn },
      unit,
      permission: 'org.write',
      personId: await q.secretaryPersonOf(ctx.db, ctx.actor.tenantId, unit.id),
      startsOn: term.fromOn,
      yellowOn: latest(reminderOn({ termEnd: untilOn }).value),
      dueOn: untilOn,
      remind: [...MONTHS_BEFORE.map((months) => daysBetween(addMonths(untilOn, -months), untilOn)), 0],
      deskPath: `/orgs/${unit.id}?tab=posts`,
      phonePath: '/organisation',
    },
  ])
}

/** What is due carries the name of the unit. */
export async function termRenamed(ctx: Ctx<Tx>, unit: Pick<OrgUnit, 'id' | 'path' | 'name'>): Promise<void> {
  const running = (await q.termsOf(ctx.db, ctx.actor.tenantId, unit.id)).find((term) => term.endedOn === null)
  if (running) await remindOfTerm(ctx, unit, running)
}

/** The next term has begun: the election was held. */
export async function termDone(ctx: Ctx<Tx>, term: Pick<q.Term, 'id'>): Promise<void> {
  await endDeadlines(ctx, [keyOf(term.id)], 'done')
}

/** The unit is no more: nothing is due. */
export async function termsVoid(ctx: Ctx<Tx>, unitId: string): Promise<void> {
  const terms = await q.termsOf(ctx.db, ctx.actor.tenantId, unitId)
  await endDeadlines(
    ctx,
    terms.map(({ id }) => keyOf(id)),
    'void',
  )
}

export function shownTerm(term: q.Term): TermRow {
  const { shiftDocument, shiftApprovedOn, shiftReason, ...rest } = term
  return {
    ...rest,
    shift:
      shiftDocument && shiftApprovedOn
        ? { documentNumber: shiftDocument, approvedOn: shiftApprovedOn, reason: shiftReason ?? '' }
        : null,
  }
}
