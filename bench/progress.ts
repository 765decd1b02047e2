import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ProgressMark } from '@tongxin/contract'
import type { Client } from 'pg'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'
import { type CourseBegun, plantCourse } from '../apps/server/src/test/course-plan.ts'
import { openInstallation } from '../apps/server/src/test/installation.ts'
import type { Burst, BurstResult } from './burst.ts'
import { againstLimit, type Figure } from './figure.ts'

const PEOPLE = 10_000
const BLOCKS = 4
/** Everybody's telephone has a connection of its own; the server turns away what is beyond 400 at once. */
const CONNECTIONS = 256
const MOST_MS = 300
const run = promisify(execFile)

/**
 * Ten thousand learners note how far they are at once, block after block; the last one completes the course for all of
 * them. What was acknowledged must be there. The first block is not counted: a server that people use has been
 * compiled long ago.
 */
export async function progress(): Promise<Figure> {
  const whole = await openInstallation()
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-progress-'))
  try {
    const vault = openVault(masterKey(whole.dataDir))
    const course = await withClient(whole.adminUrl, (client) => plantCourse(client, vault, PEOPLE, BLOCKS))
    const cookiesFile = join(folder, 'cookies')
    writeFileSync(cookiesFile, course.learners.map(({ cookie }) => cookie).join('\n'))
    const runs: number[] = []
    for (const [at, blockId] of course.blockIds.entries()) {
      const bodiesFile = join(folder, `bodies-${at}`)
      writeFileSync(
        bodiesFile,
        course.learners.map(() => JSON.stringify({ marks: [markOf(course, blockId)] })).join('\n'),
      )
      const path = '/api/v1/my/learning/progress'
      const ask: Burst = { url: whole.url, path, connections: CONNECTIONS, cookiesFile, bodiesFile }
      const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'burst.ts'), JSON.stringify(ask)])
      const { p99, acknowledged, milliseconds } = JSON.parse(stdout) as BurstResult
      const rate = Math.round(acknowledged / (milliseconds / 1000))
      process.stderr.write(`block ${at + 1} of ${BLOCKS}: p99 ${Math.round(p99)} ms, ${rate} learners/s\n`)
      if (at > 0) runs.push(p99)
      await withClient(whole.adminUrl, (client) => demandAll(client, course, at + 1, acknowledged))
    }
    return againstLimit('progress', 'ms p99', MOST_MS, runs)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await whole.remove()
  }
}

const markOf = ({ courseId }: CourseBegun, blockId: string): ProgressMark => ({
  id: randomUUID(),
  courseId,
  blockId,
  place: 0,
  isDone: true,
  choice: null,
  at: new Date().toISOString(),
})

/** Nobody's mark is missing, sums agree with marks, and whoever has all of them has completed and has it stated. */
async function demandAll(client: Client, { tenantId, courseId }: CourseBegun, blocks: number, acknowledged: number) {
  const { rows } = await client.query<Record<'marks' | 'people' | 'completed' | 'stated', number>>(
    `select (select count(*)::int from learning_mark where tenant_id = $1 and course_id = $2 and done_at is not null) as marks,
      count(*) filter (where done = $3)::int as people, count(completed_at)::int as completed,
      (select count(*)::int from xapi_statement where tenant_id = $1 and raw::text like '%/activities/course/' || $2::text || '%') as stated
    from learning_progress where tenant_id = $1 and course_id = $2`,
    [tenantId, courseId, blocks],
  )
  const found = { ...rows[0], acknowledged }
  const ends = blocks === BLOCKS ? PEOPLE : 0
  const due = { marks: PEOPLE * blocks, people: PEOPLE, completed: ends, stated: ends, acknowledged: PEOPLE }
  if (JSON.stringify(found) !== JSON.stringify(due)) throw new Error(`lost: ${JSON.stringify({ found, due })}`)
}
