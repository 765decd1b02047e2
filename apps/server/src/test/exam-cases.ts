import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Client, Fixture } from './fixture.ts'

/** Questions, papers and exams for tests, made as people make them: one writes, another reviews. */
export type Keepers = { readonly writer: Client; readonly reviewer: Client }
export async function keepersOf(f: Fixture): Promise<Keepers> {
  return {
    writer: await f.signIn('party_worker', 'committee', { name: '命题人' }),
    reviewer: await f.signIn('committee_admin', 'committee', { name: '审题人' }),
  }
}

/** Marks that stand in keys only: whoever finds one in an answer has found a key. */
export const SECRETS = { explanation: '解析机密', reference: '要点机密', blank: '空格机密' } as const

export const question = (kind: string, nth: number, more: object = {}): Record<string, unknown> => ({
  kind,
  difficulty: 'easy',
  topic: '组织生活',
  body: {
    stem: kind === 'blank' ? `第 ${nth} 题填 ____ 字` : `${kind} 第 ${nth} 题`,
    options: kind === 'single' || kind === 'multiple' ? ['甲', '乙', '丙', '丁'].map((one) => `${one}${nth}`) : [],
  },
  key: {
    choices: kind === 'single' ? [2] : kind === 'multiple' ? [0, 2] : kind === 'truth' ? [1] : [],
    blanks: kind === 'blank' ? [[`${SECRETS.blank}${nth}`]] : [],
    reference: kind === 'short' ? `${SECRETS.reference}${nth}` : null,
  },
  explanation: `${SECRETS.explanation}${nth}`,
  source: null,
  ...more,
})

type Made = { id: string; version: number; state: string }
async function done(sending: Promise<{ status: number; body: unknown }>): Promise<Made> {
  const { status, body } = await sending
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as Made
}

/** A question in use. */
export async function liveQuestion(f: Fixture, { writer, reviewer }: Keepers, draft: object): Promise<string> {
  const { id } = await done(writer.send('POST', '/exam-questions', { orgId: f.orgs.committee.id, ...draft }))
  await done(writer.send('POST', `/exam-questions/${id}/submit`, {}))
  await done(reviewer.send('POST', `/exam-questions/${id}/approve`, {}))
  return id
}

export const paperBody = (f: Fixture, more: object = {}) => ({
  orgId: f.orgs.committee.id,
  name: '党章知识',
  purpose: 'quiz',
  way: 'fixed',
  minutes: null,
  attempts: null,
  passPercent: 60,
  shufflesQuestions: false,
  shufflesOptions: false,
  partial: 'half',
  markers: 2,
  difference: 2,
  items: [],
  plan: [],
  ...more,
})

export async function releasedPaper(f: Fixture, { writer }: Keepers, more: object): Promise<string> {
  const { id } = await done(writer.send('POST', '/exam-papers', paperBody(f, more)))
  await done(writer.send('POST', `/exam-papers/${id}/release`, {}))
  return id
}

/** An announced exam that is open now, by the clock of the database. */
export async function openExam(
  f: Fixture,
  { writer }: Keepers,
  paperId: string,
  memberIds: readonly string[],
): Promise<string> {
  const now = Date.now()
  const window = { opensAt: new Date(now - 60_000).toISOString(), closesAt: new Date(now + 3_600_000).toISOString() }
  const plan = { orgId: f.orgs.committee.id, paperId, name: '党章考试', ...window }
  const { id } = await done(writer.send('POST', '/exam-sessions', plan))
  await done(writer.send('POST', `/exam-sessions/${id}/seats`, { memberIds }))
  await done(writer.send('POST', `/exam-sessions/${id}/announce`, {}))
  return id
}

export type Sheet = {
  id: string
  state: string
  endsAt: string | null
  questions: { place: number; kind: string; stem: string; options: string[]; response: object | null; seq: number }[]
}
export async function begin(client: Client, what: { paperId?: string; sessionId?: string }): Promise<Sheet> {
  const answer = await client.send<Sheet>('POST', '/my/exam-sittings', what)
  expect(answer).toMatchObject({ status: 200 })
  return answer.body
}

export const save = (client: Client, id: string, place: number, response: object, seq = 1) =>
  client.send('PUT', `/my/exam-sittings/${id}/answers`, { answers: [{ place, seq, response }] })

/** Moves the end of a sitting into the past: time is the database's, which no test can turn. */
export async function runOut(f: Fixture, sittingId: string): Promise<void> {
  await sql`update exams_sitting set ends_at = clock_timestamp() - interval '1 minute', started_at = clock_timestamp() - interval '2 minutes'
    where tenant_id = ${f.tenantId} and id = ${sittingId}`.execute(f.admin)
}
