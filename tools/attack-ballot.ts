import { advance } from '../apps/server/src/demo/ballot.ts'
import { openScratch } from '../apps/server/src/demo/ballot-scratch.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { hitsOf, isBetterThanChance, readStored, rowsWithBoth } from '../apps/server/src/test/ballot-attack.ts'
import { castElection } from '../apps/server/src/test/ballot-elections.ts'

/**
 * `node tools/attack-ballot.ts [ELECTIONS] [VOTERS]`: holds elections on a scratch server and tries to say who cast
 * which ballot from everything that is stored, with the ballots in the hopper and again with them on the board. Exit 1
 * when an attempt is more than three standard deviations better than chance, or a row holds a person and a token.
 */
const [elections = 20, voters = 25] = process.argv.slice(2).map(Number)
const SIGMAS = 3
const say = (text: string) => void process.stderr.write(`${text}\n`)

const scratch = await openScratch(voters)
const total = new Map<string, number>()
const both = new Set<string>()
try {
  for (let at = 1; at <= elections; at += 1) {
    const { voteId, truth } = await castElection(scratch)
    await withClient(scratch.adminUrl, async (client) => {
      const add = (phase: string, hits: ReadonlyMap<string, number>) => {
        for (const [how, count] of hits) total.set(`${phase}: ${how}`, (total.get(`${phase}: ${how}`) ?? 0) + count)
      }
      add('hopper', hitsOf(await readStored(client, voteId), truth))
      await advance(scratch, voteId, 'closed')
      add('board', hitsOf(await readStored(client, voteId), truth))
      for (const table of await rowsWithBoth(client, scratch.members, [...truth.keys()])) both.add(table)
    })
    say(`election ${at} of ${elections}`)
  }
} finally {
  await scratch.close()
}

const attempts = [...total].sort(([, a], [, b]) => b - a)
const better = attempts.filter(([, hits]) => isBetterThanChance(hits, elections, SIGMAS))
const [best] = attempts
process.stdout.write(
  `${elections} elections of ${voters} voters, ${attempts.length} attempts; chance hits ${elections} of ${elections * voters}\n` +
    `best attempt: ${best?.[0]}, ${best?.[1]} hits\nbetter than chance by ${SIGMAS} sigma: ${better.length === 0 ? 'none' : better.map(([how, hits]) => `${how} (${hits})`).join('; ')}\n` +
    `rows with a person and a token: ${both.size === 0 ? 'none' : [...both].join(', ')}\n`,
)
process.exitCode = better.length === 0 && both.size === 0 ? 0 : 1
