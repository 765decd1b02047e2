import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { mounted } from '../../platform/http.ts'
import {
  begin,
  type Keepers,
  keepersOf,
  liveQuestion,
  openExam,
  paperBody,
  question,
  releasedPaper,
  runOut,
  SECRETS,
  save,
} from '../../test/exam-cases.ts'
import { type Answer, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let keepers: Keepers
let learner: Member
let other: Member
const items: { questionId: string; points: number }[] = []

beforeAll(async () => {
  f = await openFixture()
  keepers = await keepersOf(f)
  learner = await plantMember(f, 'teachers', '李学员')
  other = await plantMember(f, 'nurses', '赵学员')
  for (const [at, kind] of ['single', 'multiple', 'truth', 'blank'].entries())
    items.push({ questionId: await liveQuestion(f, keepers, question(kind, at + 1)), points: 10 })
}, 60_000)

const codeOf = ({ body }: Answer): unknown => (body as { code?: string }).code
const clockwork = () =>
  MODULES.flatMap(({ jobs }) => jobs ?? [])
    .find(({ name }) => name === 'exams_keep_time')
    ?.run({ platform: f.platform, now: new Date(), signal: new AbortController().signal })

describe('beginning', () => {
  it('is refused without a member record, for a paper elsewhere, and when no attempt is left', async () => {
    const paperId = await releasedPaper(f, keepers, { items, attempts: 1 })
    const start = (client: Member['client'], body: object) => client.send('POST', '/my/exam-sittings', body)
    expect(codeOf(await start(keepers.writer, { paperId }))).toBe('exams.not_a_learner')
    expect(codeOf(await start(learner.client, { paperId: learner.id }))).toBe('exams.no_such_paper')
    expect(codeOf(await start(learner.client, { sessionId: learner.id }))).toBe('exams.not_yours')
    const draft = await keepers.writer.send<{ id: string }>('POST', '/exam-papers', paperBody(f, { items }))
    expect(codeOf(await start(learner.client, { paperId: draft.body.id }))).toBe('exams.paper_not_released')
    const { id } = await begin(learner.client, { paperId })
    await learner.client.send('POST', `/my/exam-sittings/${id}/submit`, {})
    expect(codeOf(await start(learner.client, { paperId }))).toBe('exams.no_attempt_left')
  })

  it('gives the same sheet again, however often and from how many screens it is asked for', async () => {
    const paperId = await releasedPaper(f, keepers, { items })
    const all = await Promise.all([1, 2, 3].map(() => begin(learner.client, { paperId })))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    const elsewhere = await begin(other.client, { paperId })
    expect(elsewhere.id).not.toBe(all[0]?.id)
    expect(codeOf(await learner.client.send('GET', `/my/exam-sittings/${elsewhere.id}`))).toBe('exams.not_found')
    expect(codeOf(await save(learner.client, elsewhere.id, 1, { choices: [0] }))).toBe('exams.not_found')
    expect(codeOf(await learner.client.send('POST', `/my/exam-sittings/${elsewhere.id}/submit`, {}))).toBe(
      'exams.not_found',
    )
    expect(codeOf(await learner.client.send('GET', `/my/exam-sittings/${elsewhere.id}/result`))).toBe('exams.not_found')
  })

  it('draws by topic and difficulty without a repetition until the pool is exhausted', async () => {
    const topic = '抽题'
    for (let nth = 1; nth <= 4; nth += 1) await liveQuestion(f, keepers, question('truth', 100 + nth, { topic }))
    const plan = [{ topic, difficulty: 'easy', kind: null, count: 2, points: 5 }]
    const tooMuch = await keepers.writer.send<{ id: string }>(
      'POST',
      '/exam-papers',
      paperBody(f, { way: 'drawn', plan: [{ ...plan[0], count: 5 }] }),
    )
    const refused = await keepers.writer.send('POST', `/exam-papers/${tooMuch.body.id}/release`, {})
    expect(codeOf(refused)).toBe('exams.pool_too_small')
    const paperId = await releasedPaper(f, keepers, { way: 'drawn', plan })
    const stems: string[][] = []
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const sheet = await begin(learner.client, { paperId })
      stems.push(sheet.questions.map(({ stem }) => stem))
      await learner.client.send('POST', `/my/exam-sittings/${sheet.id}/submit`, {})
    }
    expect(new Set(stems.slice(0, 2).flat()).size).toBe(4)
    expect(new Set(stems[2]).size).toBe(2)
  })
})

