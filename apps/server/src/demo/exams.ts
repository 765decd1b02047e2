import type { ExamResponse, OwnSitting } from '@tongxin/contract'
import type { Desk } from './desk.ts'
import { CHOICES, GAPS, IN_WORDS, TRUTHS } from './exam-questions.ts'
import { type Random, seeded } from './random.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const RULES = { shufflesQuestions: true, shufflesOptions: true, partial: 'half', markers: 2, difference: 3 }
const HOUR = 3_600_000
/** Those who sit the exam that is shown; one more never comes. */
const SITTERS = 14

type Made = { id: string }

/** A bank of sixty questions, three quizzes, and an exam that was sat, marked by two and released. */
export async function examineMembers(stage: Stage, plan: Plan): Promise<void> {
  const unit = stage.units.get('machines')
  if (!unit) return
  const writer = stage.desks.ofPost('party_worker', unit.id)
  const reviewer = stage.desks.ofPost('committee_admin', stage.rootId)
  await at(stage.now, async () => {
    const bank = await fillBank(writer, reviewer, unit.id)
    await makeQuizzes(writer, unit.id)
    await holdExam({ stage, plan, writer, reviewer, unitId: unit.id }, bank)
  })
}

async function fillBank(writer: Desk, reviewer: Desk, orgId: string): Promise<string[]> {
  const nothing = { choices: [], blanks: [], reference: null }
  const drafts = [
    ...CHOICES.map(([topic, stem, options, right, why], at) => ({
      kind: right.length > 1 ? 'multiple' : 'single',
      difficulty: at % 3 === 0 ? 'medium' : 'easy',
      topic,
      body: { stem, options },
      key: { ...nothing, choices: right },
      explanation: why,
    })),
    ...TRUTHS.map(([topic, stem, isRight, why]) => ({
      kind: 'truth',
      difficulty: 'easy',
      topic,
      body: { stem, options: [] },
      key: { ...nothing, choices: [isRight ? 0 : 1] },
      explanation: why,
    })),
    ...GAPS.map(([topic, stem, answers, why]) => ({
      kind: 'blank',
      difficulty: 'medium',
      topic,
      body: { stem, options: [] },
      key: { ...nothing, blanks: [answers] },
      explanation: why,
    })),
    ...IN_WORDS.map(([topic, stem, points]) => ({
      kind: 'short',
      difficulty: 'hard',
      topic,
      body: { stem, options: [] },
      key: { ...nothing, reference: points },
      explanation: null,
    })),
  ]
  const ids: string[] = []
  for (const draft of drafts)
    ids.push((await writer<Made>('POST', '/exam-questions', { orgId, ...draft, source: null })).id)
  await writer('POST', '/exam-question-acts', { act: 'submit', ids })
  // The last two still wait, so that a reviewer sees how that looks.
  await reviewer('POST', '/exam-question-acts', { act: 'approve', ids: ids.filter((_, at) => at !== 5 && at !== 40) })
  return ids
}

const line = (topic: string | null, kind: string | null, count: number, points: number) => ({
  topic,
  difficulty: null,
  kind,
  count,
  points,
})

async function paper(writer: Desk, orgId: string, name: string, more: object): Promise<string> {
  const basis = { orgId, name, way: 'drawn', minutes: null, attempts: null, passPercent: 60, ...RULES, items: [] }
  const { id } = await writer<Made>('POST', '/exam-papers', { ...basis, ...more })
  await writer('POST', `/exam-papers/${id}/release`, {})
  return id
}

async function makeQuizzes(writer: Desk, orgId: string): Promise<void> {
  const quiz = (name: string, topic: string | null, count: number) =>
    paper(writer, orgId, name, { purpose: 'quiz', plan: [line(topic, null, count, 5)] })
  await paper(writer, orgId, '发展党员工作小测验', { purpose: 'quiz', plan: [line('发展党员', 'single', 6, 5)] })
  await quiz('党费与纪律小测验', '纪律', 4)
  await paper(writer, orgId, '组织生活小测验', {
    purpose: 'quiz',
    minutes: 10,
    plan: [line('组织生活', 'single', 4, 5), line('组织生活', 'truth', 2, 5)],
  })
}

type Exam = { stage: Stage; plan: Plan; writer: Desk; reviewer: Desk; unitId: string }

