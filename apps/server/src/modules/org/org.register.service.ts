import {
  type Input,
  MOST_IN_REGISTER,
  type OrgPost,
  orgRefusals,
  type printLeadership as printContract,
  type Reply,
} from '@tongxin/contract'
import english from '@tongxin/contract/words/org.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/org.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { printForm } from '../forms/index.ts'
import { findUnit } from './org.queries.ts'
import { type PostOfUnit, postsBelow } from './org.register.queries.ts'
import { subtreeOf } from './org.tree.queries.ts'

type Words = typeof chinese
type Unit = { id: string; name: string; termFrom: string | null; termUntil: string | null }

const COLUMNS = [
  ['unit', 19, true],
  ['term', 16, false],
  ['post', 9, false],
  ['name', 9, false],
  ['since', 9, false],
  ['way', 8, false],
  ['document', 17, true],
  ['report', 17, true],
] as const

/** 党组织班子成员名册: who holds which post of the unit, or of it and everything below, with what is vacant. */
export async function print(
  ctx: Ctx,
  { params, query }: Input<typeof printContract>,
): Promise<Reply<typeof printContract>> {
  const top = await findUnit(ctx.db, ctx.actor, params.id)
  if (!top) throw orgRefusals.not_found()
  const found = await subtreeOf(ctx.db, ctx.actor, top.path, query.below ? MOST_IN_REGISTER + 1 : 1)
  if (found.length > MOST_IN_REGISTER) throw orgRefusals.tree_too_large({ limit: MOST_IN_REGISTER })
  const units = query.below ? found : found.filter(({ id }) => id === top.id)
  const ids = units.map(({ id }) => id)
  const posts = Map.groupBy(await postsBelow(ctx.db, ctx.actor.tenantId, ids), ({ unitId }) => unitId)
  const words = query.language === 'en' ? english : chinese
  const asOf = todayOf(ctx.now)
  const facts = {
    language: query.language ?? 'zh-CN',
    organisation: top.name,
    printedAt: ctx.now.toISOString(),
    title: words.register.title,
    subtitle: `${top.name}　${words.register.asOf.replace('{{on}}', asOf)}`,
    columns: COLUMNS.map(([key, width, isLong]) => ({ header: words.register[key], width, isLong })),
    rows: units.flatMap((unit) => rowsOf(unit, posts.get(unit.id) ?? [], words)),
  }
  const format = query.format ?? 'pdf'
  return {
    fileName: `${words.register.file}-${top.name}-${asOf}.${format}`,
    make: () => printForm({ kind: 'register', format, facts }),
  }
}

function rowsOf(unit: Unit, posts: readonly PostOfUnit[], words: Words): (string | null)[][] {
  const term = unit.termFrom && unit.termUntil ? `${unit.termFrom} – ${unit.termUntil}` : null
  const wordOf = (post: OrgPost) => words.post[post]
  const held = posts.map((one) => [
    unit.name,
    term,
    wordOf(one.post),
    one.name,
    one.fromOn,
    one.way ? words.way[one.way] : null,
    one.documentNumber,
    one.reportDocument,
  ])
  if (posts.some(({ post }) => post === 'secretary')) return held
  return [[unit.name, term, wordOf('secretary'), words.register.vacant, null, null, null, null], ...held]
}
