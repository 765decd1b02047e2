import { plain } from './written-text.ts'

/**
 * Kinds of person an organisation keeps records of, from the first application on (Regulations on Admission of Members,
 * 2014). No public code table exists (CODE-5), so these are the project's own.
 */
export const MEMBER_CATEGORIES = ['formal', 'probationary', 'candidate', 'activist', 'applicant', 'public'] as const
export type MemberCategory = (typeof MEMBER_CATEGORIES)[number]

const WORDS: readonly (readonly [RegExp, MemberCategory])[] = [
  [/预备(?:期)?(?:党员)?$|^预备|^候补党员$|^02$/, 'probationary'],
  [/发展对象/, 'candidate'],
  [/积极分子/, 'activist'],
  [/申请人|申请入党/, 'applicant'],
  [/群众/, 'public'],
  [/^(?:中共)?(?:正式)?党员$|^正式|^中国共产党(?:正式)?党员$|^中共$|^01$|^已转正$/, 'formal'],
]

/** Reads the category from 正式党员, 中共党员, 预备, 入党积极分子 …; null when it is none of them. */
export function readMemberCategory(written: string): MemberCategory | null {
  const bare = plain(written)
  return WORDS.find(([word]) => word.test(bare))?.[1] ?? null
}
