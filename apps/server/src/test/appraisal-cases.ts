import type { AppraisalMark, GradeTable, OwnAppraisal, RoundRecord } from '@tongxin/contract'
import { expect } from 'vitest'
import type { Client, Fixture } from './fixture.ts'
import { type Member, plantMember } from './meeting-cases.ts'

export const DATES = {
  selfDueOn: '2026-11-10',
  sheetDueOn: '2026-11-15',
  gradeDueOn: '2026-11-20',
  reportDueOn: '2026-11-30',
}

export type Branch = {
  readonly secretary: Member
  readonly officer: Member
  readonly members: readonly Member[]
  /** Secretary and officer are members too. */
  readonly all: readonly Member[]
  readonly above: Client
}

/** A branch with a secretary, an officer and some members, and the officer of the committee above. */
export async function branchOf(f: Fixture, more: { members: number; probationary?: number }): Promise<Branch> {
  const secretary = await plantMember(f, 'teachers', '支部书记', { role: 'branch_secretary' })
  const officer = await plantMember(f, 'teachers', '组织委员', { role: 'branch_officer' })
  const members: Member[] = []
  for (let at = 0; at < more.members; at += 1) members.push(await plantMember(f, 'teachers', `党员${at + 1}`))
  for (let at = 0; at < (more.probationary ?? 0); at += 1)
    members.push(await plantMember(f, 'teachers', `预备${at + 1}`, { category: 'probationary' }))
  const above = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  return { secretary, officer, members, all: [secretary, officer, ...members], above }
}

export type Steps = ReturnType<typeof stepsOf>

/** The acts of one round, each of which succeeds. */
export function stepsOf(f: Fixture, { secretary, officer, all }: Branch) {
  const desk = secretary.client
  const done = async (client: Client, method: 'POST' | 'PUT', path: string, body: object, headers = {}) => {
    const answer = await client.send<{ id: string; version: number }>(method, path, body, headers)
    expect(answer.body, path).toMatchObject({ id: expect.any(String) })
    return answer.body
  }
  const read = async (id: string) => (await desk.send<RoundRecord>('GET', `/appraisals/${id}`)).body
  const table = async (id: string, client = desk) =>
    (await client.send<GradeTable>('GET', `/appraisals/${id}/grades`)).body
  const own = async (id: string, client: Client) =>
    (await client.send<OwnAppraisal>('GET', `/my/appraisals/${id}`)).body
  return {
    read,
    table,
    own,
    async opened(year = 2026): Promise<string> {
      const body = { orgId: f.orgs.teachers.id, year, dates: DATES }
      const answer = await desk.send<{ ids: string[] }>('POST', '/appraisals', body)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      return answer.body.ids[0] as string
    },
    studied: (id: string) => done(desk, 'POST', `/appraisals/${id}/study`, { heldOn: '2026-11-01', note: '学习党章' }),
    assessed: (id: string) => done(desk, 'POST', `/appraisals/${id}/open-sheets`, {}),
    /** Everybody returns a sheet; `markOf` says which mark rater number `at` gives to a person. */
    async returned(id: string, markOf: (at: number, name: string) => AppraisalMark, raters = all): Promise<void> {
      for (const [at, { client }] of raters.entries()) {
        const { sheet } = await own(id, client)
        const marks = (sheet?.persons ?? []).map(({ personId, name }) => ({ personId, mark: markOf(at, name) }))
        const answer = await client.send('POST', `/my/appraisals/${id}/sheet`, { marks })
        expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200, body: { returned: true } })
      }
    },
    counted: (id: string) => done(desk, 'POST', `/appraisals/${id}/close-sheets`, { reason: '已全部收齐' }),
    /** Notes a grade for everybody who is graded, with daily performance. */
    async graded(id: string, gradeOf: (name: string, at: number) => object, by = officer.client): Promise<void> {
      const { rows, version } = await table(id, by)
      const noted = rows
        .filter(({ isGraded }) => isGraded)
        .map(({ id: personId, name }, at) => ({ id: personId, daily: '工作踏实', ...gradeOf(name, at) }))
      await done(by, 'PUT', `/appraisals/${id}/grades`, { rows: noted }, { 'if-match': `"${version}"` })
    },
    submitted: (id: string, by = officer.client) =>
      done(by, 'POST', `/appraisals/${id}/submit-grades`, { by: 'committee', on: '2026-11-02' }),
    confirmed: (id: string, by = desk) => done(by, 'POST', `/appraisals/${id}/confirm-grades`, {}),
  }
}
