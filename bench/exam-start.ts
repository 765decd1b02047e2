import { execFile } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'
import { openExam } from '../apps/server/src/test/exam-plan.ts'
import { openInstallation } from '../apps/server/src/test/installation.ts'
import type { ExamLoad, ExamLoadResult } from './exam-load.ts'
import { againstLimit, type Figure, percentile99, percentilesOfThirds, worseOf } from './figure.ts'

const PEOPLE = 2000
const QUESTIONS = 100
const SECONDS = 60
const SAVES = 5
const MOST_MS = 500
const run = promisify(execFile)

/** Two thousand people begin in the same minute and save answers; nothing acknowledged may be missing afterwards. */
export async function examStart(): Promise<Figure> {
  const whole = await openInstallation()
  const cookiesFile = join(whole.dataDir, 'cookies')
  try {
    const vault = openVault(masterKey(whole.dataDir))
    const exam = await withClient(whole.adminUrl, (client) =>
      openExam({ client, vault, url: whole.url }, PEOPLE, QUESTIONS),
    )
    writeFileSync(cookiesFile, exam.sitters.join('\n'))
    const load: ExamLoad = { url: whole.url, sessionId: exam.sessionId, cookiesFile, seconds: SECONDS, saves: SAVES }
    const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'exam-load.ts'), JSON.stringify(load)], {
      maxBuffer: 64 * 1024 * 1024,
    })
    const { starts, saves, saved } = JSON.parse(stdout) as ExamLoadResult
    await withClient(whole.adminUrl, async (client) => {
      const { rows } = await client.query<{ key: string }>(
        "select sitting_id || '/' || seq as key from exams_answer where tenant_id = $1",
        [exam.tenantId],
      )
      const stored = new Set(rows.map(({ key }) => key))
      const lost = saved.filter((key) => !stored.has(key)).length
      if (lost > 0 || starts.length !== PEOPLE || saved.length !== PEOPLE * SAVES)
        throw new Error(`lost: ${JSON.stringify({ lost, started: starts.length, saved: saved.length })}`)
    })
    const [starting, saving] = [starts, saves].map((times) => Math.round(percentile99(times)))
    process.stderr.write(`starts p99 ${starting} ms, saves p99 ${saving} ms\n`)
    const runs = worseOf(percentilesOfThirds(starts), percentilesOfThirds(saves))
    return againstLimit('exam-start', 'ms p99', MOST_MS, runs)
  } finally {
    rmSync(cookiesFile, { force: true })
    await whole.remove()
  }
}
