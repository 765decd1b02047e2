import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { base64url, bytesOf, joinShares, leafHash, utf8 } from '@tongxin/ballot'
import type { VoteRecord } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { abreast, advance, anyChoice, api, ask, drawFor, type Place, prepareElection } from '../demo/ballot.ts'
import { openDevice } from '../demo/ballot-voter.ts'
import { withClient } from '../platform/database-roles.ts'
import { masterKey, openVault } from '../platform/vault.ts'
import { type Installation, openInstallation } from './installation.ts'
import { KILLS } from './kills.ts'
import { plantMembers, plantPeople, plantTree } from './planting.ts'

const VOTERS = 60
/** One kill in five of the suite: each waits for its share of the ballots. */
const SHARE = Math.ceil(KILLS / 5)
const HANDS = 4

let whole: Installation
let place: Place

beforeAll(async () => {
  whole = await openInstallation()
  const now = new Date()
  place = await withClient(whole.adminUrl, async (client) => {
    const planted = await plantTree(client, 1, now)
    const members = await plantMembers(client, openVault(masterKey(whole.dataDir)), planted, VOTERS, now)
    const unit = planted.branches[0] ?? planted.root
    const [officer] = await plantPeople(client, planted.tenantId, [{ role: 'branch_secretary' as const, unit }], now)
    const own = members.map(({ id, personId, unit }) => ({ role: 'member' as const, unit, memberId: id, personId }))
    const voters = await plantPeople(client, planted.tenantId, own, now)
    // Probationary members among those planted are on no roll.
    const { rows } = await client.query<{ id: string }>(
      "select person_id::text as id from members_member where category = 'formal' and status = 'normal'",
    )
    const formal = new Set(rows.map(({ id }) => id))
    return {
      origin: whole.url,
      orgId: unit.id,
      officer: officer?.cookie ?? '',
      voters: voters.filter(({ personId }) => formal.has(personId)).map(({ cookie }) => cookie),
    }
  })
}, 120_000)

afterAll(() => whole?.remove(), 60_000)

/** Sends a ballot until it is acknowledged, as the page of a voter does whose server is away. */
async function castUntilTaken(voteId: string, ballot: unknown): Promise<string> {
  for (;;) {
    try {
      // The port for casting may be another one after a start.
      const { castOrigin } = await ask<VoteRecord>(api(place, `/votes/${voteId}`), place.officer)
      return (await ask<{ leaf: string }>(`${castOrigin}/api/v1/cast/ballots`, null, ballot)).leaf
    } catch {
      await wait(50)
    }
  }
}

/** On a machine that does other things too, a start may give up waiting for its database; people try again. */
async function startedAgain(tries = 3): Promise<void> {
  await whole.start().catch((error) => {
    if (tries <= 1) throw error
    return startedAgain(tries - 1)
  })
}

describe('killed again and again while ballots are cast', () => {
  it('has each acknowledged ballot on the board, once', async () => {
    const { voteId, config, ceremony } = await prepareElection(place)
    const ballots: unknown[] = []
    await abreast(place.voters, HANDS, async (cookie) => {
      const device = openDevice(config)
      ballots.push(...device.ballots(await drawFor(place, voteId, cookie, device.papers), anyChoice))
    })
    await advance(place, voteId, 'drawing_closed')
    await advance(place, voteId, 'casting')
    const taken: string[] = []
    const casting = abreast(ballots, HANDS, async (ballot) => {
      taken.push(await castUntilTaken(voteId, ballot))
      await wait(randomInt(5, 60))
    })
    for (let kill = 1; kill <= SHARE; kill += 1) {
      while (taken.length < (kill * ballots.length) / (SHARE + 1)) await wait(5)
      await whole.kill()
      await startedAgain()
    }
    await casting
    // A ballot whose answer was lost in a kill is sent again and is still there only once.
    for (const ballot of ballots.slice(0, 10)) await castUntilTaken(voteId, ballot)
    await advance(place, voteId, 'closed')
    const shares = [0, 1].map((at) => bytesOf(ceremony.secrets[at]?.share ?? ''))
    const privateKey = base64url(await joinShares(shares, config.election_key))
    await ask(api(place, `/votes/${voteId}/election-key`), place.officer, { privateKey })
    const board = await fetch(api(place, `/votes/${voteId}/board/leaves.jsonl`), { headers: { cookie: place.officer } })
    const leaves = (await board.text())
      .trimEnd()
      .split('\n')
      .map((leaf) => base64url(leafHash(utf8(leaf))))
    expect(taken.length).toBe(place.voters.length)
    expect(taken.filter((leaf) => leaves.filter((one) => one === leaf).length !== 1)).toEqual([])
    const { outcome } = await ask<VoteRecord>(api(place, `/votes/${voteId}`), place.officer)
    expect(outcome?.questions[0]).toMatchObject({ issued: taken.length, returned: taken.length, invalid: 0 })
  }, 300_000)
})
