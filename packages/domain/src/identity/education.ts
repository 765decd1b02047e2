import { EDUCATION_LEVELS } from './codes.ts'
import { plain } from './written-text.ts'

/** A level of education as written; `isReading` when the word is not the term of the standard, for example 大学. */
export type WrittenEducation = { readonly code: string | null; readonly isReading: boolean }

const BY_NAME = new Map(Object.entries(EDUCATION_LEVELS).map(([code, name]) => [name, code]))

/** Words for a level, most specific first, with the codes for 毕业, 结业, 肄业 and the bare word. */
const LEVELS: readonly { readonly word: RegExp; readonly codes: readonly [string, string, string, string] }[] = [
  { word: /博士/, codes: ['11', '12', '13', '11'] },
  { word: /研究生班/, codes: ['17', '18', '19', '17'] },
  { word: /硕士|硕研|MBA|MPA|EMBA/i, codes: ['14', '15', '16', '14'] },
  { word: /研究生/, codes: ['10', '10', '10', '10'] },
  { word: /普通班/, codes: ['28', '28', '28', '28'] },
  { word: /本科|大本|学士|双学位/, codes: ['21', '22', '23', '20'] },
  { word: /大专|专科|高职|高专/, codes: ['31', '32', '33', '30'] },
  { word: /职业高中|职高|职业中学/, codes: ['44', '45', '46', '44'] },
  { word: /技工|技校/, codes: ['47', '48', '49', '47'] },
  { word: /中专|中等专|中师|中技/, codes: ['41', '42', '43', '41'] },
  { word: /中等职业|中职/, codes: ['40', '40', '40', '40'] },
  { word: /高中|高级中学/, codes: ['61', '62', '63', '60'] },
  { word: /初中|初级中学/, codes: ['71', '71', '73', '70'] },
  { word: /小学/, codes: ['81', '81', '83', '80'] },
  { word: /大学/, codes: ['21', '22', '23', '20'] },
  { word: /其他|其它|文盲|半文盲/, codes: ['90', '90', '90', '90'] },
]
const PLAIN_WORD =
  /^(?:大学本科|本科|大学专科|专科|大专|高中|初中|小学|中专|职高|技校|研究生|硕士研究生|博士研究生|其他)$/

/** Reads a level of education (GB/T 4658) from a code, the term of the standard, or what people write. */
export function readEducation(written: string): WrittenEducation {
  const bare = plain(written)
  if (Object.hasOwn(EDUCATION_LEVELS, bare)) return { code: bare, isReading: false }
  const exact = BY_NAME.get(bare)
  if (exact !== undefined) return { code: exact, isReading: false }
  const level = LEVELS.find(({ word }) => word.test(bare))
  if (!level) return { code: null, isReading: true }
  const [graduated, completed, left, open] = level.codes
  const code = /肄业/.test(bare) ? left : /结业/.test(bare) ? completed : /毕业/.test(bare) ? graduated : open
  return { code, isReading: !PLAIN_WORD.test(bare.replace(/毕业|结业|肄业|学历$/g, '')) }
}
