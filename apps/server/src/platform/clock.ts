import { todayInShanghai } from '@tongxin/domain'

/** The calendar date in Asia/Shanghai, in which all deadlines and documents are dated. */
export function todayOf(now: Date): string {
  return todayInShanghai(now.getTime())
}
