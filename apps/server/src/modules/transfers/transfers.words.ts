import { readFileSync } from 'node:fs'
import type { TransferDirection, TransferKind, TransferState } from '@tongxin/contract'

type Texts = {
  readonly categories: Readonly<Record<string, string>>
  readonly kinds: Readonly<Record<TransferKind, string>>
  readonly directions: Readonly<Record<TransferDirection, string>>
  readonly states: Readonly<Record<TransferState, string>>
  readonly forms: Readonly<Record<'letter' | 'receipt', string>>
  readonly export: Readonly<
    Record<
      | 'sheet'
      | 'number'
      | 'name'
      | 'memberNo'
      | 'category'
      | 'direction'
      | 'kind'
      | 'from'
      | 'to'
      | 'state'
      | 'dues'
      | 'issuedOn'
      | 'validDays'
      | 'validUntil'
      | 'receivedOn'
      | 'receiptBy'
      | 'keepUntil',
      string
    >
  >
}
export type Language = 'zh-CN' | 'en'
const load = (language: Language): Texts =>
  JSON.parse(readFileSync(new URL(`texts/print.${language}.json`, import.meta.url), 'utf8')) as Texts
const texts = { 'zh-CN': load('zh-CN'), en: load('en') }

/** Words of letters and workbooks of this module: the reader of paper has no interface that could translate. */
export const wordsOf = (language: Language): Texts => texts[language]
