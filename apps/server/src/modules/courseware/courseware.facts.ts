import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Attempt } from './courseware.attempt.queries.ts'
import type { Package } from './courseware.queries.ts'

/** The place of an attempt in the stream of events. */
export const subjectOf = (attempt: Attempt) => ({
  kind: 'package',
  id: attempt.packageId,
  orgPath: attempt.orgPath,
  personId: attempt.personId,
})

/** What an attempt means for learning, as it is stated to the record store. */
export function factOf(
  now: Date,
  attempt: Attempt,
  { title, kind }: Pick<Package, 'title' | 'kind'>,
  verb: LearningFact['verb'],
): LearningFact {
  const isEnd = verb !== 'initialized'
  return {
    memberId: attempt.memberId,
    verb,
    activity: { kind: 'package', id: attempt.packageId, name: title },
    at: now,
    // Under a registration of cmi5 stands what cmi5 says of it, beginning with the first launch, and nothing else.
    ...(kind === 'cmi5' ? {} : { registration: attempt.id }),
    ...(isEnd
      ? {
          result: {
            completion: true,
            minutes: Math.ceil(attempt.seconds / 60),
            ...(attempt.scaled === null ? {} : { scaled: attempt.scaled }),
            ...(attempt.state === 'completed' ? {} : { success: attempt.state === 'passed' }),
          },
        }
      : {}),
  }
}
