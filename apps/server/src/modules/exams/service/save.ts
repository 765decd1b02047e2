import { examsRefusals as refusals, type saveAnswers } from '@tongxin/contract'
import * as q from '../queries/sittings.queries.ts'
import type { CrowdCtx, Outcome, Proved } from './crowd.ts'

type E = typeof saveAnswers
/** What was on its way when the time ended still counts. */
export const GRACE_SECONDS = 10

/** A group of people saves answers: one statement for all, each acknowledged after the commit. */
export async function saveGroup(ctx: CrowdCtx, asks: readonly Proved<E>[]): Promise<Map<number, Outcome<E>>> {
  const { db, tenantId } = ctx
  const rows = asks.flatMap(({ ask, personId }) =>
    ask.input.body.answers.map(({ place, seq, response }) => ({
      sitting_id: ask.input.params.id,
      person: personId,
      place,
      seq,
      response,
    })),
  )
  const saved = await q.saveAnswers(db, tenantId, rows, GRACE_SECONDS)
  const answers = new Map<number, Outcome<E>>()
  for (const { at, ask, personId } of asks) {
    const one = saved.get(ask.input.params.id)
    if (one?.personId !== personId) answers.set(at, await refusalOf(ctx, ask.input.params.id, personId))
    else {
      const beyond = ask.input.body.answers.findIndex(({ place }) => place > one.places)
      answers.set(
        at,
        beyond >= 0
          ? refusals.no_such_place.at(`/body/answers/${beyond}/place`, { places: one.places })
          : {
              saved: ask.input.body.answers.length,
              endsAt: one.endsAt?.toISOString() ?? null,
              now: one.now.toISOString(),
            },
      )
    }
  }
  return answers
}

async function refusalOf({ db, tenantId }: CrowdCtx, id: string, personId: string): Promise<Error> {
  const sitting = await q.ownSitting(db, { tenantId, personId }, id)
  if (!sitting) return refusals.not_found()
  return sitting.state === 'running' ? refusals.is_over() : refusals.handed_in()
}
