import { activityAt } from './activity.ts'
import { actorAt, agentAt, groupAt } from './actor.ts'
import { attachmentsAt } from './attachments.ts'
import { contextAt } from './context.ts'
import { statementRefAt } from './reference.ts'
import { resultAt } from './result.ts'
import {
  type Edition,
  instantAt,
  iriAt,
  type Members,
  objectAt,
  optional,
  required,
  textAt,
  textsAt,
  uuidAt,
  wrong,
} from './shape.ts'

export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided'
const INNER = ['actor', 'verb', 'object', 'result', 'context', 'timestamp', 'attachments']
const OUTER = [...INNER, 'id', 'stored', 'authority', 'version']

/** Checks a statement as it was sent (4.2): the first wrong place is refused, nothing is repaired. */
export function statementAt(value: unknown, at: string, edition: Edition): Members {
  const statement = objectAt(value, at, OUTER)
  optional(statement, 'id', at, uuidAt)
  optional(statement, 'stored', at, instantAt)
  optional(statement, 'authority', at, authorityAt)
  optional(statement, 'version', at, (version, place) => {
    if (!textAt(version, place).match(edition === '2.0' ? /^(?:2\.0\.\d+|1\.0(?:\.\d+)?)$/ : /^1\.0(?:\.\d+)?$/))
      wrong(place, 'not_in_list')
  })
  partsAt(statement, at, edition)
  return statement
}

function partsAt(statement: Members, at: string, edition: Edition): void {
  required(statement, 'actor', at, actorAt)
  const verb = required(statement, 'verb', at, verbAt)
  const type = required(statement, 'object', at, (object, place) => thingAt(object, place, edition))
  if (verb === VOIDED && type !== 'StatementRef') wrong(`${at}/object`, 'not_in_list')
  optional(statement, 'result', at, resultAt)
  optional(statement, 'context', at, (context, place) => contextAt(context, place, edition, type === 'Activity'))
  optional(statement, 'timestamp', at, instantAt)
  optional(statement, 'attachments', at, attachmentsAt)
}

function verbAt(value: unknown, at: string): string {
  const verb = objectAt(value, at, ['id', 'display'])
  optional(verb, 'display', at, textsAt)
  return required(verb, 'id', at, iriAt)
}

type Thing = 'Activity' | 'Agent' | 'Group' | 'StatementRef' | 'SubStatement'

function thingAt(value: unknown, at: string, edition: Edition): Thing {
  const type = (value as Members | null)?.objectType ?? 'Activity'
  if (type === 'Activity') activityAt(value, at)
  else if (type === 'Agent') agentAt(value, at)
  else if (type === 'Group') groupAt(value, at)
  else if (type === 'StatementRef') statementRefAt(value, at)
  else if (type === 'SubStatement') subStatementAt(value, at, edition)
  else wrong(`${at}/objectType`, 'not_in_list')
  return type as Thing
}

/** A statement inside a statement: it was not made, so it has neither id nor authority, and none inside itself. */
function subStatementAt(value: unknown, at: string, edition: Edition): void {
  const inner = objectAt(value, at, ['objectType', ...INNER])
  if ((inner.object as Members | null)?.objectType === 'SubStatement') wrong(`${at}/object/objectType`, 'not_in_list')
  partsAt(inner, at, edition)
}

/** An agent, or the two of OAuth: a program and the person it acts for (4.2.4.2). */
function authorityAt(value: unknown, at: string): void {
  const authority = actorAt(value, at)
  if (authority.objectType !== 'Group') return
  const members = authority.member as unknown[] | undefined
  if (members?.length !== 2) wrong(`${at}/member`, members && members.length > 2 ? 'too_many' : 'too_few')
  if (['mbox', 'mbox_sha1sum', 'openid', 'account'].some((name) => Object.hasOwn(authority, name))) wrong(at, 'unknown')
}
