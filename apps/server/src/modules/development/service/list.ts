import {
  type CaseRow,
  type Input,
  type listDevelopmentCases,
  type listDevelopmentSteps,
  type listQuotas,
  type Reply,
  type readDevelopmentFigures,
  developmentRefusals as refusals,
  type setQuota,
} from '@tongxin/contract'
import { lampOn } from '@tongxin/domain'
import { stepDefinitionsOn } from '@tongxin/domain/admission/step-definitions'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit } from '../../org/index.ts'
import { isAbove } from '../development.policy.ts'
import * as q from '../queries/list.queries.ts'
import * as quotas from '../queries/quotas.queries.ts'

export async function steps(
  ctx: Ctx,
  { query }: Input<typeof listDevelopmentSteps>,
): Promise<Reply<typeof listDevelopmentSteps>> {
  const rows = stepDefinitionsOn(query.on ?? todayOf(ctx.now)).map((definition) => ({
    ...definition,
    articles: [...definition.articles],
    ruleIds: [...definition.ruleIds],
    proofs: [...definition.proofs],
    forms: [...definition.forms],
    fields: definition.fields.map(fieldRow),
    decisionFields: definition.decisionFields.map(fieldRow),
  }))
  return { rows }
}

type Definition = ReturnType<typeof stepDefinitionsOn>[number]
const fieldRow = ({ name, kind, required, words, least, most }: Definition['fields'][number]) => ({
  name,
  kind,
  required,
  words: words ? [...words] : null,
  least: least ?? null,
  most: most ?? null,
})

export type Asked = Omit<Input<typeof listDevelopmentCases>['query'], 'cursor' | 'limit' | 'sort'>

/** The asked filter with its unit proved to lie in the scope. */
export async function filterOf(ctx: Ctx, asked: Asked, at = '/query/orgId'): Promise<q.CaseFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : null
  if (unit === undefined) throw refusals.no_such_org({}, [{ field: at, code: 'development.no_such_org' }])
  return {
    orgPath: unit?.path ?? null,
    orgId: asked.below === false ? (unit?.id ?? null) : null,
    list: asked.list ?? null,
    stage: asked.stage ?? null,
    step: asked.step ?? null,
    state: asked.state ?? null,
    lamp: asked.lamp ?? null,
    waitsAbove: asked.waitsAbove ?? null,
    contactId: asked.contactId ?? null,
    contact: asked.contact ?? null,
    planYear: asked.planYear ?? null,
    search: asked.search?.trim() || null,
    today: todayOf(ctx.now),
  }
}

export function rowOf(row: q.ListedCase, today: string): CaseRow {
  const { yellowOn, ...shown } = row
  const { dueOn } = row
  const lamp = dueOn && yellowOn ? lampOn({ dueOn, yellowOn }, today) : 'green'
  return { ...shown, lamp, updatedAt: row.updatedAt.toISOString() }
}

const FALLBACK = 'due'

export async function list(
  ctx: Ctx,
  { query }: Input<typeof listDevelopmentCases>,
): Promise<Reply<typeof listDevelopmentCases>> {
  const keyset = keysetOf(query, q.SORT_COLUMNS, FALLBACK)
  const filter = await filterOf(ctx, query)
  const found = await q.listCases(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => placeOf(row, keyset.column))
  return { rows: rows.map((row) => rowOf(row, filter.today)), next, total: null }
}

export function placeOf(row: q.ListedCase, column: string): { value: string | null; id: string } {
  if (column === q.SORT_COLUMNS.name) return { value: row.name, id: row.id }
  return { value: column === q.SORT_COLUMNS.due ? row.dueOn : row.updatedAt.toISOString(), id: row.id }
}

export async function figures(
  ctx: Ctx,
  { query }: Input<typeof readDevelopmentFigures>,
): Promise<Reply<typeof readDevelopmentFigures>> {
  const { orgPath, today } = await filterOf(ctx, query)
  const rows = await q.figuresOf(ctx.db, ctx.actor, orgPath, today)
  return { rows, waitsAbove: await q.countWaiting(ctx.db, ctx.actor, false) }
}

export async function quotaList(ctx: Ctx, { query }: Input<typeof listQuotas>): Promise<Reply<typeof listQuotas>> {
  const { orgPath } = await filterOf(ctx, query)
  const rows = await quotas.listQuotas(ctx.db, ctx.actor, orgPath, query.year)
  return {
    rows: rows.map(({ wishes, ...row }) => ({
      ...row,
      year: query.year,
      wishes: {
        upTo35: wishes.upTo35 ?? null,
        frontLine: wishes.frontLine ?? null,
        women: wishes.women ?? null,
        college: wishes.college ?? null,
        note: wishes.note ?? null,
      },
    })),
  }
}

/** The number of a unit is set by the level above it. */
export async function quotaSet(ctx: Ctx<Tx>, { body }: Input<typeof setQuota>): Promise<Reply<typeof setQuota>> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org({}, [{ field: '/body/orgId', code: 'development.no_such_org' }])
  if (!isAbove(ctx.actor, unit.path))
    throw refusals.not_above({}, [{ field: '/body/orgId', code: 'development.not_above' }])
  const { year, number, wishes } = body
  const version = await quotas.setQuota(ctx.db, ctx.actor.tenantId, {
    orgId: unit.id,
    orgPath: unit.path,
    year,
    number,
    wishes,
    by: ctx.actor.personId,
    at: ctx.now,
  })
  await publish(
    ctx,
    'development.quota_set',
    { kind: 'org', id: unit.id, orgPath: unit.path },
    { year, number },
    { reason: body.reason.trim() },
  )
  return { orgId: unit.id, year, version }
}
