import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from '../platform/database-roles.ts'
import { masterKey, openVault } from '../platform/vault.ts'
import { type OpenExam, openExam } from './exam-plan.ts'
import { type Installation, openInstallation } from './installation.ts'
import { KILLS } from './kills.ts'

const PEOPLE = 12
const ANSWERS = 25
/** One kill in ten of the suite: each waits for its share of the answers. */
const SHARE = Math.ceil(KILLS / 10)
let whole: Installation
let exam: OpenExam

beforeAll(async () => {
  whole = await openInstallation()
  const vault = openVault(masterKey(whole.dataDir))
  exam = await withClient(whole.adminUrl, (client) => openExam({ client, vault, url: whole.url }, PEOPLE, 8))
}, 120_000)
afterAll(() => whole?.remove(), 60_000)

/** Sends until it is answered, as the page of somebody does whose server is away. */
async function sent<T>(method: 'POST' | 'PUT', path: string, cookie: string, body: object): Promise<T> {
  for (;;) {
    try {
      const answer = await fetch(`${whole.url}/api/v1${path}`, {
        method,
        headers: { cookie, 'content-type': 'application/json', origin: whole.url },
        body: JSON.stringify(body),
      })
      if (answer.ok) return (await answer.json()) as T
      if (answer.status < 500) throw new RangeError(`${answer.status} ${await answer.text()}`)
    } catch (error) {
      if (error instanceof RangeError) throw error
    }
    await wait(50)
  }
}

async function startedAgain(tries = 3): Promise<void> {
  await whole.start().catch((error) => {
    if (tries <= 1) throw error
    return startedAgain(tries - 1)
  })
}

describe('killed again and again while people sit an exam', () => {
  it('has each answer that it acknowledged, and gives the same sheet again', async () => {
    const sheets = new Map<string, string>()
    const acknowledged: { sittingId: string; seq: number }[] = []
    const sitting = exam.sitters.map(async (cookie) => {
      const begin = () => sent<{ id: string }>('POST', '/my/exam-sittings', cookie, { sessionId: exam.sessionId })
      const { id } = await begin()
      sheets.set(cookie, id)
      for (let seq = 1; seq <= ANSWERS; seq += 1) {
        const answers = [{ place: (seq % 4) + 1, seq, response: { choices: [seq % 4] } }]
        await sent('PUT', `/my/exam-sittings/${id}/answers`, cookie, { answers })
        acknowledged.push({ sittingId: id, seq })
        await wait(40)
      }
      expect((await begin()).id).toBe(id)
    })
    for (let kill = 1; kill <= SHARE; kill += 1) {
      while (acknowledged.length < (kill * PEOPLE * ANSWERS) / (SHARE + 1)) await wait(10)
      await whole.kill()
      await startedAgain()
    }
    await Promise.all(sitting)
    expect(new Set(sheets.values()).size).toBe(PEOPLE)
    const lost = await withClient(whole.adminUrl, async (client) => {
      const { rows } = await client.query<{ key: string; seq: number }>(
        "select sitting_id || '/' || place as key, seq from exams_answer where tenant_id = $1",
        [exam.tenantId],
      )
      const stored = new Map(rows.map(({ key, seq }) => [key, seq]))
      return acknowledged.filter(({ sittingId, seq }) => (stored.get(`${sittingId}/${(seq % 4) + 1}`) ?? 0) < seq)
    })
    expect(lost).toEqual([])
  }, 300_000)
})
