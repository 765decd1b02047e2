import { dateText } from '../forms.format.ts'
import { type Block, type Cell, cell, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { FormLanguage, TransferLetters, TransferReceipts } from '../forms.types.ts'
import { type TransferTexts, transferTextsOf } from '../texts/transfer.ts'

type Letter = TransferLetters['letters'][number]

const monthText = (month: string | null, language: FormLanguage, t: TransferTexts): string => {
  if (month === null) return t.blank
  const [year, number] = month.split('-')
  return language === 'zh-CN' ? `${year}年${Number(number)}月` : `${number}/${year}`
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', indent: true, text })
const pairs = (rows: readonly (readonly [string, string | null][])[]): Block => ({
  kind: 'table',
  widths: [15, 35, 15, 35],
  minRowMm: 7,
  size: 10.5,
  rows: rows.map((row) => row.flatMap(([name, value]): Cell[] => [label(name), cell(value)])),
})

function stubOf(letter: Letter, language: FormLanguage, t: TransferTexts): Block[] {
  return [
    { kind: 'title', text: letter.isMember ? t.stub : t.caseStub },
    { kind: 'paragraph', text: numberLine(letter, t), align: 'right', small: true },
    paragraph(t.stubBody({ ...letter, standing: letter.standing })),
    pairs([
      [
        [t.reason, letter.reason],
        [t.handler, letter.handler],
      ],
      [
        [t.issuedOn, dateText(letter.issuedOn, language)],
        [t.validUntil, dateText(letter.validUntil, language)],
      ],
    ]),
    { kind: 'paragraph', text: t.keep, small: true },
  ]
}

const numberLine = (letter: { number: string; reprint: number }, t: TransferTexts): string =>
  letter.reprint > 0 ? `${t.reprint(letter.reprint)}　${t.number(letter.number)}` : t.number(letter.number)

function letterOf(letter: Letter, language: FormLanguage, t: TransferTexts): Block[] {
  const { colon, sealHere } = textsOf(language)
  return [
    { kind: 'title', text: letter.isMember ? t.title : t.caseTitle },
    { kind: 'paragraph', text: numberLine(letter, t), align: 'right', small: true },
    { kind: 'paragraph', text: `${letter.to}${colon.trim()}` },
    paragraph(letter.isMember ? t.body(letter) : t.caseBody(letter)),
    ...(letter.isMember ? [paragraph(t.dues(monthText(letter.duesPaidUntil, language, t)))] : []),
    {
      kind: 'paragraph',
      text: t.validity(letter.validDays, dateText(letter.validUntil, language)),
      small: true,
      align: 'right',
    },
    pairs([
      [
        [t.contact, letter.contact.name ?? null],
        [t.phone, letter.contact.phone ?? null],
      ],
      [
        [t.fax, letter.contact.fax ?? null],
        [t.postcode, letter.contact.postcode ?? null],
      ],
    ]),
    { kind: 'issuer', organisation: letter.committee, date: dateText(letter.issuedOn, language), seal: sealHere },
  ]
}

function slipOf(slip: TransferReceipts['receipts'][number], language: FormLanguage, t: TransferTexts): Block[] {
  const { colon, sealHere } = textsOf(language)
  return [
    { kind: 'title', text: t.receipt },
    { kind: 'paragraph', text: numberLine(slip, t), align: 'right', small: true },
    { kind: 'paragraph', text: `${slip.addressee}${colon.trim()}` },
    paragraph(t.receiptBody({ name: slip.name, number: slip.number, place: slip.place })),
    pairs([
      [
        [t.handler, slip.handler],
        [t.phone, slip.phone],
      ],
    ]),
    { kind: 'issuer', organisation: slip.place, date: dateText(slip.receivedOn, language), seal: sealHere },
  ]
}

const sheetOf = (facts: { organisation: string; printedAt: string }, language: FormLanguage, title: string) =>
  ({
    language,
    title,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'portrait',
    style: 'record',
  }) as const

/** 介绍信三联: stub, letter and receipt on one page, divided by cutting lines across which the seal is set. */
export function transferLetters(facts: TransferLetters): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = transferTextsOf(language)
  const blocks = facts.letters.flatMap((letter, at): Block[] => {
    const cut: Block = { kind: 'cut', text: t.cut(letter.number) }
    const empty = {
      number: letter.number,
      reprint: 0,
      name: letter.name,
      addressee: letter.committee,
      place: letter.to,
      handler: null,
      phone: null,
      receivedOn: null,
    }
    return [
      ...(at > 0 ? [{ kind: 'break' } as const] : []),
      ...stubOf(letter, language, t),
      cut,
      ...letterOf(letter, language, t),
      cut,
      ...slipOf(empty, language, t),
    ]
  })
  return { ...sheetOf(facts, language, t.title), blocks }
}

/** Receipts alone, two on a page: what the receiving side sends back. */
export function transferReceipts(facts: TransferReceipts): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = transferTextsOf(language)
  const blocks = facts.receipts.flatMap((slip, at): Block[] => [
    ...(at === 0 ? [] : [at % 2 === 0 ? ({ kind: 'break' } as const) : ({ kind: 'cut', text: '' } as const)]),
    ...slipOf(slip, language, t),
  ])
  return { ...sheetOf(facts, language, t.receipt), blocks }
}
