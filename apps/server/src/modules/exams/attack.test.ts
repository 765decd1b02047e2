import { beforeAll, describe, expect, it } from 'vitest'
import {
  begin,
  type Keepers,
  keepersOf,
  liveQuestion,
  openExam,
  question,
  releasedPaper,
  save,
} from '../../test/exam-cases.ts'
import { type Answer, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let keepers: Keepers
let learner: Member
let other: Member

beforeAll(async () => {
  f = await openFixture()
  keepers = await keepersOf(f)
  learner = await plantMember(f, 'teachers', '李学员')
  other = await plantMember(f, 'nurses', '赵学员')
}, 60_000)

const codeOf = ({ body }: Answer): unknown => (body as { code?: string }).code
const hand = (client: Member['client'], id: string) => client.send('POST', `/my/exam-sittings/${id}/submit`, {})

describe('a paper drawn from questions', () => {
  it('is refused once all of them were withdrawn, instead of passing everybody with an empty sheet', async () => {
    const questionId = await liveQuestion(f, keepers, question('truth', 1, { topic: '将废止' }))
    const plan = [{ topic: '将废止', difficulty: null, kind: null, count: 1, points: 10 }]
    const paperId = await releasedPaper(f, keepers, { way: 'drawn', plan })
    const retired = await keepers.writer.send('POST', `/exam-questions/${questionId}/retire`, { reason: '规定已废止' })
    expect(retired).toMatchObject({ status: 200 })
    const begun = await learner.client.send('POST', '/my/exam-sittings', { paperId })
    expect(codeOf(begun)).toBe('exams.paper_empty')
  })
})

describe('the points of a question that an exam still to come asks', () => {
  it('are not told by the answer to an appeal either', async () => {
    const questionId = await liveQuestion(f, keepers, question('single', 2))
    const items = [{ questionId, points: 10 }]
    const quizId = await releasedPaper(f, keepers, { items })
    const examPaper = await releasedPaper(f, keepers, { purpose: 'session', items })
    const sessionId = await openExam(f, keepers, examPaper, [other.id])
    const { id } = await begin(learner.client, { paperId: quizId })
    await save(learner.client, id, 1, { choices: [2] })
    await hand(learner.client, id)
    const appealed = await learner.client.send<{ id: string }>('POST', `/my/exam-sittings/${id}/appeals`, {
      place: 1,
      text: '请复核本题',
    })
    const answered = { text: '维持原分', points: null }
    const answer = await keepers.reviewer.send('POST', `/exam-appeals/${appealed.body.id}/answer`, answered)
    expect(answer).toMatchObject({ status: 200 })
    const told = async () => (await learner.client.send('GET', `/my/exam-sittings/${id}/result`)).body
    expect(await told()).toMatchObject({
      questions: [{ points: null, appeal: { answer: '维持原分', newPoints: null } }],
    })
    await keepers.writer.send('POST', `/exam-sessions/${sessionId}/cancel`, { reason: '改期举行' })
    expect(await told()).toMatchObject({ questions: [{ points: 10, appeal: { newPoints: 10 } }] })
  })
})

describe('answers of a crowd', () => {
  it('that no table takes are refused with their field and spoil those of nobody else', async () => {
    const questionId = await liveQuestion(f, keepers, question('short', 3))
    const paperId = await releasedPaper(f, keepers, { items: [{ questionId, points: 10 }] })
    const sheets = await Promise.all([learner, other].map(({ client }) => begin(client, { paperId })))
    const [bad, good] = await Promise.all([
      save(learner.client, sheets[0]?.id ?? '', 1, { text: '半个字\ud83d' }),
      save(other.client, sheets[1]?.id ?? '', 1, { text: '完整的回答' }),
    ])
    expect(bad).toMatchObject({ status: 400, body: { fields: [{ code: 'field.wrong_format' }] } })
    expect(good).toMatchObject({ status: 200 })
  })
})

describe('appeals', () => {
  it('with the answers and points of others are closed to a marker who has still to sit', async () => {
    const marker = await plantMember(f, 'committee', '兼任评卷', { role: 'party_worker' })
    const items = [{ questionId: await liveQuestion(f, keepers, question('single', 4)), points: 10 }]
    await openExam(f, keepers, await releasedPaper(f, keepers, { purpose: 'session', items }), [marker.id])
    expect(codeOf(await marker.client.send('GET', '/exam-appeals'))).toBe('exams.keys_withheld')
    const answered = { text: '维持原分', points: null }
    const answer = await marker.client.send('POST', `/exam-appeals/${crypto.randomUUID()}/answer`, answered)
    expect(codeOf(answer)).toBe('exams.keys_withheld')
  })
})
