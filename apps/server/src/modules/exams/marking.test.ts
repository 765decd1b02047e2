import { beforeAll, describe, expect, it } from 'vitest'
import {
  begin,
  type Keepers,
  keepersOf,
  liveQuestion,
  openExam,
  paperBody,
  question,
  releasedPaper,
  save,
} from '../../test/exam-cases.ts'
import { type Answer, type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let keepers: Keepers
let people: Member[]
let absent: Member
let paperId: string
let sessionId: string
const sittings: string[] = []
const codeOf = ({ body }: Answer): unknown => (body as { code?: string }).code
const NOWHERE = '00000000-0000-4000-8000-000000000001'

beforeAll(async () => {
  f = await openFixture()
  keepers = await keepersOf(f)
  people = [
    await plantMember(f, 'teachers', '李考生'),
    await plantMember(f, 'committee', '赵考生', { role: 'party_worker' }),
  ]
  absent = await plantMember(f, 'students', '孙缺考')
  const items = [
    { questionId: await liveQuestion(f, keepers, question('single', 1)), points: 10 },
    { questionId: await liveQuestion(f, keepers, question('short', 2)), points: 10 },
  ]
  paperId = await releasedPaper(f, keepers, { purpose: 'session', items, minutes: 60 })
}, 60_000)

describe('an exam', () => {
  const post = (path: string, body: object = {}) => keepers.writer.send<{ id: string }>('POST', path, body)

  it('is planned with a released paper in a window that ends after it begins', async () => {
    const plan = {
      orgId: f.orgs.committee.id,
      paperId,
      name: '考试',
      opensAt: '2026-12-01T02:00:00Z',
      closesAt: '2026-12-01T01:00:00Z',
    }
    expect(codeOf(await post('/exam-sessions', plan))).toBe('exams.window_wrong')
    const right = { ...plan, closesAt: '2036-12-01T03:00:00Z', opensAt: '2036-12-01T02:00:00Z' }
    expect(codeOf(await post('/exam-sessions', { ...right, paperId: NOWHERE }))).toBe('exams.no_such_paper')
    const quiz = await releasedPaper(f, keepers, { items: [{ questionId: (await firstItem()).questionId, points: 1 }] })
    expect(codeOf(await post('/exam-sessions', { ...right, paperId: quiz }))).toBe('exams.wrong_purpose')
    const draft = await post('/exam-papers', paperBody(f, { purpose: 'session' }))
    expect(codeOf(await post('/exam-sessions', { ...right, paperId: draft.body.id }))).toBe('exams.paper_not_released')
    const { body: exam } = await post('/exam-sessions', right)
    expect(codeOf(await post(`/exam-sessions/${exam.id}/announce`))).toBe('exams.no_seats')
    expect(codeOf(await post(`/exam-sessions/${exam.id}/seats`, { memberIds: [NOWHERE] }))).toBe('exams.no_such_member')
    expect(codeOf(await post(`/exam-sessions/${exam.id}/seats`, { orgId: NOWHERE }))).toBe('exams.no_such_org')
    expect((await post(`/exam-sessions/${exam.id}/seats`, { orgId: f.orgs.faculty.id })).body).toMatchObject({
      added: 2,
    })
    const twice = await post(`/exam-sessions/${exam.id}/seats`, { orgId: f.orgs.faculty.id })
    expect(codeOf(twice)).toBe('exams.seated_already')
    await post(`/exam-sessions/${exam.id}/announce`)
    const early = await people[0]?.client.send('POST', '/my/exam-sittings', { sessionId: exam.id })
    expect(early && codeOf(early)).toBe('exams.not_open_yet')
    expect(codeOf(await post(`/exam-sessions/${exam.id}/close`))).toBe('exams.not_open_yet')
    expect(codeOf(await post(`/exam-papers/${paperId}/retire`, { reason: '换卷' }))).toBe('exams.paper_in_use')
    expect((await post(`/exam-sessions/${exam.id}/cancel`, { reason: '改期' })).body).toMatchObject({
      state: 'cancelled',
    })
  })

  const firstItem = async () =>
    (await keepers.writer.send<{ items: { questionId: string }[] }>('GET', `/exam-papers/${paperId}`)).body
      .items[0] as {
      questionId: string
    }

  it('is sat by those on its list, and ended with what they saved', async () => {
    sessionId = await openExam(f, keepers, paperId, [...people.map(({ id }) => id), absent.id])
    for (const [at, { client }] of people.entries()) {
      const { id } = await begin(client, { sessionId })
      sittings.push(id)
      await save(client, id, 1, { choices: [2] })
      await save(client, id, 2, { text: `第 ${at + 1} 人的回答` })
    }
    await people[0]?.client.send('POST', `/my/exam-sittings/${sittings[0]}/submit`, {})
    expect(codeOf(await post(`/exam-sessions/${sessionId}/unseat`, { memberIds: [people[0]?.id] }))).toBe(
      'exams.still_sitting',
    )
    expect(codeOf(await post(`/exam-sessions/${sessionId}/cancel`, { reason: '改期' }))).toBe('exams.exam_running')
    expect((await keepers.reviewer.send('GET', '/exam-marking')).body).toEqual({ rows: [] })
    expect((await post(`/exam-sessions/${sessionId}/close`)).body).toMatchObject({ state: 'closed' })
    expect(codeOf(await post(`/exam-sessions/${sessionId}/release`))).toBe('exams.marking_open')
    const late = await absent.client.send('POST', '/my/exam-sittings', { sessionId })
    expect(codeOf(late)).toBe('exams.is_over')
  })
})

type Next = { script: { id: string; response: string } | null; left: number }
const next = (client: Client) => client.send<Next>('GET', `/exam-marking/session/${sessionId}/next`)
const mark = (client: Client, id: string, points: number) => client.send('POST', `/exam-scripts/${id}/mark`, { points })
/** Everything the marker is given, marked with these points by the number in the answer. */
async function markAll(client: Client, points: readonly number[]): Promise<void> {
  for (;;) {
    const { body } = await next(client)
    if (!body.script) return
    expect(Object.keys(body.script).sort()).toEqual(['id', 'most', 'reference', 'response', 'stem'])
    const nth = Number(/\d/.exec(body.script.response)?.[0])
    expect(await mark(client, body.script.id, points[nth - 1] ?? 0)).toMatchObject({ status: 200 })
  }
}

describe('marking', () => {
  it('is blind and double, with a third where two differ by more than was set', async () => {
    const { body } = await next(keepers.writer)
    expect(codeOf(await mark(keepers.writer, body.script?.id ?? '', 11))).toBe('exams.points_outside')
    const own = await f.admin
      .selectFrom('exams_script')
      .select('id')
      .where('tenant_id', '=', f.tenantId)
      .where('writer_id', '=', people[1]?.personId ?? '')
      .executeTakeFirstOrThrow()
    expect(codeOf(await mark(people[1]?.client as Client, own.id, 10))).toBe('exams.own_script')
    await markAll(keepers.writer, [6, 2])
    expect(codeOf(await mark(keepers.writer, body.script?.id ?? '', 5))).toBe('exams.marked_already')
    await markAll(keepers.reviewer, [7, 9])
    const third = await f.signIn('party_worker', 'committee', { name: '三评' })
    expect((await next(third)).body.left).toBe(1)
    await markAll(third, [0, 8])
    const heaps = await third.send<{ rows: object[] }>('GET', '/exam-marking')
    expect(heaps.body.rows).toMatchObject([{ open: 0, settled: 2 }])
  })

  it('shows nobody a result before the release, and everybody his own after it', async () => {
    const own = async (at: number) =>
      (await people[at]?.client.send('GET', `/my/exam-sittings/${sittings[at]}/result`))?.body
    expect(await own(0)).toMatchObject({ waitsFor: 'release', points: null, isExplained: false })
    await keepers.writer.send('POST', `/exam-sessions/${sessionId}/release`, {})
    // 10 and the mean of 6 and 7, upwards; 10 and the mean of 9 and 8.
    expect(await own(0)).toMatchObject({ points: 17, passed: true, isExplained: true })
    expect(await own(1)).toMatchObject({ points: 19, passed: true })
    const exams = await absent.client.send<{ exams: object[] }>('GET', '/my/exams')
    expect(exams.body.exams).toMatchObject([{ state: 'cancelled' }, { standing: 'absent', state: 'released' }])
    const figures = await keepers.writer.send('GET', `/exam-sessions/${sessionId}/figures`)
    expect(figures.body).toMatchObject({ sittings: 2, passed: 2, mean: 18, questions: [{ p: 1 }, { p: 0.8 }] })
  })

  it('is appealed once a question, answered by somebody who did not mark it', async () => {
    const [first] = people
    const appeal = () =>
      first?.client.send('POST', `/my/exam-sittings/${sittings[0]}/appeals`, { place: 2, text: '第二点未计分' })
    expect(await appeal()).toMatchObject({ status: 200 })
    const again = await appeal()
    expect(again && codeOf(again)).toBe('exams.appealed_already')
    const list = await keepers.writer.send<{ rows: { id: string; points: number }[] }>('GET', '/exam-appeals?open=true')
    expect(list.body.rows).toMatchObject([{ points: 7, most: 10, name: '李考生' }])
    const answer = (client: Client, body: object) =>
      client.send('POST', `/exam-appeals/${list.body.rows[0]?.id}/answer`, body)
    expect(codeOf(await answer(keepers.writer, { text: '维持', points: null }))).toBe('exams.not_by_the_same')
    const fresh = await f.signIn('committee_admin', 'committee', { name: '复核' })
    expect(codeOf(await answer(fresh, { text: '扣一分', points: 6 }))).toBe('exams.appeal_lowers')
    expect((await answer(fresh, { text: '补两分', points: 9 })).body).toMatchObject({ points: 19, passed: true })
    const result = await first?.client.send('GET', `/my/exam-sittings/${sittings[0]}/result`)
    expect(result?.body).toMatchObject({ points: 19, questions: [{}, { appeal: { answer: '补两分', newPoints: 9 } }] })
    f.setNow(new Date(NOW.getTime() + 8 * 86_400_000))
    const late = await first?.client.send('POST', `/my/exam-sittings/${sittings[0]}/appeals`, {
      place: 1,
      text: '再看一遍',
    })
    expect(late && codeOf(late)).toBe('exams.appeal_too_late')
    f.setNow(NOW)
  })

  it('leads to a make-up of those who need one, whose paper closes the keys again', async () => {
    const plan = { name: '补考', paperId, opensAt: '2036-12-01T02:00:00Z', closesAt: '2036-12-01T03:00:00Z' }
    const writer = await f.signIn('party_worker', 'committee')
    const post = (who: string[]) =>
      writer.send<{ id: string }>('POST', `/exam-sessions/${sessionId}/make-up`, { ...plan, who })
    expect(codeOf(await post(['failed']))).toBe('exams.nobody_to_make_up')
    const made = await post(['absent', 'failed'])
    expect((await writer.send('GET', `/exam-sessions/${made.body.id}`)).body).toMatchObject({
      seats: 1,
      makeUpOf: sessionId,
    })
    const list = await writer.send('POST', `/exam-sessions/${sessionId}/export`, { form: 'results', format: 'csv' })
    expect(list.body).toContain('孙缺考')
  })
})