describe('saving', () => {
  it('keeps the newest number of the client and refuses places that are not there', async () => {
    const paperId = await releasedPaper(f, keepers, { items })
    const { id } = await begin(learner.client, { paperId })
    expect(await save(learner.client, id, 1, { choices: [0] }, 5)).toMatchObject({ status: 200 })
    expect(await save(learner.client, id, 1, { choices: [1] }, 4)).toMatchObject({ status: 200 })
    expect(await save(learner.client, id, 1, { choices: [0] }, 5)).toMatchObject({ status: 200 })
    expect(codeOf(await save(learner.client, id, 9, { choices: [0] }))).toBe('exams.no_such_place')
    const sheet = await learner.client.send<{ questions: object[] }>('GET', `/my/exam-sittings/${id}`)
    expect(sheet.body.questions[0]).toMatchObject({ seq: 5, response: { choices: [0] } })
  })

  it('ends with the time, and what was saved is handed in by the clock', async () => {
    const paperId = await releasedPaper(f, keepers, { items, minutes: 30 })
    const { id, endsAt } = await begin(learner.client, { paperId })
    expect(endsAt).not.toBeNull()
    await save(learner.client, id, 1, { choices: [2] })
    await runOut(f, id)
    expect(codeOf(await save(learner.client, id, 2, { choices: [0] }))).toBe('exams.is_over')
    await clockwork()
    expect(codeOf(await save(learner.client, id, 2, { choices: [0] }))).toBe('exams.handed_in')
    const result = await learner.client.send('GET', `/my/exam-sittings/${id}/result`)
    expect(result.body).toMatchObject({ state: 'marked', points: 10, most: 40, passed: false, isExplained: true })
  })
})

describe('a result', () => {
  it('marks each kind, tells why afterwards, and is stated once as a fact', async () => {
    const paperId = await releasedPaper(f, keepers, { items, shufflesOptions: true, shufflesQuestions: true })
    const sheet = await begin(learner.client, { paperId })
    expect(codeOf(await learner.client.send('GET', `/my/exam-sittings/${sheet.id}/result`))).toBe(
      'exams.result_not_out',
    )
    for (const asked of sheet.questions) {
      const shown = (text: string) => asked.options.findIndex((option) => option.startsWith(text))
      const responses: Record<string, object> = {
        single: { choices: [shown('丙')] },
        // One of two and nothing wrong: half.
        multiple: { choices: [shown('甲')] },
        truth: { choices: [1] },
        blank: { blanks: [` ${SECRETS.blank}4 `] },
      }
      expect(await save(learner.client, sheet.id, asked.place, responses[asked.kind] ?? {})).toMatchObject({
        status: 200,
      })
    }
    const handedIn = await learner.client.send('POST', `/my/exam-sittings/${sheet.id}/submit`, {})
    expect(handedIn.body).toMatchObject({ state: 'marked', points: 35, passed: true })
    const again = await learner.client.send('POST', `/my/exam-sittings/${sheet.id}/submit`, {})
    expect(again.body).toEqual(handedIn.body)
    const { body } = await learner.client.send<{
      questions: { kind: string; options: string[]; key: { choices: number[] } }[]
    }>('GET', `/my/exam-sittings/${sheet.id}/result`)
    const single = body.questions.find(({ kind }) => kind === 'single')
    expect(single?.options[single.key.choices[0] ?? -1]).toBe('丙1')
    await f.deliver()
    const { rows } = await sql<{ facts: number; events: number }>`select
      (select count(*)::int from xapi_statement where tenant_id = ${f.tenantId} and raw::text like ${`%${sheet.id}%`}) as facts,
      (select count(*)::int from platform_event where tenant_id = ${f.tenantId} and type = 'exams.finished'
        and subject_id = ${sheet.id}) as events`.execute(f.admin)
    expect(rows[0]).toEqual({ facts: 1, events: 1 })
  })
})

/** Marks of keys, and the shapes in which one would be told: of the bank, and of a statement (IEEE 9274.1.1). */
const KEYS = new RegExp([...Object.values(SECRETS), '"key":\\{', 'correctResponsesPattern'].join('|'))

