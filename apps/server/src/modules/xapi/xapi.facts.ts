import type { ActivityKind, FactVerb, LearningFact } from '@tongxin/domain/learning/fact'
import { HERE, keyOf, memberKeyOf } from './xapi.keys.ts'

export const VERB_BASE = 'http://adlnet.gov/expapi/verbs/'
const TYPE_BASE = 'http://adlnet.gov/expapi/activities/'

/** ADL's vocabulary where it has a word, an own one where it has none. */
const TYPES: Readonly<Record<ActivityKind, string>> = {
  course: `${TYPE_BASE}course`,
  chapter: `${TYPE_BASE}module`,
  micro: `${TYPE_BASE}lesson`,
  exam: `${TYPE_BASE}assessment`,
  quiz: `${TYPE_BASE}assessment`,
  package: `${TYPE_BASE}course`,
  meeting: `${TYPE_BASE}meeting`,
  homework: `${HERE}/activity-types/homework`,
  reflection: `${HERE}/activity-types/reflection`,
  group: `${TYPE_BASE}meeting`,
  programme: `${TYPE_BASE}media`,
  certificate: `${HERE}/activity-types/certificate`,
}

const WORDS: Readonly<Record<FactVerb, string>> = {
  initialized: '开始',
  progressed: '推进',
  completed: '完成',
  passed: '通过',
  failed: '未通过',
  attended: '参加',
  mastered: '掌握',
  scored: '得分',
}

export const activityIriOf = ({ kind, id }: { kind: ActivityKind; id: string }): string =>
  `${HERE}/activities/${kind}/${id}`

/** The platform as the authority of its own statements. */
export const OWN_AUTHORITY = { objectType: 'Agent', account: { homePage: HERE, name: 'tongxin' } } as const

/** What stands in the table for a fact: the statement, and its keys. */
export function statementOf(fact: LearningFact, id: string, stored: Date) {
  const { activity, result } = fact
  const activityIri = activityIriOf(activity)
  const verbIri = `${VERB_BASE}${fact.verb}`
  const raw = {
    id,
    actor: { objectType: 'Agent', account: { homePage: HERE, name: fact.memberId } },
    verb: { id: verbIri, display: { 'zh-CN': WORDS[fact.verb], en: fact.verb } },
    object: {
      objectType: 'Activity',
      id: activityIri,
      definition: { type: TYPES[activity.kind], name: { 'zh-CN': activity.name } },
    },
    ...(result ? { result: resultOf(result) } : {}),
    context: {
      platform: 'Tongxin',
      language: 'zh-CN',
      ...(fact.registration ? { registration: fact.registration } : {}),
    },
    timestamp: fact.at.toISOString(),
    stored: stored.toISOString(),
    authority: OWN_AUTHORITY,
    version: '2.0.0',
  }
  return {
    raw,
    definition: raw.object.definition,
    activityIri,
    actorKey: memberKeyOf(fact.memberId),
    verbKey: keyOf(verbIri),
    activityKey: keyOf(activityIri),
  }
}

const resultOf = ({ scaled, success, completion, minutes }: NonNullable<LearningFact['result']>) => ({
  ...(scaled === undefined ? {} : { score: { scaled } }),
  ...(success === undefined ? {} : { success }),
  ...(completion === undefined ? {} : { completion }),
  ...(minutes === undefined ? {} : { duration: `PT${minutes}M` }),
})

type Stored = ReturnType<typeof statementOf>['raw']

/** The fact that a statement of our own authority tells. */
export function factIn(raw: unknown): LearningFact {
  const { actor, verb, object, result, context, timestamp } = raw as Stored
  const [kind, id] = object.id.split('/').slice(-2) as [ActivityKind, string]
  const { score, success, completion, duration } = (result ?? {}) as ReturnType<typeof resultOf>
  const minutes = duration === undefined ? null : Number(duration.slice(2, -1))
  const { registration } = context as { registration?: string }
  return {
    memberId: actor.account.name,
    verb: verb.id.slice(VERB_BASE.length) as FactVerb,
    activity: { kind, id, name: object.definition.name['zh-CN'] },
    at: new Date(timestamp),
    ...(result
      ? {
          result: {
            ...(score ? { scaled: score.scaled } : {}),
            ...(success === undefined ? {} : { success }),
            ...(completion === undefined ? {} : { completion }),
            ...(minutes === null ? {} : { minutes }),
          },
        }
      : {}),
    ...(registration ? { registration } : {}),
  }
}
