import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportMembers as exportContract,
  type Input,
  MOST_EXPORTED,
  memberRefusals,
  type printRoster as printContract,
  type Reply,
  requestRefusals,
} from '@tongxin/contract'
import type { EntryKind } from '@tongxin/domain/members/entries'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf } from '../../../platform/page.ts'
import type { Platform } from '../../../platform/platform.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { type FormFormat, type MemberForm, type MemberRoster, printForm } from '../../forms/index.ts'
import { findUnit, unitNameOf } from '../../org/index.ts'
import { entryFacts } from '../members.entries.ts'
import { listFilterOf, tailMatches } from '../members.filter.ts'
import { portraitPaper } from '../members.portrait.ts'
import type { MemberPorts } from '../members.ports.ts'
import { factsOf, maskedId, maskedPhone, openColumn, shownFacts } from '../members.record.ts'
import { codeName, type Language, wordsOf } from '../members.words.ts'
import { entriesOf } from '../queries/entries.queries.ts'
import * as list from '../queries/list.queries.ts'
import { photoToPrint } from './photos.ts'
import { foundRecord, portraitOf } from './portrait.ts'

type Stored = Pick<Platform, 'dataDir' | 'opensUnscanned'>

/** The list as a file. Masked, unless the caller may reveal and says for what; logged with row count and hash. */
export async function exportMembers(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportContract>,
): Promise<Reply<typeof exportContract>> {
  const unmasked = body.unmasked === true
  if (unmasked && !ctx.actor.permissions.has('members.reveal'))
    throw requestRefusals.not_permitted({ permission: 'members.reveal' })
  const rows = await allRows(ctx, body.filter)
  const words = wordsOf(body.language)
  const written = rows.map((row) => exportRow(ctx, row, body.language, unmasked))
  const columns = body.columns.map((key) => ({
    key,
    header: words.columns[key] ?? key,
    text: key === 'idNumber' || key === 'phone' || key === 'memberNo',
    width: WIDTHS[key] ?? 14,
  }))
  const name = words.files.list ?? 'members'
  const bytes =
    body.format === 'csv'
      ? await buffer(csvStream({ columns, rows: written }))
      : await writeXlsx({ sheets: [{ name, columns, rows: written }] })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const payload = { rows: rows.length, sha256, columns: [...body.columns], format: body.format, unmasked }
  await publish(ctx, 'members.exported', { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }, payload, {
    reason: body.purpose,
  })
  return { fileName: `${name}-${todayOf(ctx.now)}.${body.format}`, make: () => Promise.resolve(bytes) }
}

const WIDTHS: Readonly<Record<string, number>> = { idNumber: 22, orgName: 28, name: 12, sex: 6, ethnic: 10 }
const PAGE = 1000

async function allRows(
  ctx: Ctx<Tx>,
  asked: Input<typeof exportContract>['body']['filter'],
): Promise<list.ListedMember[]> {
  const filter = { ...(await listFilterOf(ctx, asked)), counted: false }
  const rows: list.ListedMember[] = []
  let after: { value: string; id: string } | null = null
  for (;;) {
    const page: list.ListedMember[] = await list.listMembers(ctx.db, ctx.actor, filter, {
      ...keysetOf({ limit: PAGE }, list.SORT_COLUMNS, 'name'),
      after,
    })
    const kept = page.slice(0, PAGE)
    rows.push(...(filter.search?.tails ? kept.filter((row) => tailMatches(ctx.vault, row, asked.search ?? '')) : kept))
    if (rows.length > MOST_EXPORTED) throw memberRefusals.export_too_large({ limit: MOST_EXPORTED })
    const last = kept.at(-1)
    if (page.length <= PAGE || !last) return rows
    after = { value: last.pinyin, id: last.id }
  }
}

