import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance } from '../../demo/ballot.ts'
import { openScratch, type Scratch } from '../../demo/ballot-scratch.ts'
import { withClient } from '../../platform/database-roles.ts'
import { chanceOf, findingsOf, hitsOf, readStored, rowsWithBoth, type Stored } from '../../test/ballot-attack.ts'
import { castElection } from '../../test/ballot-elections.ts'

const ELECTIONS = 3
const VOTERS = 12
/** What chance alone does in one run of a hundred thousand is no finding. */
const LEVEL = 1e-5

let scratch: Scratch
beforeAll(async () => {
  scratch = await openScratch(VOTERS)
}, 120_000)
afterAll(() => scratch?.close(), 60_000)

describe('who has everything that is stored', () => {
  it('guesses no better than chance who cast which ballot', async () => {
    const total = new Map<string, number>()
    for (let at = 0; at < ELECTIONS; at += 1) {
      const { voteId, truth } = await castElection(scratch)
      await withClient(scratch.adminUrl, async (client) => {
        for (const phase of ['hopper', 'board']) {
          for (const [how, hits] of hitsOf(await readStored(client, voteId), truth))
            total.set(`${phase}: ${how}`, (total.get(`${phase}: ${how}`) ?? 0) + hits)
          if (phase === 'hopper') await advance(scratch, voteId, 'closed')
        }
        expect(await rowsWithBoth(client, scratch.members, [...truth.keys()])).toEqual([])
      })
    }
    const [best = ['none', 0]] = [...total].sort(([, a], [, b]) => b - a)
    process.stdout.write(
      `ballot attack: ${ELECTIONS} elections of ${VOTERS} voters, ${total.size} attempts, best "${best[0]}" with ` +
        `${best[1]} hits; chance has ${ELECTIONS}\n`,
    )
    expect(findingsOf(total, ELECTIONS, LEVEL)).toEqual([])
  }, 300_000)

  it('would guess right if ballots were written in the order of the drawing', () => {
    const people = Array.from({ length: VOTERS }, (_, at) => ({ member: `m${at}`, token: `t${at}`, at }))
    const leaking: Stored = {
      issues: people.map(({ member, at }) => ({
        memberId: member,
        blinded: `b${VOTERS - at}`,
        at: String(100 + at),
        place: at,
        xid: at,
      })),
      hopper: people.map(({ token, at }) => ({ token, id: String(500 - at), place: at, xid: 100 + at })),
      leaves: [],
      roll: [],
      wal: '',
    }
    const hits = hitsOf(leaking, new Map(people.map(({ token, member }) => [token, member])))
    const found = findingsOf(hits, 1, LEVEL).map(({ how }) => how)
    // Of all permutations a share of 1 - 2/e fixes two points or more.
    expect([chanceOf(0, 1), chanceOf(2, 1)]).toEqual([expect.closeTo(1, 12), expect.closeTo(1 - 2 / Math.E, 12)])
    expect(found).toContain('time of drawing / place of the ballot')
  })
})
