import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../platform/database-roles.ts'
import { postgresProcessesIn } from '../platform/embedded/processes.ts'
import { masterKey, openVault } from '../platform/vault.ts'
import { clusterOf, type Installation, openInstallation } from './installation.ts'
import { type Journal, mixedWrites, startWriting } from './kill-writers.ts'
import { type Person, type Planted, plantMembers, plantPeople, plantTree } from './planting.ts'

const KILLS = 20
const HANDS = 6
/** Until a start says that it is ready: recovery of the database included. */
const START_LIMIT_MS = 5000

let whole: Installation
let planted: Planted
let officers: readonly Person[]

beforeAll(async () => {
  whole = await openInstallation()
  const now = new Date()
  await withClient(whole.adminUrl, async (client) => {
    planted = await plantTree(client, HANDS, now)
    await plantMembers(client, openVault(masterKey(whole.dataDir)), planted, 60, now)
    const posts = planted.branches.map(() => ({ role: 'committee_admin' as const, unit: planted.root }))
    const people = await plantPeople(client, planted.tenantId, posts, now)
    officers = people.map((person, at) => ({ ...person, unit: planted.branches[at] ?? planted.root }))
  })
}, 120_000)

afterAll(() => whole?.remove(), 60_000)

describe('twenty times killed under mixed writes', () => {
  it('keeps what the server acknowledged, once, and starts again within five seconds', async () => {
    const starts: number[] = []
    const writers = startWriting(whole.url, HANDS, mixedWrites(planted, officers))
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(randomInt(150, 500))
      await whole.kill()
      await whole.start()
      starts.push(whole.startedIn)
    }
    await writers.stop()
    await withClient(whole.adminUrl, (client) => expectAllOnce(client, writers.journal))
    expect(Math.max(...starts)).toBeLessThan(START_LIMIT_MS)
  }, 150_000)

  it('keeps what was acknowledged when the database dies, and the server lives through it', async () => {
    const server = whole.pid
    const back: number[] = []
    const writers = startWriting(whole.url, HANDS, mixedWrites(planted, officers))
    for (let kill = 0; kill < KILLS; kill += 1) {
      await wait(randomInt(150, 500))
      for (const pid of postgresProcessesIn(clusterOf(whole.dataDir))) killQuietly(pid)
      const died = performance.now()
      const before = writers.journal.acknowledged.length
      while (writers.journal.acknowledged.length <= before && performance.now() - died < 30_000) await wait(20)
      back.push(performance.now() - died)
    }
    await writers.stop()
    await withClient(whole.adminUrl, (client) => expectAllOnce(client, writers.journal))
    expect(whole.isRunning).toBe(true)
    expect(whole.pid).toBe(server)
    expect(writers.journal.away).toBeGreaterThan(0)
    expect(Math.max(...back)).toBeLessThan(START_LIMIT_MS)
  }, 150_000)
})

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended between being listed and being killed.
  }
}

/** How often each mark is stored: with its event, its history and the reaction of other modules where there are. */
const STORED: Readonly<Record<string, string>> = {
  founded: `select u.name as mark, u.id::text as id, count(distinct c.id)::int as traces, count(distinct e.id)::int as events
    from org_unit u left join org_change c on c.unit_id = u.id
    left join platform_event e on e.subject_id = u.id and e.type = 'org.founded' group by u.name, u.id`,
  proposed: `select c.reason as mark, c.id::text as id, 1 as traces, 1 as events from members_change c`,
  told: `select n.title as mark, n.id::text as id, 1 as traces, count(e.id)::int as events from notices_notice n
    left join platform_event e on e.subject_id = n.id and e.type = 'notices.sent' group by n.title, n.id`,
}

async function expectAllOnce(client: pg.Client, journal: Journal): Promise<void> {
  expect(journal.wrong).toEqual([])
  for (const [kind, text] of Object.entries(STORED)) {
    const acknowledged = journal.acknowledged.filter((one) => one.kind === kind)
    const { rows } = await client.query<{ mark: string; id: string; traces: number; events: number }>(text)
    const stored = Map.groupBy(rows, (row) => row.mark)
    const lost = acknowledged.filter(({ mark, reply }) => stored.get(mark)?.[0]?.id !== reply.id)
    const notOnce = acknowledged.filter(({ mark }) => {
      const [first, ...more] = stored.get(mark) ?? []
      return more.length > 0 || first?.traces !== 1 || first.events !== 1
    })
    expect(acknowledged.length, `acknowledged: ${kind}`).toBeGreaterThan(KILLS)
    expect(lost, `lost: ${kind}`).toEqual([])
    expect(notOnce, `not once: ${kind}`).toEqual([])
  }
}