function exportRow(ctx: Ctx<Tx>, row: list.ListedMember, language: Language, unmasked: boolean): WrittenRow {
  const sealed = unmasked
    ? {
        idNumber: openColumn(ctx.vault, row.id, 'id_number', row.idNumber),
        phone: openColumn(ctx.vault, row.id, 'phone', row.phone),
      }
    : { idNumber: maskedId(ctx.vault, row.id, row.idNumber), phone: maskedPhone(ctx.vault, row.id, row.phone) }
  return {
    memberNo: row.memberNo,
    name: row.name,
    sex: codeName(language, 'sex', row.sex),
    ethnic: codeName(language, 'ethnic', row.ethnic),
    bornOn: row.bornOn,
    education: codeName(language, 'education', row.education),
    category: codeName(language, 'category', row.category),
    status: codeName(language, 'status', row.status),
    orgName: row.orgName,
    joinedOn: row.joinedOn,
    convertedOn: row.convertedOn,
    completeness: row.completeness,
    ...sealed,
  }
}

/** 党员花名册 of an organisation, 党员信息采集表 or 一页画像 of one member; sensitive fields masked. */
export const print =
  (stored: Stored, ports: MemberPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof printContract>): Promise<Reply<typeof printContract>> => {
    const made = await orderOf(ctx, stored, ports, body)
    await publish(ctx, 'members.printed', made.subject, { form: body.form, rows: made.rows, format: body.format })
    const words = wordsOf(body.language)
    const make = () => made.print(body.format)
    return { fileName: `${words.files[body.form]}-${made.name}-${todayOf(ctx.now)}.${body.format}`, make }
  }

type Made = {
  name: string
  rows: number
  subject: { kind: string; id: string; orgPath: string }
  print: (format: FormFormat) => Promise<Uint8Array>
}

async function orderOf(
  ctx: Ctx<Tx>,
  stored: Stored,
  ports: MemberPorts,
  { form, orgId, memberId, language }: Input<typeof printContract>['body'],
): Promise<Made> {
  if (form === 'roster') return rosterOrder(ctx, orgId ?? ctx.actor.orgId, language)
  if (memberId === undefined) throw requestRefusals.malformed({}, [{ field: '/body/memberId', code: 'field.missing' }])
  return form === 'member'
    ? memberOrder(ctx, stored, memberId, language)
    : portraitOrder(ctx, stored, ports, memberId, language)
}

async function portraitOrder(
  ctx: Ctx<Tx>,
  stored: Stored,
  ports: MemberPorts,
  memberId: string,
  language: Language,
): Promise<Made> {
  const record = await foundRecord(ctx, memberId)
  const portrait = await portraitOf(ctx, ports, record, false)
  const photo = await photoToPrint(ctx, stored, record.id)
  const sheet = { portrait, language, printedAt: ctx.now.toISOString() }
  return {
    name: record.name,
    rows: 1,
    subject: { kind: 'member', id: record.id, orgPath: record.org_path },
    print: async (format) =>
      printForm({
        kind: 'paper',
        format,
        facts: portraitPaper(photo ? { ...sheet, photo: await photo() } : sheet),
      }),
  }
}

async function rosterOrder(ctx: Ctx<Tx>, orgId: string, language: Language): Promise<Made> {
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw memberRefusals.org_not_found.at('/body/orgId')
  const rows = await allRows(ctx, { orgId: unit.id, category: ['formal', 'probationary'] })
  const facts: MemberRoster = {
    language,
    organisation: unit.name,
    printedAt: ctx.now.toISOString(),
    asOf: todayOf(ctx.now),
    cover: {
      formal: rows.filter((row) => row.category === 'formal').length,
      probationary: rows.filter((row) => row.category === 'probationary').length,
      branches: new Set(rows.map((row) => row.orgId)).size,
    },
    members: rows.map((row) => ({
      name: row.name,
      gender: codeName(language, 'sex', row.sex),
      ethnicity: codeName(language, 'ethnic', row.ethnic),
      bornOn: row.bornOn,
      idNumber: maskedId(ctx.vault, row.id, row.idNumber),
      education: codeName(language, 'education', row.education),
      joinedOn: row.joinedOn,
      fullSince: row.convertedOn,
      standing: codeName(language, 'category', row.category) ?? '',
      post: codeName(language, 'post', row.topPost),
      workplace: row.orgName,
      phone: maskedPhone(ctx.vault, row.id, row.phone),
      remark: null,
    })),
  }
  return {
    name: unit.name,
    rows: rows.length,
    subject: { kind: 'org', id: unit.id, orgPath: unit.path },
    print: (format) => printForm({ kind: 'member_roster', format, facts }),
  }
}

