import { utf8 } from '@tongxin/ballot'
import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { grouped } from '../../platform/grouped.ts'
import { mountPublic } from '../../platform/http.ts'
import { castGroup, publicBoardFile } from './service/cast.ts'

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
    const body = await publicBoardFile(platform, params.election, params.file)
    return { fileName: params.file, make: async () => utf8(body) }
  })
}
