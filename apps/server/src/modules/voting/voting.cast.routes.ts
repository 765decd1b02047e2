import { utf8 } from '@tongxin/ballot'
import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { grouped } from '../../platform/grouped.ts'
import { mountPublic } from '../../platform/http.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import * as q from './queries/votes.queries.ts'
import { boardFile } from './service/board.ts'
import { castGroup, electionOf } from './service/cast.ts'

/** Mixing needs company: what arrives while a group is written goes with the next. */
const GROUP = { most: 200, atOnce: 2, worth: 32 }

/** What answers on the origin for casting only (`platform/cast-origin.ts`): nothing here knows who asks. */
export async function castRoutes(app: FastifyInstance): Promise<void> {
  const { platform } = app
  type Body = contract.Input<typeof contract.castBallot>['body']
  type Kept = contract.Reply<typeof contract.castBallot>
  const cast = grouped<Body, Kept>((bodies) => castGroup(platform, bodies), GROUP)
  mountPublic(app, contract.castBallot, (_, { body }) => cast(body))
  mountPublic(app, contract.readPublicBoard, async (_, { params }) => {
    const { tenantId, voteId, scope } = await electionOf(platform, params.election)
    const body = await inSystemTransaction(platform, { tenantId, scope }, async (tx) => {
      const vote = await q.voteById(tx, tenantId, voteId)
      // Who drew is for the electorate until the count fixes it for everybody.
      const isEarly = params.file === 'issue_list.jsonl' && vote?.state !== 'counted' && vote?.state !== 'published'
      if (!vote || isEarly) throw contract.votingRefusals.no_such_file({ file: params.file })
      return boardFile(tx, vote, params.file)
    })
    return { fileName: params.file, make: async () => utf8(body) }
  })
}
