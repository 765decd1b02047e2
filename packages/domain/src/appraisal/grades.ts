import { EDUCATION_RULES } from '../rules/education.ts'
import { judge, type Verdict } from '../verdict.ts'

/** Grades of the democratic appraisal, best first (EVAL-1). */
export const GRADES = ['优秀', '合格', '基本合格', '不合格'] as const
export type Grade = (typeof GRADES)[number]

/** Most members that may be excellent: a third, rounded down (EVAL-2). */
export function maxExcellent(input: { total: number }): Verdict<number> {
  return judge(EDUCATION_RULES['EVAL-2'], Math.floor(input.total / 3), true)
}

/** The quota of excellent members is respected (EVAL-2). */
export function excellentOk(input: { total: number; excellent: number }): Verdict<boolean> {
  const ok = 3 * input.excellent <= input.total
  return judge(EDUCATION_RULES['EVAL-2'], ok, ok)
}

/** Only full members are graded (EVAL-3); probationary ones take part. */
export function gradeAllowed(input: { category: 'formal' | 'probationary' }): Verdict<boolean> {
  const allowed = input.category === 'formal'
  return judge(EDUCATION_RULES['EVAL-3'], allowed, allowed)
}
