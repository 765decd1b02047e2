import { createHash } from 'node:crypto'
import {
  type orgChart as chartContract,
  type exportOrgs as exportContract,
  type Input,
  MOST_IN_CHART,
  type OrgFacts,
  orgRefusals,
  type printOrg as printContract,
  type Reply,
} from '@tongxin/contract'
import english from '@tongxin/contract/words/org.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/org.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { writeXlsx } from '../../platform/spreadsheet/write.ts'
import { type OrganisationForm, printForm } from '../forms/index.ts'
import { findUnit } from './org.queries.ts'
import * as r from './org.record.queries.ts'
import { peopleOf } from './org.total.queries.ts'
import { subtreeOf } from './org.tree.queries.ts'

type Group = 'kind' | 'post' | 'change' | 'nature' | 'grade' | 'column' | 'file'
type Words = Readonly<Record<Group, Readonly<Record<string, string>>>>
const wordsOf = (language: 'zh-CN' | 'en' | undefined): Words => (language === 'en' ? english : chinese)
const MOST_EXPORTED = 20_000

/** An organisation with everything below it, for the chart. */
export async function chart(ctx: Ctx, { params }: Input<typeof chartContract>): Promise<Reply<typeof chartContract>> {
  const unit = await findUnit(ctx.db, ctx.actor, params.id)
  if (!unit) throw orgRefusals.not_found()
  const rows = await subtreeOf(ctx.db, ctx.actor, unit.path, MOST_IN_CHART + 1)
  if (rows.length > MOST_IN_CHART) throw orgRefusals.tree_too_large({ limit: MOST_IN_CHART })
  return {
    rows: rows.map(({ id, parentId, kind, name, members, secretary }) => ({
      id,
      parentId,
      kind,
      name,
      members,
      secretary,
    })),
  }
}

/** 党组织基本情况表 as a PDF. What the rollup does not know (women, ages, education) is left for the pen. */
export async function print(
  ctx: Ctx,
  { params, query }: Input<typeof printContract>,
): Promise<Reply<typeof printContract>> {
  const { db, actor } = ctx
  const unit = await r.recordOf(db, actor, params.id)
  if (!unit) throw orgRefusals.not_found()
  const [trail, people, posts, changes] = await Promise.all([
    r.namesAlong(db, actor.tenantId, unit.path),
    peopleOf(db, actor.tenantId, unit.path),
    r.postsOf(db, actor.tenantId, unit.id, false),
    r.changesOf(db, actor.tenantId, unit.id),
  ])
  const words = wordsOf(query.language)
  const form: OrganisationForm = {
    language: query.language ?? 'zh-CN',
    organisation: unit.name,
    printedAt: ctx.now.toISOString(),
    asOf: todayOf(ctx.now),
    facts: formFacts(unit, words, trail.at(-2)?.name ?? null, posts.find((post) => post.post === 'secretary')?.name),
    headcount: headcountOf(people, unit.children ?? 0),
    committee: posts.map((post) => ({
      post: words.post[post.post] ?? post.post,
      name: post.name,
      gender: null,
      bornOn: null,
      joinedOn: null,
      heldSince: post.fromOn,
    })),
    changes: changes
      .filter((change) => change.kind !== 'corrected')
      .map((change) => ({
        on: change.effectiveOn,
        what: words.change[change.kind] ?? change.kind,
        documentNumber: change.documentNumber,
      })),
  }
  return {
    fileName: `${words.file.form}-${unit.name}.pdf`,
    make: () => printForm({ kind: 'organisation_form', format: 'pdf', facts: form }),
  }
}

function headcountOf(people: Readonly<Record<string, number>>, subordinate: number): OrganisationForm['headcount'] {
  const full = people.formal ?? 0
  const probationary = people.probationary ?? 0
  const unknown = { women: null, minorities: null, upTo35: null, from60: null, college: null }
  return { members: full + probationary, full, probationary, ...unknown, subordinate }
}

type Unit = NonNullable<Awaited<ReturnType<typeof r.recordOf>>>

function formFacts(unit: Unit, words: Words, parent: string | null, secretary = ''): OrganisationForm['facts'] {
  const facts = unit.facts as OrgFacts
  return {
    shortName: unit.short_name,
    code: unit.code,
    kind: words.kind[unit.kind] ?? unit.kind,
    parent,
    foundedOn: unit.founded_on,
    foundingDocument: unit.founding_document,
    hostUnit: facts.hostUnit ?? null,
    hostUnitCode: facts.hostUnitCode ?? null,
    hostUnitNature: facts.hostUnitNature ? (words.nature[facts.hostUnitNature] ?? null) : null,
    secretary: secretary || null,
    contact: facts.contact ?? null,
    phone: facts.phone ?? null,
    address: facts.address ?? null,
    termFrom: unit.term_from,
    termTo: unit.term_until,
    termYears: facts.termYears ?? null,
    grading: facts.grade ? (words.grade[facts.grade] ?? null) : null,
  }
}

/** The organisations of the scope as a workbook; who, what for, row count and hash go into the audit. */
export async function exportList(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportContract>,
): Promise<Reply<typeof exportContract>> {
  const top = body.parentId ? await findUnit(ctx.db, ctx.actor, body.parentId) : undefined
  if (body.parentId && !top) throw orgRefusals.not_found.at('/body/parentId')
  const units = await subtreeOf(ctx.db, ctx.actor, top?.path ?? ctx.actor.scope, MOST_EXPORTED + 1)
  if (units.length > MOST_EXPORTED) throw orgRefusals.tree_too_large({ limit: MOST_EXPORTED })
  const words = wordsOf(body.language)
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  const rows = units
    .filter((unit) => body.kind === undefined || unit.kind === body.kind)
    .map((unit) => {
      const facts = unit.facts as OrgFacts
      return {
        name: unit.name,
        code: unit.code,
        kind: words.kind[unit.kind] ?? unit.kind,
        parent: unit.parentId ? (names.get(unit.parentId) ?? null) : null,
        foundedOn: unit.foundedOn,
        secretary: unit.secretary,
        members: unit.members,
        termUntil: unit.termUntil,
        hostUnit: facts.hostUnit ?? null,
        contact: facts.contact ?? null,
        phone: facts.phone ?? null,
      }
    })
  const columns = Object.keys(WIDTHS).map((key) => ({
    key,
    header: words.column[key] ?? key,
    width: WIDTHS[key] ?? 14,
    text: key === 'code' || key === 'phone',
  }))
  const name = words.file.list ?? 'organisations'
  const bytes = await writeXlsx({ sheets: [{ name, columns, rows }] })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  await publish(ctx, 'org.exported', subject, { rows: rows.length, sha256 }, { reason: body.purpose })
  return { fileName: `${name}-${todayOf(ctx.now)}.xlsx`, make: () => Promise.resolve(bytes) }
}

const WIDTHS: Readonly<Record<string, number>> = {
  name: 34,
  code: 16,
  kind: 12,
  parent: 34,
  foundedOn: 12,
  secretary: 12,
  members: 10,
  termUntil: 12,
  hostUnit: 28,
  contact: 12,
  phone: 16,
}
