import { CONTEXT_ACTIVITIES } from './context.ts'
import type { Members } from './shape.ts'

export type Format = 'exact' | 'ids' | 'canonical'
type Change = {
  readonly agent: (agent: Members) => Members
  readonly activity: (activity: Members) => Members
  readonly verb: (verb: Members) => Members
}

/** Statements in the form `ids` (4.1.6.1): nothing but what identifies. */
export const IDS: Change = {
  agent: identified,
  activity: ({ id }) => ({ id }),
  verb: ({ id }) => ({ id }),
}

function identified({ objectType, mbox, mbox_sha1sum, openid, account, member }: Members): Members {
  const identifiers = { mbox, mbox_sha1sum, openid, account }
  const said = Object.entries(identifiers).filter(([, value]) => value !== undefined)
  const type = objectType === undefined ? {} : { objectType }
  if (said.length > 0) return { ...type, ...Object.fromEntries(said) }
  return { ...type, member: ((member ?? []) as Members[]).map(identified) }
}

/** The form `canonical`: what the store knows of activities, and texts in the one language that fits best. */
export const canonicalIn = (
  definitionOf: (iri: string) => Members | undefined,
  language: string | undefined,
): Change => {
  const wishes = wishesIn(language)
  const one = (texts: unknown) => inOneLanguage(texts as Record<string, string>, wishes)
  const shortened = (definition: Members): Members => ({
    ...definition,
    ...(definition.name ? { name: one(definition.name) } : {}),
    ...(definition.description ? { description: one(definition.description) } : {}),
  })
  return {
    agent: (agent) => agent,
    activity: (activity) => {
      const definition = definitionOf(String(activity.id)) ?? (activity.definition as Members | undefined)
      return definition ? { ...activity, definition: shortened(definition) } : activity
    },
    verb: (verb) => (verb.display ? { ...verb, display: one(verb.display) } : verb),
  }
}

/** Languages of `Accept-Language` (RFC 9110, 12.5.4), the best first. */
function wishesIn(header: string | undefined): string[] {
  const wishes = (header ?? '').split(',').flatMap((part) => {
    const [tag = '', ...parameters] = part.trim().split(';')
    const quality = Number(
      parameters
        .find((p) => p.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    )
    return tag === '' || !(quality > 0) ? [] : [{ tag: tag.toLowerCase(), quality }]
  })
  return wishes.sort((a, b) => b.quality - a.quality).map(({ tag }) => tag)
}

function inOneLanguage(texts: Record<string, string>, wishes: readonly string[]): Record<string, string> {
  const languages = Object.keys(texts)
  const best =
    wishes
      .map((wish) => languages.find((one) => one.toLowerCase() === wish || one.toLowerCase().startsWith(`${wish}-`)))
      .find((found) => found !== undefined) ?? languages[0]
  return best === undefined ? {} : { [best]: texts[best] as string }
}

/** Changes agents, activities and verbs of a statement wherever they stand. */
export function formatted(statement: Members, change: Change): Members {
  const { actor, verb, object, context, authority } = statement
  return {
    ...statement,
    actor: change.agent(actor as Members),
    verb: change.verb(verb as Members),
    object: thing(object as Members, change),
    ...(context ? { context: inContext(context as Members, change) } : {}),
    ...(authority ? { authority: change.agent(authority as Members) } : {}),
  }
}

function thing(object: Members, change: Change): Members {
  const type = object.objectType ?? 'Activity'
  if (type === 'Activity') return change.activity(object)
  if (type === 'Agent' || type === 'Group') return change.agent(object)
  return type === 'SubStatement' ? formatted(object, change) : object
}

function inContext(context: Members, change: Change): Members {
  const { instructor, team, contextActivities, contextAgents, contextGroups } = context
  const activities = Object.fromEntries(
    CONTEXT_ACTIVITIES.flatMap((name) => {
      const list = (contextActivities as Members | undefined)?.[name] as Members[] | undefined
      return list ? [[name, list.map(change.activity)]] : []
    }),
  )
  const companions = (list: unknown, kind: 'agent' | 'group') =>
    (list as Members[]).map((one) => ({ ...one, [kind]: change.agent(one[kind] as Members) }))
  return {
    ...context,
    ...(instructor ? { instructor: change.agent(instructor as Members) } : {}),
    ...(team ? { team: change.agent(team as Members) } : {}),
    ...(contextActivities ? { contextActivities: activities } : {}),
    ...(contextAgents ? { contextAgents: companions(contextAgents, 'agent') } : {}),
    ...(contextGroups ? { contextGroups: companions(contextGroups, 'group') } : {}),
  }
}

/** The addresses of all activities that a statement names. */
export function activitiesNamed(statement: Members): string[] {
  const named: string[] = []
  formatted(statement, {
    agent: (agent) => agent,
    verb: (verb) => verb,
    activity: (activity) => {
      named.push(String(activity.id))
      return activity
    },
  })
  return named
}
