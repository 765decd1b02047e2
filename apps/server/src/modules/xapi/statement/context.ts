import { activityAt } from './activity.ts'
import { actorAt, agentAt, groupAt } from './actor.ts'
import { statementRefAt } from './reference.ts'
import {
  type Edition,
  extensionsAt,
  iriAt,
  languageAt,
  listAt,
  type Members,
  objectAt,
  oneOfAt,
  optional,
  required,
  textAt,
  uuidAt,
  wrong,
} from './shape.ts'

export const CONTEXT_ACTIVITIES = ['parent', 'grouping', 'category', 'other'] as const
const CONTEXT = [
  'registration',
  'instructor',
  'team',
  'contextActivities',
  'revision',
  'platform',
  'language',
  'statement',
  'extensions',
]

/** Where it happened (4.2.2.5). Revision and platform say something of an activity only. */
export function contextAt(value: unknown, at: string, edition: Edition, isAboutActivity: boolean): void {
  const allowed = edition === '2.0' ? [...CONTEXT, 'contextAgents', 'contextGroups'] : CONTEXT
  const context = objectAt(value, at, allowed)
  optional(context, 'registration', at, uuidAt)
  optional(context, 'instructor', at, actorAt)
  optional(context, 'team', at, groupAt)
  optional(context, 'contextActivities', at, contextActivitiesAt)
  optional(context, 'contextAgents', at, (list, place) => companionsAt(list, place, 'agent'))
  optional(context, 'contextGroups', at, (list, place) => companionsAt(list, place, 'group'))
  for (const name of ['revision', 'platform']) {
    optional(context, name, at, textAt)
    if (!isAboutActivity && Object.hasOwn(context, name)) wrong(`${at}/${name}`, 'unknown')
  }
  optional(context, 'language', at, languageAt)
  optional(context, 'statement', at, statementRefAt)
  optional(context, 'extensions', at, extensionsAt)
}

function contextActivitiesAt(value: unknown, at: string): void {
  const activities = objectAt(value, at, CONTEXT_ACTIVITIES)
  for (const name of CONTEXT_ACTIVITIES) {
    optional(activities, name, at, (one, place) => {
      if (!Array.isArray(one)) activityAt(one, place)
      else for (const [index, activity] of one.entries()) activityAt(activity, `${place}/${index}`)
    })
  }
}

/** `contextAgents` and `contextGroups` of the 2.0 edition. */
function companionsAt(value: unknown, at: string, kind: 'agent' | 'group'): void {
  for (const [index, item] of listAt(value, at).entries()) {
    const place = `${at}/${index}`
    const companion = objectAt(item, place, ['objectType', kind, 'relevantTypes'])
    const type = kind === 'agent' ? 'contextAgent' : 'contextGroup'
    required(companion, 'objectType', place, (word, there) => oneOfAt(word, there, [type]))
    required(companion, kind, place, kind === 'agent' ? agentAt : groupAt)
    optional(companion, 'relevantTypes', place, (types, there) => {
      const list = listAt(types, there)
      if (list.length === 0) wrong(there, 'too_few')
      for (const [number, iri] of list.entries()) iriAt(iri, `${there}/${number}`)
    })
  }
}

/** One activity may stand alone in what was sent; it is kept and given back as a list (1.0.3, 2.4.6.2). */
export function withListedActivities(context: Members): Members {
  const activities = context.contextActivities as Members | undefined
  if (!activities) return context
  const listed = Object.entries(activities).map(([name, one]) => [name, Array.isArray(one) ? one : [one]])
  return { ...context, contextActivities: Object.fromEntries(listed) }
}
