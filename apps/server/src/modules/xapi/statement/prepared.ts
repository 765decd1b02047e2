import { requestRefusals } from '@tongxin/contract'
import { agentKeyOf, iriKeyOf, keyOf } from '../xapi.keys.ts'
import { membersOf } from './actor.ts'
import { CONTEXT_ACTIVITIES, withListedActivities } from './context.ts'
import { comparable } from './result.ts'
import { type Edition, instantAt, type Members } from './shape.ts'
import { soundAt } from './sound.ts'
import { statementAt, VOIDED } from './statement.ts'

/** A statement may be so long, in bytes of JSON; what is longer belongs into an attachment. */
export const MOST_STATEMENT = 256 * 1024

/** A statement that was checked, with the keys under which it will be found. */
export type Prepared = {
  readonly id: string | null
  /** As it will be kept, but for what the moment of storing adds: id, stored, authority. */
  readonly body: Members
  readonly actorKey: string
  readonly verbKey: string
  readonly activityKey: string | null
  readonly registration: string | null
  readonly agents: readonly string[]
  readonly relatedAgents: readonly string[]
  readonly relatedActivities: readonly string[]
  readonly refersTo: string | null
  readonly voids: string | null
  /** Two statements with one id are the same when this is the same. */
  readonly digest: string
  readonly definitions: readonly Definition[]
}
export type Definition = { readonly key: string; readonly iri: string; readonly definition: Members }

const NOBODY = keyOf('an anonymous group')

/** Checks one statement and reads its keys. `at` is where it stands in what was sent. */
export function prepared(value: unknown, at: string, edition: Edition, origin: string): Prepared {
  soundAt(value, at)
  const { id, stored: _, authority: __, ...told } = statementAt(value, at, edition) as Members & { id?: string }
  const body = normalised(told, edition)
  const statement = body as Members & { actor: Members; verb: { id: string }; object: Members; context?: Members }
  const { actor, verb, object, context } = statement
  const isActivity = (object.objectType ?? 'Activity') === 'Activity'
  const isReference = object.objectType === 'StatementRef'
  const refersTo = isReference ? String(object.id).toLowerCase() : null
  const registration = context?.registration as string | undefined
  const text = canonical(comparable(body))
  if (text.length > MOST_STATEMENT) throw requestRefusals.too_large()
  const inner = object.objectType === 'SubStatement' ? (object as typeof statement) : null
  const keysOf = (agent: unknown) => agentKeys(agent as Members, origin)
  return {
    id: id === undefined ? null : id.toLowerCase(),
    body,
    actorKey: agentKeyOf(actor, origin) ?? NOBODY,
    verbKey: iriKeyOf(verb.id, origin),
    activityKey: isActivity ? iriKeyOf(String(object.id), origin) : null,
    registration: registration === undefined ? null : registration.toLowerCase(),
    agents: distinct([
      ...membersOf(actor).flatMap((member) => agentKeyOf(member, origin) ?? []),
      ...(isAgent(object) ? keysOf(object) : []),
    ]),
    relatedAgents: distinct([...companions(context), ...(inner ? innerAgents(inner) : [])].flatMap(keysOf)),
    relatedActivities: distinct(
      [...contextActivitiesOf(context), ...(inner ? innerActivities(inner) : [])].map(({ id }) => iriKeyOf(id, origin)),
    ),
    refersTo,
    voids: verb.id === VOIDED ? refersTo : null,
    digest: keyOf(text),
    definitions: definitionsIn(statement, inner, origin),
  }
}

/** As it is kept: a version, activities in lists, and in the 2.0 edition all instants in UTC. */
function normalised(statement: Members, edition: Edition): Members {
  const body: Members = { ...statement, version: statement.version ?? (edition === '2.0' ? '2.0.0' : '1.0.0') }
  for (const part of [body, body.object as Members]) {
    if (part.context) part.context = withListedActivities(part.context as Members)
    if (edition === '2.0' && typeof part.timestamp === 'string' && !/z$/i.test(part.timestamp))
      part.timestamp = instantAt(part.timestamp, '').toISOString()
  }
  return body
}

const isAgent = ({ objectType }: Members): boolean => objectType === 'Agent' || objectType === 'Group'

/** An agent or group with the members of the group. */
const agentKeys = (agent: Members, origin: string): string[] =>
  [agent, ...membersOf(agent)].flatMap((one) => agentKeyOf(one, origin) ?? [])

const companions = (context: Members | undefined): unknown[] => [
  ...[context?.instructor, context?.team].filter(Boolean),
  ...((context?.contextAgents ?? []) as Members[]).map(({ agent }) => agent),
  ...((context?.contextGroups ?? []) as Members[]).map(({ group }) => group),
]

type Inner = Members & { actor: Members; object: Members; context?: Members }

const innerAgents = ({ actor, object, context }: Inner): unknown[] => [
  actor,
  ...(isAgent(object) ? [object] : []),
  ...companions(context),
]

const innerActivities = ({ object, context }: Inner): Named[] => [
  ...((object.objectType ?? 'Activity') === 'Activity' ? [object as Named] : []),
  ...contextActivitiesOf(context),
]

type Named = Members & { id: string }

function contextActivitiesOf(context: Members | undefined): Named[] {
  const activities = context?.contextActivities as Members | undefined
  return CONTEXT_ACTIVITIES.flatMap((name) => (activities?.[name] ?? []) as Named[])
}

function definitionsIn(statement: Inner, inner: Inner | null, origin: string): Definition[] {
  const { object, context } = statement
  const named = [
    ...(object.id && !object.actor ? [object as Named] : []),
    ...contextActivitiesOf(context),
    ...(inner ? innerActivities(inner) : []),
  ]
  return named.flatMap(({ id, definition }) =>
    definition ? [{ key: iriKeyOf(id, origin), iri: id, definition: definition as Members }] : [],
  )
}

const distinct = (keys: readonly string[]): string[] => [...new Set(keys)]

/** JSON with the members of objects in order: the same statement is the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}
