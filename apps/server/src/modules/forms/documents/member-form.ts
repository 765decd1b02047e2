import { shortDate } from '../forms.format.ts'
import { type Block, type Cell, cell, centred, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { MemberForm, MemberFormField } from '../forms.types.ts'

type Texts = ReturnType<typeof textsOf>
const SIZE = 10.5

function fieldCells(facts: MemberForm, t: Texts, name: MemberFormField, columns = 1): Cell[] {
  const value = facts.fields[name] ?? null
  const text = value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? shortDate(value) : value
  return [label(t.member.fields[name]), cell(text, { columns, align: 'center' })]
}

function identityGrid(facts: MemberForm, t: Texts): Block {
  const f = (name: MemberFormField, columns = 1): Cell[] => fieldCells(facts, t, name, columns)
  const photo: Cell = {
    text: facts.photo ? '' : t.member.photo,
    align: 'center',
    rows: 4,
    ...(facts.photo ? { picture: facts.photo } : {}),
  }
  const rows: Cell[][] = [
    [...f('name'), ...f('formerName'), ...f('gender'), photo],
    [...f('ethnicity'), ...f('bornOn'), ...f('nativePlace')],
    [...f('idNumber', 3), ...f('memberNumber')],
    [...f('birthplace'), ...f('maritalStatus'), ...f('health')],
    [...f('workingSince'), ...f('occupation'), ...f('title', 2)],
    [...f('education'), ...f('degree'), ...f('inServiceEducation', 2)],
    [...f('school', 6)],
    [...f('workplace', 6)],
    [...f('phone', 3), ...f('email', 2)],
    [...f('householdAddress', 6)],
    [...f('homeAddress', 6)],
    [...f('emergencyContact', 6)],
  ]
  return { kind: 'table', widths: [13, 15, 13, 15, 13, 15, 16], rows, minRowMm: 8.5, size: SIZE }
}

function partyGrid(facts: MemberForm, t: Texts): Block {
  const f = (name: MemberFormField, columns = 1): Cell[] => fieldCells(facts, t, name, columns)
  const rows: Cell[][] = [
    [...f('standing'), ...f('branch', 3)],
    [...f('appliedOn'), ...f('activistOn'), ...f('candidateOn')],
    [...f('joinedOn'), ...f('fullSince'), ...f('introducers')],
    [...f('joinedBranch', 3), ...f('enteredOn')],
    [...f('post'), ...f('mobility'), ...f('duesPaidThrough')],
    [...f('dossierPlace', 5)],
  ]
  return { kind: 'table', widths: [16, 17, 17, 17, 17, 16], rows, minRowMm: 8.5, size: SIZE }
}

/** A sub-table with at least `least` lines, so that the printed form can be completed by hand. */
function lines(
  heading: string,
  widths: readonly number[],
  head: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  least: number,
): Block[] {
  const blank = Array.from({ length: Math.max(0, least - rows.length) }, () => head.map(() => ''))
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      widths,
      head: head.map((text) => label(text)),
      rows: [...rows, ...blank].map((row) => row.map((text) => centred(text))),
      minRowMm: 8,
      size: SIZE,
    },
  ]
}

/** 党员信息采集表: printed for signature, with the values known and room for those that are not. */
export function memberForm(facts: MemberForm): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const m = t.member
  const blocks: Block[] = [
    { kind: 'title', text: m.title },
    { kind: 'subtitle', text: facts.organisation },
    identityGrid(facts, t),
    { kind: 'heading', text: m.party },
    partyGrid(facts, t),
    ...lines(
      m.education,
      [16, 16, 42, 26],
      [m.from, m.to, m.school, m.result],
      facts.education.map((e) => [shortDate(e.from), shortDate(e.to), e.school, e.result]),
      2,
    ),
    ...lines(
      m.career,
      [16, 16, 42, 26],
      [m.from, m.to, m.workplace, m.post],
      facts.career.map((c) => [shortDate(c.from), shortDate(c.to), c.workplace, c.post]),
      3,
    ),
    ...lines(
      m.honours,
      [16, 52, 32],
      [m.on, m.what, m.by],
      facts.honours.map((h) => [shortDate(h.on), h.what, h.by]),
      2,
    ),
    ...lines(
      m.family,
      [12, 16, 16, 16, 40],
      [m.relation, t.name, m.fields.bornOn, m.political, m.fields.workplace],
      facts.family.map((p) => [p.relation, p.name, shortDate(p.bornOn), p.political, p.workplace]),
      3,
    ),
    { kind: 'space', mm: 4 },
    { kind: 'paragraph', text: m.promise, bold: true },
    { kind: 'signatures', lines: [{ label: m.self, value: '', date: '' }] },
    { kind: 'paragraph', text: `${m.branchOpinion}${t.colon}` },
    { kind: 'issuer', organisation: facts.organisation, date: '', seal: t.sealHere },
  ]
  return {
    language,
    title: `${m.title} ${facts.fields.name ?? ''}`.trim(),
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'record',
    blocks,
  }
}