async function holdExam({ stage, plan, writer, reviewer, unitId }: Exam, bank: readonly string[]): Promise<void> {
  const random = seeded(20_261_101)
  const items = bank
    .filter((_, at) => at !== 5 && at !== 40 && (at % 4 === 0 || at === bank.length - 1))
    .map((questionId) => ({ questionId, points: questionId === bank.at(-1) ? 20 : 5 }))
  const paperId = await paper(writer, unitId, '党章党规知识考试卷', {
    purpose: 'session',
    way: 'fixed',
    minutes: 45,
    items,
    plan: [],
  })
  // The window is held against the clock of the database: the exam of the demonstration is held while it is made.
  const now = Date.now()
  const window = { opensAt: new Date(now - HOUR).toISOString(), closesAt: new Date(now + 48 * HOUR).toISOString() }
  const exam = await writer<Made>('POST', '/exam-sessions', {
    orgId: unitId,
    paperId,
    name: '党章党规知识考试',
    ...window,
  })
  await writer('POST', `/exam-sessions/${exam.id}/seats`, { orgId: unitId })
  // Those who keep the branches are left out: one of them writes the questions and marks.
  const keepers = plan.branches.flatMap(({ people }) => people.slice(0, 5).map(({ memberId }) => memberId))
  await writer('POST', `/exam-sessions/${exam.id}/unseat`, { memberIds: keepers })
  await writer('POST', `/exam-sessions/${exam.id}/announce`, {})
  const seats = await writer<{ rows: { memberId: string }[] }>('GET', `/exam-sessions/${exam.id}/seats?limit=100`)
  const known = new Set(plan.branches.flatMap(({ people }) => people.map(({ memberId }) => memberId)))
  const phones = seats.rows
    .filter(({ memberId }) => known.has(memberId))
    .flatMap(({ memberId }) => stage.desks.ofMember(memberId) ?? [])
  for (const phone of phones.slice(0, SITTERS)) await sit(phone, exam.id, random)
  await writer('POST', `/exam-sessions/${exam.id}/close`, {})
  for (const marker of [writer, reviewer]) await markAll(marker, exam.id, random)
  // Where the two differ too much a third is asked, whom this committee does not have: such an exam stays in marking.
  const { toMark } = await writer<{ toMark: number }>('GET', `/exam-sessions/${exam.id}`)
  if (toMark === 0) await writer('POST', `/exam-sessions/${exam.id}/release`, {})
}

const WORDS = [
  '立足岗位，带头完成任务；主动联系群众，听取意见并及时反馈；遵守纪律，遇到困难走在前面。',
  '做好本职工作，帮助身边同事，按时参加组织生活。',
  '在教学一线发挥作用，带学生参加社会实践，结合专业为社区服务。',
]

/** What somebody who has studied knows, by the words of the question. */
const RIGHT: ReadonlyMap<string, readonly string[]> = new Map([
  ...CHOICES.map(([, stem, options, right]) => [stem, right.map((at) => options[at] ?? '')] as const),
  ...GAPS.map(([, stem, answers]) => [stem, answers.slice(0, 1)] as const),
])
const TRUE = new Set(TRUTHS.filter(([, , isRight]) => isRight).map(([, stem]) => stem))

/** Three of four questions are known, the others guessed. */
function answerTo({ kind, stem, options }: OwnSitting['questions'][number], random: Random): ExamResponse {
  if (kind === 'short') return { text: random.pick(WORDS) }
  const isKnown = random.chance(0.75)
  if (kind === 'blank') return { blanks: [isKnown ? (RIGHT.get(stem)?.[0] ?? '') : '五'] }
  if (kind === 'truth') return { choices: [TRUE.has(stem) === isKnown ? 0 : 1] }
  if (!isKnown) return { choices: [random.int(0, options.length - 1)] }
  const right = RIGHT.get(stem) ?? []
  return { choices: options.flatMap((text, at) => (right.includes(text) ? [at] : [])) }
}

async function sit(phone: Desk, sessionId: string, random: Random): Promise<void> {
  const sheet = await phone<OwnSitting>('POST', '/my/exam-sittings', { sessionId })
  const answers = sheet.questions.map((one) => ({ place: one.place, seq: 1, response: answerTo(one, random) }))
  await phone('PUT', `/my/exam-sittings/${sheet.id}/answers`, { answers })
  await phone('POST', `/my/exam-sittings/${sheet.id}/submit`, {})
}

async function markAll(marker: Desk, sessionId: string, random: Random): Promise<void> {
  for (;;) {
    const { script } = await marker<{ script: { id: string; response: string; most: number } | null }>(
      'GET',
      `/exam-marking/session/${sessionId}/next`,
    )
    if (!script) return
    const points = Math.min(script.most, Math.round(script.response.length / 3) + random.int(0, 3))
    await marker('POST', `/exam-scripts/${script.id}/mark`, { points })
  }
}
