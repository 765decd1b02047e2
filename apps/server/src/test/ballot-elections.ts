import { randomInt } from 'node:crypto'
import type { CastBody } from '@tongxin/ballot'
import type { MyVote } from '@tongxin/contract'
import { advance, anyChoice, api, ask, drawFor, type Place, prepareElection } from '../demo/ballot.ts'
import { openDevice } from '../demo/ballot-voter.ts'

const mixed = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: randomInt(2 ** 40) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)

/** One election up to its last cast ballot. `truth` is what only the voters' devices know: whose each token is. */
export async function castElection(
  place: Place & { readonly members: readonly string[] },
): Promise<{ readonly voteId: string; readonly truth: ReadonlyMap<string, string> }> {
  const { voteId, config, castOrigin } = await prepareElection(place)
  const cast: { readonly member: string; readonly ballots: CastBody[] }[] = []
  for (const at of mixed(place.voters.map((_, at) => at))) {
    const cookie = place.voters[at] as string
    await ask<MyVote>(api(place, `/my/votes/${voteId}`), cookie)
    const device = openDevice(config)
    const drawn = await drawFor(place, voteId, cookie, device.papers)
    cast.push({ member: place.members[at] as string, ballots: device.ballots(drawn, anyChoice) })
  }
  await advance(place, voteId, 'drawing_closed')
  await advance(place, voteId, 'casting')
  const truth = new Map<string, string>()
  for (const { member, ballots } of mixed(cast))
    for (const ballot of ballots) {
      await ask(`${castOrigin}/api/v1/cast/ballots`, null, ballot)
      truth.set(ballot.tpk, member)
    }
  return { voteId, truth }
}
