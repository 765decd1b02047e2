import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { stepOf, tokenOf } from '../apps/server/src/platform/rotating-codes.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'
import { plantMeeting, plantPeople } from '../apps/server/src/test/planting.ts'
import type { Burst, BurstResult } from './burst.ts'
import { againstFloor, type Figure } from './figure.ts'
import { findPgbench, insertOneByOne } from './pgbench.ts'
import type { Stage } from './stage.ts'

const PEOPLE = 10_000
/** Everybody's telephone has a connection of its own; the server turns away what is beyond 400 at once. */
const CONNECTIONS = 256
const run = promisify(execFile)

/** Ten thousand check-ins by ten thousand people against pgbench writing the same rows one by one. */
export async function checkIn(stage: Stage): Promise<Figure> {
  findPgbench()
  const { whole, planted } = stage
  const called = stage.members.slice(0, PEOPLE)
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-burst-'))
  const cookiesFile = join(folder, 'cookies')
  try {
    await withClient(whole.adminUrl, async (client) => {
      const posts = called.map(({ id, personId, unit }) => ({ role: 'member' as const, unit, memberId: id, personId }))
      const people = await plantPeople(client, planted.tenantId, posts, new Date())
      writeFileSync(cookiesFile, people.map(({ cookie }) => cookie).join('\n'))
      await client.query('create table bench_check_in (like meetings_check_in including all)')
      await client.query('vacuum analyze')
    })
    // One burst before the first floor: a server that people use has been compiled long ago, as pgbench is.
    await burst(stage, called, cookiesFile)
    return await againstFloor('check-in', 'rows/s', 0.6, 'more', {
      floor: () => insertOneByOne({ folder, adminUrl: whole.adminUrl, statement: ONE, rows: PEOPLE }),
      ours: () => burst(stage, called, cookiesFile),
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function burst(stage: Stage, called: Stage['members'], cookiesFile: string): Promise<number> {
  const { whole, planted } = stage
  const key = openVault(masterKey(whole.dataDir)).derive('meetings.check-in')
  const meetingId = await withClient(whole.adminUrl, (client) => plantMeeting(client, planted, called, new Date()))
  const ask: Burst = {
    url: whole.url,
    path: `/api/v1/my/meetings/${meetingId}/check-in`,
    body: { code: tokenOf(key, meetingId, stepOf(new Date())) },
    connections: CONNECTIONS,
    cookiesFile,
  }
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'burst.ts'), JSON.stringify(ask)])
  const { milliseconds, acknowledged } = JSON.parse(stdout) as BurstResult
  await withClient(whole.adminUrl, async (client) => {
    const { rows } = await client.query<{ people: number; last: number; writes: number; counted: number }>(
      `select count(distinct person_id)::int as people, max(ordinal) as last, count(distinct xmin::text)::int as writes,
        (select arrived from meetings_count where meeting_id = $1) as counted from meetings_check_in where meeting_id = $1`,
      [meetingId],
    )
    const { people, last, writes, counted } = rows[0] ?? { people: 0, last: 0, writes: 0, counted: 0 }
    if ([people, last, counted, acknowledged].some((count) => count !== PEOPLE))
      throw new Error(`lost or doubled: ${JSON.stringify({ ...rows[0], acknowledged })}`)
    if (writes >= PEOPLE) throw new Error('check-ins were not written in groups')
  })
  return PEOPLE / (milliseconds / 1000)
}

/** The floor: the same columns and indexes. */
const ONE = `insert into bench_check_in (tenant_id, meeting_id, member_id, person_id, org_path, ordinal, part, way, captured_at, received_at, late, submitted_later)
values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002', gen_random_uuid(), gen_random_uuid(), 'r00.0001', 1, 'voter', 'scanned', now(), now(), false, false);`
