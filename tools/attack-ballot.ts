import { advance } from '../apps/server/src/demo/ballot.ts'
import { openScratch } from '../apps/server/src/demo/ballot-scratch.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import {
  chanceOf,
  findingsOf,
  hitsOf,
  judged,
  readStored,
  rowsWithBoth,
} from '../apps/server/src/test/ballot-attack.ts'
import { castElection } from '../apps/server/src/test/ballot-elections.ts'

/**
 * `node tools/attack-ballot.ts [ELECTIONS] [VOTERS]`: holds elections on a scratch server and tries to say who cast
 * which ballot from everything that is stored, with the ballots in the hopper and again with them on the board. Exit 1
 * when the best attempt is so good that chance has one as good in less than one run of a hundred, or when a row holds a
 * person and a token.
 */
const [elections = 20, voters = 25] = process.argv.slice(2).map(Number)
const LEVEL = 0.01
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

const attempts = judged(total, elections)
const better = findingsOf(total, elections, LEVEL)
const [best] = attempts
const share = (chance: number) => chance.toPrecision(2)
const hitsOfAll = attempts.reduce((sum, { hits }) => sum + hits, 0)
process.stdout.write(
  `${elections} elections of ${voters} voters, ${attempts.length} attempts; chance has ${elections} hits of ${elections * voters}, ` +
    `the attempts have ${(hitsOfAll / attempts.length).toFixed(1)} on average\n` +
    `best attempt: ${best?.how}, ${best?.hits} hits; by chance one attempt has as many with p = ${share(chanceOf(best?.hits ?? 0, elections))}, ` +
    `the best of ${attempts.length} with p = ${share(best?.chance ?? 1)}\n` +
    `better than chance (p < ${LEVEL}): ${better.length === 0 ? 'none' : better.map(({ how, hits }) => `${how} (${hits})`).join('; ')}\n` +
    `rows with a person and a token: ${both.size === 0 ? 'none' : [...both].join(', ')}\n`,
)
process.exitCode = better.length === 0 && both.size === 0 ? 0 : 1
