import { dateText, shortDate } from '../forms.format.ts'
import { type Block, type Cell, cell, centred, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { OrganisationForm } from '../forms.types.ts'

type Texts = ReturnType<typeof textsOf>
const SIZE = 10.5

function factsGrid(facts: OrganisationForm, t: Texts): Block {
  const l = t.organisation.facts
  const f = facts.facts
  const term = [shortDate(f.termFrom), shortDate(f.termTo)].filter(Boolean).join(' – ')
  const rows: Cell[][] = [
    [label(l.name), cell(facts.organisation, { columns: 3 })],
    [label(l.shortName), cell(f.shortName), label(l.code), cell(f.code)],
    [label(l.kind), cell(f.kind), label(l.parent), cell(f.parent)],
    [label(l.foundedOn), cell(shortDate(f.foundedOn)), label(l.foundingDocument), cell(f.foundingDocument)],
    [label(l.hostUnit), cell(f.hostUnit), label(l.hostUnitNature), cell(f.hostUnitNature)],
    [label(l.hostUnitCode), cell(f.hostUnitCode), label(l.grading), cell(f.grading)],
    [label(l.secretary), cell(f.secretary), label(l.contact), cell(f.contact)],
    [label(l.term), cell(term), label(l.termYears), cell(f.termYears === null ? '' : String(f.termYears))],
    [label(l.phone), cell(f.phone), label(l.address), cell(f.address)],
  ]
  return { kind: 'table', widths: [19, 31, 19, 31], rows, minRowMm: 8.5, size: SIZE }
}

function headcountGrid(facts: OrganisationForm, t: Texts): Block {
  const keys = [
    'members',
    'full',
    'probationary',
    'women',
    'minorities',
    'upTo35',
    'from60',
    'college',
    'subordinate',
  ] as const
  return {
    kind: 'table',
    widths: keys.map(() => 1),
    head: keys.map((key) => label(t.organisation.counts[key])),
    rows: [keys.map((key) => centred(String(facts.headcount[key] ?? '')))],
    minRowMm: 8.5,
    size: 9.5,
  }
}

/** 党组织基本情况表: what the organisation is, who leads it, how it became so. */
export function organisationForm(facts: OrganisationForm): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const o = t.organisation
  const blocks: Block[] = [
    { kind: 'title', text: o.title },
    { kind: 'subtitle', text: `${t.roster.asOf}${t.colon}${dateText(facts.asOf, language)}` },
    factsGrid(facts, t),
    { kind: 'heading', text: o.headcount },
    headcountGrid(facts, t),
    { kind: 'heading', text: o.committee },
    {
      kind: 'table',
      widths: [8, 20, 18, 10, 15, 15, 14],
      size: SIZE,
      minRowMm: 8.5,
      head: [t.index, t.roster.post, t.name, t.roster.gender, t.roster.bornOn, t.roster.joinedOn, o.heldSince].map(
        (text) => label(text),
      ),
      rows: facts.committee.map((post, at) => [
        centred(String(at + 1)),
        centred(post.post),
        centred(post.name),
        centred(post.gender),
        centred(shortDate(post.bornOn)),
        centred(shortDate(post.joinedOn)),
        centred(shortDate(post.heldSince)),
      ]),
    },
    { kind: 'heading', text: o.changes },
    {
      kind: 'table',
      widths: [18, 52, 30],
      size: SIZE,
      minRowMm: 8.5,
      head: [o.on, o.change, o.documentNumber].map((text) => label(text)),
      rows: facts.changes.map((change) => [
        centred(shortDate(change.on)),
        cell(change.what),
        centred(change.documentNumber),
      ]),
    },
    { kind: 'space', mm: 3 },
    {
      kind: 'table',
      widths: [19, 31, 19, 31],
      rows: [[label(o.filledBy), cell(''), label(o.checkedBy), cell('')]],
      minRowMm: 11,
      size: SIZE,
    },
    { kind: 'issuer', organisation: facts.organisation, date: dateText(facts.asOf, language), seal: t.sealHere },
  ]
  return {
    language,
    title: `${facts.organisation} ${o.title}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'record',
    blocks,
  }
}
