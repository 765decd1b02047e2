import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance } from '../../demo/ballot.ts'
import { openScratch, type Scratch } from '../../demo/ballot-scratch.ts'
import { withClient } from '../../platform/database-roles.ts'
import { hitsOf, isBetterThanChance, readStored, rowsWithBoth, type Stored } from '../../test/ballot-attack.ts'
import { castElection } from '../../test/ballot-elections.ts'

const ELECTIONS = 3
const VOTERS = 12
/** Dozens of attempts in few elections: what chance alone does in one run of a thousand is no finding. */
const SIGMAS = 6

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
    expect([...total].filter(([, hits]) => isBetterThanChance(hits, ELECTIONS, SIGMAS))).toEqual([])
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
    const found = [...hits].filter(([, count]) => isBetterThanChance(count, 1, 3)).map(([how]) => how)
    expect(found).toContain('time of drawing / place of the ballot')
  })
})
