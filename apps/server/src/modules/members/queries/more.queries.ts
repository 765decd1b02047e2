import type { Bind } from './search.queries.ts'

/** The rarest conditions of the list; each is a text of SQL over the member `m`. */
export type MoreFilter = {
  idValidUntil: string | null
  /** Dues are known to be paid until before this day. */
  duesPaidBefore: string | null
  joinedUntilOrUnknown: string | null
  /** Full members since after this day, and until this day. */
  fullAfter: string | null
  fullUntil: string | null
  /** `none`: without a post. */
  post: string[] | null
  /** Sex, ethnic group, education or date of birth unknown. */
  unknown: readonly ('sex' | 'ethnic' | 'education' | 'bornOn')[]
  /** No full member yet on this day. */
  notFullOn: string | null
}

const UNKNOWN = { sex: 'm.sex', ethnic: 'm.ethnic', education: 'm.education', bornOn: 'm.born_on' } as const

export function moreText(more: MoreFilter, bind: Bind): string[] {
  const { idValidUntil, duesPaidBefore, joinedUntilOrUnknown, fullAfter, fullUntil, post, unknown, notFullOn } = more
  const when = <V>(value: V | null, text: (bound: string) => string, cast = 'date') =>
    value === null ? [] : [text(bind(value, cast))]
  return [
    ...when(idValidUntil, (day) => `m.id_valid_until <= ${day}`),
    ...when(duesPaidBefore, (day) => `m.dues_paid_until < ${day}`),
    ...when(joinedUntilOrUnknown, (day) => `(m.joined_on is null or m.joined_on <= ${day})`),
    ...when(fullAfter, (day) => `m.converted_on > ${day}`),
    ...when(fullUntil, (day) => `m.converted_on <= ${day}`),
    ...when(notFullOn, (day) => `(m.converted_on is null or m.converted_on > ${day})`),
    ...unknown.map((field) => `${UNKNOWN[field]} is null`),
    ...(post === null ? [] : [postText(post, bind)]),
  ]
}

/** A named post is found by the index of those who have one. */
function postText(post: readonly string[], bind: Bind): string {
  const named = post.filter((one) => one !== 'none')
  if (named.length === 0) return 'm.top_post is null'
  const held = `(m.top_post is not null and m.top_post = any(${bind(named, 'text[]')}))`
  return named.length === post.length ? held : `(m.top_post is null or ${held})`
}
