import { halfWidth, trimmed } from './written-text.ts'

/** A name as kept. `spaceRemoved`: blanks inside or around it were harmless typing; `isFormula`: it would be executed. */
export type WrittenName = { readonly name: string; readonly spaceRemoved: boolean; readonly isFormula: boolean }

/** The dots that keyboards offer for the interpunct of names such as 阿依古丽·买买提. */
const DOTS = /\s*[·•‧・･∙⋅．]\s*/g
const FORMULA = /^[=+\-@＝＋－＠]/

/**
 * Reads a personal name. Blanks between Chinese characters are removed, between Latin words one stays; every variant of
 * the interpunct becomes U+00B7 without remark. Text that starts with `= + - @` is a formula.
 */
export function readName(written: string): WrittenName {
  const bare = trimmed(written.replace(/^'/, ''))
  if (FORMULA.test(bare)) return { name: bare, spaceRemoved: false, isFormula: true }
  const dotted = bare.replace(DOTS, '·').replace(/(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu, '·')
  const closed = dotted.replace(/(?<=[^\p{Script=Latin}]) | (?=[^\p{Script=Latin}])/gu, '')
  const name = /[Ａ-Ｚａ-ｚ]/.test(closed) ? halfWidth(closed) : closed
  return {
    name,
    spaceRemoved: closed.length !== dotted.length || bare.length !== written.replace(/^'/, '').length,
    isFormula: false,
  }
}