describe('a right answer', () => {
  it('is in no response of any route to anybody who has still to sit, keepers of the bank included', async () => {
    const sitter = await plantMember(f, 'committee', '兼任同志', { role: 'party_worker' })
    const secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
    const questions = [...items, { questionId: await liveQuestion(f, keepers, question('short', 5)), points: 10 }]
    const paperId = await releasedPaper(f, keepers, { purpose: 'session', items: questions })
    const sessionId = await openExam(f, keepers, paperId, [sitter.id, learner.id, secretary.id])
    const found: string[] = []
    const look = async (client: Member['client'], sittingId: string) => {
      const ids: Record<string, string> = {
        'exam-questions': items[3]?.questionId ?? '',
        'exam-papers': paperId,
        'exam-sessions': sessionId,
      }
      for (const { method, path } of mounted) {
        if (method !== 'GET' || path === '/events/stream') continue
        const kind = path.split('/')[1] ?? ''
        const subject = path.startsWith('/my/exam-sittings')
          ? sittingId
          : path.startsWith('/my/exam-papers')
            ? paperId
            : ids[kind]
        const url = path
          .replace(/:kind/, 'session')
          .replace(/:\w+/g, path.includes(':kind') ? sessionId : (subject ?? sessionId))
        const { body } = await client.send('GET', url)
        if (KEYS.test(JSON.stringify(body))) found.push(url)
      }
      const exported = await client.send('POST', '/exam-questions/export', { filter: {} })
      expect(['exams.keys_withheld', 'request.not_permitted']).toContain(codeOf(exported))
    }
    for (const { client } of [learner, sitter, secretary]) {
      const sheet = await begin(client, { sessionId })
      const saved = await save(client, sheet.id, 1, { choices: [0] })
      expect(JSON.stringify([sheet, saved.body])).not.toMatch(KEYS)
      await look(client, sheet.id)
    }
    expect(found).toEqual([])
    const withheld = await sitter.client.send('GET', `/exam-questions/${items[0]?.questionId}`)
    expect(withheld.body).toMatchObject({ isWithheld: true, key: null, explanation: null })
    const changed = { ...question('single', 1), explanation: null }
    const version = { 'if-match': `"${(withheld.body as { version: number }).version}"` }
    const written = await sitter.client.send('PUT', `/exam-questions/${items[0]?.questionId}`, changed, version)
    expect(codeOf(written)).toBe('exams.keys_withheld')
    // Nor does it lie in what a sitting keeps, or in the stream of events.
    const { rows } = await sql<{ held: number }>`select
      (select count(*)::int from exams_sitting s where s.items::text ~ ${Object.values(SECRETS).join('|')})
      + (select count(*)::int from platform_event e where e.payload::text ~ ${Object.values(SECRETS).join('|')}) as held`.execute(
      f.admin,
    )
    expect(rows[0]?.held).toBe(0)
  }, 60_000)

  it('in a quiz stays closed, points and all, while an exam is to come that may draw the same question', async () => {
    const common = await liveQuestion(f, keepers, question('single', 71, { topic: '共用题' }))
    const own = await liveQuestion(f, keepers, question('single', 72, { topic: '另题' }))
    const two = [common, own].map((questionId) => ({ questionId, points: 10 }))
    const quizId = await releasedPaper(f, keepers, { items: two })
    const line = { topic: '共用题', difficulty: null, kind: null, count: 1, points: 10 }
    const paperId = await releasedPaper(f, keepers, { purpose: 'session', way: 'drawn', plan: [line] })
    const sessionId = await openExam(f, keepers, paperId, [other.id])
    const exam = await keepers.writer.send('GET', `/exam-sessions/${sessionId}`)
    expect(exam.body).toMatchObject({ alsoInQuizzes: 1 })
    const { id } = await begin(learner.client, { paperId: quizId })
    for (const place of [1, 2]) await save(learner.client, id, place, { choices: [2] })
    const handedIn = await learner.client.send('POST', `/my/exam-sittings/${id}/submit`, {})
    expect(handedIn.body).toMatchObject({ state: 'marked', points: null, passed: true })
    const told = async () => (await learner.client.send('GET', `/my/exam-sittings/${id}/result`)).body
    expect(await told()).toMatchObject({
      points: null,
      waitsFor: 'exam',
      isExplained: false,
      questions: [
        { points: null, key: null, explanation: null },
        { points: 10, key: { choices: [2] } },
      ],
    })
    const listed = await learner.client.send('GET', `/my/exam-papers/${quizId}`)
    expect(listed.body).toMatchObject({ sittings: [{ points: null, passed: true }] })
    await keepers.writer.send('POST', `/exam-sessions/${sessionId}/cancel`, { reason: '改期举行' })
    expect(await told()).toMatchObject({ points: 20, waitsFor: null, isExplained: true })
  })
})
