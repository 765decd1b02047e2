import type { Client } from 'pg'
import type { Vault } from '../platform/vault.ts'
import { plantMembers, plantPeople, plantTree } from './planting.ts'

/** An exam that is open now, made over HTTP by two keepers, with so many people on its list. */
export type OpenExam = {
  readonly tenantId: string
  readonly sessionId: string
  /** Cookies of those on the list, in the order of their seats. */
  readonly sitters: readonly string[]
}

type Ask = <T>(path: string, cookie: string, body: object) => Promise<T>
const asker =
  (url: string): Ask =>
  async <T>(path: string, cookie: string, body: object): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

const questionOf = (nth: number) => ({
  kind: 'single',
  difficulty: 'easy',
  topic: '党章',
  body: {
    stem: `第 ${nth} 题：下列说法正确的是哪一项？`,
    options: ['甲', '乙', '丙', '丁'].map((one) => `${one}说法 ${nth}`),
  },
  key: { choices: [nth % 4], blanks: [], reference: null },
  explanation: null,
  source: null,
})

/** Plants the people past the policies and makes bank, paper, exam and list as people do. */
export async function openExam(
  given: { client: Client; vault: Vault; url: string },
  people: number,
  questions: number,
): Promise<OpenExam> {
  const { client, vault, url } = given
  const now = new Date()
  const planted = await plantTree(client, Math.max(1, Math.ceil(people / 100)), now)
  const members = await plantMembers(client, vault, planted, people, now)
  const post = { role: 'party_worker' as const, unit: planted.root }
  const [writer, reviewer] = await plantPeople(client, planted.tenantId, [post, post], now)
  const own = members.map(({ id, personId, unit }) => ({ role: 'member' as const, unit, memberId: id, personId }))
  const sitters = await plantPeople(client, planted.tenantId, own, now)
  const ask = asker(url)
  const [write, review] = [writer?.cookie ?? '', reviewer?.cookie ?? '']
  const orgId = planted.root.id
  const ids: string[] = []
  for (let nth = 1; nth <= questions; nth += 1)
    ids.push((await ask<{ id: string }>('/exam-questions', write, { orgId, ...questionOf(nth) })).id)
  await ask('/exam-question-acts', write, { act: 'submit', ids })
  await ask('/exam-question-acts', review, { act: 'approve', ids })
  const rules = {
    passPercent: 60,
    shufflesQuestions: true,
    shufflesOptions: true,
    partial: 'none',
    markers: 1,
    difference: 0,
  }
  const paper = await ask<{ id: string }>('/exam-papers', write, {
    orgId,
    name: '党章知识',
    purpose: 'session',
    way: 'drawn',
    minutes: 60,
    attempts: null,
    ...rules,
    items: [],
    plan: [{ topic: '党章', difficulty: null, kind: null, count: Math.ceil(questions / 2), points: 2 }],
  })
  await ask(`/exam-papers/${paper.id}/release`, write, {})
  const exam = await ask<{ id: string }>('/exam-sessions', write, {
    orgId,
    paperId: paper.id,
    name: '党章考试',
    opensAt: new Date(now.getTime() - 60_000).toISOString(),
    closesAt: new Date(now.getTime() + 3 * 3_600_000).toISOString(),
  })
  await ask(`/exam-sessions/${exam.id}/seats`, write, { memberIds: members.slice(0, 2000).map(({ id }) => id) })
  await ask(`/exam-sessions/${exam.id}/announce`, write, {})
  await client.query('analyze')
  return { tenantId: planted.tenantId, sessionId: exam.id, sitters: sitters.map(({ cookie }) => cookie) }
}