async function memberOrder(ctx: Ctx<Tx>, stored: Stored, memberId: string, language: Language): Promise<Made> {
  const record = await foundRecord(ctx, memberId)
  const shown = shownFacts(factsOf(ctx.vault, record))
  const branch = await unitNameOf(ctx.db, ctx.actor.tenantId, record.org_id)
  const photo = await photoToPrint(ctx, stored, record.id)
  const listed = (await entriesOf(ctx.db, ctx.actor.tenantId, record.id))
    .filter((entry) => entry.endedReason === null)
    .map((entry) => entryFacts(ctx.vault, entry))
  const of = (kind: EntryKind) => listed.filter((entry) => entry.kind === kind)
  const facts: MemberForm = {
    language,
    organisation: branch,
    printedAt: ctx.now.toISOString(),
    fields: formFields(shown, record.member_no, branch, language),
    education: of('education').map((entry) => ({
      from: entry.fromOn,
      to: entry.untilOn,
      school: entry.facts.school ?? '',
      result: entry.facts.level ?? null,
    })),
    career: of('career').map((entry) => ({
      from: entry.fromOn,
      to: entry.untilOn,
      workplace: entry.facts.workplace ?? '',
      post: entry.facts.jobTitle ?? null,
    })),
    honours: of('award').map((entry) => ({
      on: entry.fromOn,
      what: entry.facts.title ?? '',
      by: entry.facts.awardedBy ?? null,
    })),
    // Other people's names stay sealed: they are filled in by hand.
    family: of('family').map((entry) => ({
      relation: entry.facts.relation ?? '',
      name: '',
      bornOn: null,
      political: null,
      workplace: null,
    })),
  }
  return {
    name: record.name,
    rows: 1,
    subject: { kind: 'member', id: record.id, orgPath: record.org_path },
    print: async (format) =>
      printForm({ kind: 'member_form', format, facts: photo ? { ...facts, photo: await photo() } : facts }),
  }
}

function formFields(
  shown: Record<string, string>,
  memberNo: string,
  branch: string,
  language: Language,
): MemberForm['fields'] {
  const value = (field: string) => shown[field] ?? null
  return {
    name: value('name'),
    formerName: value('formerName'),
    gender: codeName(language, 'sex', value('sex')),
    ethnicity: codeName(language, 'ethnic', value('ethnic')),
    bornOn: value('bornOn'),
    nativePlace: value('nativePlace'),
    birthplace: value('birthPlace'),
    idNumber: value('idNumber'),
    memberNumber: memberNo,
    maritalStatus: value('maritalStatus'),
    health: value('health'),
    workingSince: value('workStartedOn'),
    education: codeName(language, 'education', value('education')),
    degree: value('degree'),
    school: value('school'),
    inServiceEducation: value('inServiceEducation'),
    workplace: value('workplace'),
    occupation: value('occupation'),
    title: value('technicalTitle'),
    phone: value('phone'),
    email: value('email'),
    householdAddress: value('registeredAddress'),
    homeAddress: value('homeAddress'),
    emergencyContact: value('emergencyContact'),
    standing: codeName(language, 'category', value('category')),
    appliedOn: value('appliedOn'),
    activistOn: value('activistOn'),
    candidateOn: value('candidateOn'),
    joinedOn: value('joinedOn'),
    fullSince: value('convertedOn'),
    joinedBranch: value('joinedAtBranch'),
    introducers: value('introducers'),
    branch,
    enteredOn: value('branchEnteredOn'),
    post: value('partyPost'),
    mobility: value('mobility'),
    duesPaidThrough: value('duesPaidUntil'),
    dossierPlace: value('dossierPlace'),
  }
}
