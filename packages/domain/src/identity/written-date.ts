import { isoDate, serialDate } from './calendar.ts'
import { plain } from './written-text.ts'

/**
 * A date as somebody wrote it. `form` says how: `iso` also covers 2026/3/5 and 2026年3月5日; `serial` is a spreadsheet
 * number; `month` and `year` name no day (`iso` is then the first day of the month, null for a year alone).
 */
export type WrittenDate =
  | { readonly form: 'iso' | 'dotted' | 'compact' | 'serial' | 'month'; readonly iso: string }
  | { readonly form: 'year'; readonly iso: null }
  | { readonly form: 'impossible'; readonly iso: null }

const IMPOSSIBLE: WrittenDate = { form: 'impossible', iso: null }
const CHINESE_DIGITS = '〇一二三四五六七八九'

/** 二〇一九年十一月三日 as 2019年11月3日. */
function arabic(text: string): string {
  return text
    .replaceAll('○', '〇')
    .replaceAll('零', '〇')
    .replace(/[〇一二三四五六七八九]?十[一二三四五六七八九]?/g, (ten) => {
      const [tens, ones] = ten.split('十')
      return `${tens ? CHINESE_DIGITS.indexOf(tens) : 1}${ones ? CHINESE_DIGITS.indexOf(ones) : 0}`
    })
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(CHINESE_DIGITS.indexOf(digit)))
}

function whole(form: 'iso' | 'dotted' | 'compact', year: string, month: string, day: string): WrittenDate {
  const iso = isoDate(Number(year), Number(month), Number(day))
  return iso === null ? IMPOSSIBLE : { form, iso }
}

function monthOnly(year: string, month: string): WrittenDate {
  const iso = isoDate(Number(year), Number(month), 1)
  return iso === null ? IMPOSSIBLE : { form: 'month', iso }
}

const ISO = /^(\d{4})([-/—–]|年)(\d{1,2})(?:[-/—–]|月)(\d{1,2})日?号?(?:T?\d{1,2}:\d{2}.*)?$/
const DOTTED = /^(\d{4})[.。·](\d{1,2})[.。·](\d{1,2})[.。]?$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/
const MONTH = /^(\d{4})(?:年|[-/.—–])(\d{1,2})月?$|^(\d{4})(\d{2})$/
const YEAR = /^(\d{4})年?$/

/**
 * Reads a date written by hand or exported by a program. Only four-digit years: 87.12.7 could be two centuries, so it is
 * impossible here. A number of five digits is a spreadsheet serial (1954..2173), which people see as a date.
 */
export function readDate(written: string, epoch1904 = false): WrittenDate {
  const bare = plain(written).replace(/^'/, '')
  const text = /[〇一二三四五六七八九十]/.test(bare) ? arabic(bare) : bare
  const dashed = ISO.exec(text)
  if (dashed) return whole('iso', dashed[1] ?? '', dashed[3] ?? '', dashed[4] ?? '')
  const dotted = DOTTED.exec(text)
  if (dotted) return whole('dotted', dotted[1] ?? '', dotted[2] ?? '', dotted[3] ?? '')
  const compact = COMPACT.exec(text)
  if (compact) return whole('compact', compact[1] ?? '', compact[2] ?? '', compact[3] ?? '')
  const month = MONTH.exec(text)
  if (month) return monthOnly(month[1] ?? month[3] ?? '', month[2] ?? month[4] ?? '')
  if (/^\d{5}(?:\.\d+)?$/.test(text)) {
    const iso = serialDate(Number(text), epoch1904)
    return iso === null ? IMPOSSIBLE : { form: 'serial', iso }
  }
  return YEAR.test(text) ? { form: 'year', iso: null } : IMPOSSIBLE
}
