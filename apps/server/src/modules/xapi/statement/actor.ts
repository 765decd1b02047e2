import type { Identified } from '../xapi.keys.ts'
import { iriAt, listAt, type Members, objectAt, oneOfAt, optional, required, textAt, wrong } from './shape.ts'

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const
const AGENT = ['objectType', 'name', ...IDENTIFIERS]
const MAILBOX = /^mailto:[^\s@:]+@[^\s@]+$/

/** An agent (4.2.2.1.1): a person or a system, with exactly one identifier. */
export function agentAt(value: unknown, at: string): Members {
  const agent = objectAt(value, at, AGENT)
  optional(agent, 'objectType', at, (type, place) => oneOfAt(type, place, ['Agent']))
  optional(agent, 'name', at, textAt)
  if (identifiersAt(agent, at) !== 1) wrong(at, 'missing')
  return agent
}

/** A group (4.2.2.1.2): identified, or anonymous with members. */
export function groupAt(value: unknown, at: string): Members {
  const group = objectAt(value, at, [...AGENT, 'member'])
  required(group, 'objectType', at, (type, place) => oneOfAt(type, place, ['Group']))
  optional(group, 'name', at, textAt)
  const count = identifiersAt(group, at)
  if (count > 1) wrong(at, 'too_many')
  if (count === 0 && !Object.hasOwn(group, 'member')) wrong(`${at}/member`, 'missing')
  optional(group, 'member', at, (members, place) => {
    const list = listAt(members, place)
    if (count === 0 && list.length === 0) wrong(place, 'too_few')
    for (const [index, member] of list.entries()) agentAt(member, `${place}/${index}`)
  })
  return group
}

export function actorAt(value: unknown, at: string): Members {
  const type = (value as Members | null)?.objectType
  return type === 'Group' ? groupAt(value, at) : agentAt(value, at)
}

function identifiersAt(agent: Members, at: string): number {
  optional(agent, 'mbox', at, (mbox, place) => {
    if (!MAILBOX.test(textAt(mbox, place))) wrong(place, 'wrong_format')
  })
  optional(agent, 'mbox_sha1sum', at, (sum, place) => {
    if (!/^[0-9a-f]{40}$/i.test(textAt(sum, place))) wrong(place, 'wrong_format')
  })
  optional(agent, 'openid', at, iriAt)
  optional(agent, 'account', at, (value, place) => {
    const account = objectAt(value, place, ['homePage', 'name'])
    required(account, 'homePage', place, iriAt)
    required(account, 'name', place, textAt)
  })
  return IDENTIFIERS.filter((name) => Object.hasOwn(agent, name)).length
}

/** Agent and group as the standard identifies them. */
export const membersOf = (actor: Members): Identified[] => (actor.member ?? []) as Identified[]
