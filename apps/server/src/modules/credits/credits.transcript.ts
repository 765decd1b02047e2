import type { CreditEntry } from '@tongxin/contract'
import { hoursText } from '@tongxin/domain'
import type { Paper, PaperBlock } from '../forms/index.ts'
import { articlesOf } from './credits.policy.ts'
import { filled, type Language, printWordsOf, wordsOf } from './credits.print-words.ts'
import type { Account } from './queries/accounts.queries.ts'

type Sheet = {
  readonly account: Account
  readonly entries: readonly CreditEntry[]
  readonly language: Language
  readonly code: string
  readonly url: string
  readonly issuedOn: string
  readonly printedAt: string
}

/** 学习成绩单: who and how many hours, every line with its day and kind, the articles, the check code, room for the seal. */
export function transcriptPaper(sheet: Sheet): Paper {
  const { account, language, code, url, issuedOn, printedAt } = sheet
  const words = wordsOf(language)
  const print = printWordsOf(language)
  const articles = articlesOf(account)
    .map(({ citation }) => (language === 'en' ? citation.en : citation.zh))
    .join(language === 'en' ? '; ' : '；')
  const [page = url] = url.split('?')
  return {
    language,
    organisation: account.unitName,
    printedAt,
    title: filled(print.heading, { year: account.year }),
    style: 'record',
    blocks: [
      {
        kind: 'particulars',
        pairs: [
          [print.name, account.name],
          [print.branch, account.unitName],
          [print.year, String(account.year)],
          [print.post, account.target === null ? print.noTarget : hoursText(account.target)],
          [print.earned, hoursText(account.earned)],
          [print.standing, words.standing[account.standing]],
          [print.required, hoursText(account.earned - account.elective)],
          [print.elective, hoursText(account.elective)],
        ],
      },
      { kind: 'heading', text: print.lines },
      linesBlock(sheet),
      { kind: 'paragraph', text: filled(print.basis, { articles }), small: true },
      { kind: 'check', url, lines: [filled(print.check, { code }), filled(print.how, { url: page })] },
      { kind: 'issuer', organisation: account.unitName, date: issuedOn },
    ],
  }
}

function linesBlock({ entries, language }: Sheet): PaperBlock {
  const words = wordsOf(language)
  const print = printWordsOf(language)
  if (entries.length === 0) return { kind: 'paragraph', text: print.none }
  return {
    kind: 'register',
    columns: [
      { header: print.on, width: 16 },
      { header: print.what, width: 44, isLong: true },
      { header: print.source, width: 16 },
      { header: print.part, width: 12 },
      { header: print.hours, width: 12 },
    ],
    rows: entries.map((entry) => [
      entry.on,
      entry.reverses ? filled(print.reversal, { title: entry.title }) : entry.title,
      words.source[entry.source],
      words.part[entry.part],
      hoursText(entry.hundredths),
    ]),
  }
}
