import type { InfoRecord, InfoRow, InfoUnit, Page } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'

let f: Fixture
let committee: Client
let faculty: Client
let teachers: Client
let officer: Client
let nurses: Client
type Made = { id: string; state: string; code?: string }

beforeAll(async () => {
  f = await openFixture()
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  faculty = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  teachers = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  officer = await f.signIn('branch_officer', 'teachers', { name: '宣传委员' })
  nurses = await f.signIn('branch_secretary', 'nurses')
})

const body = (more: object = {}) => ({
  orgId: f.orgs.teachers.id,
  category: 'experience',
  title: '把支部建在项目组上',
  body: '支部把党小组设在三个科研项目组，每月一次联合学习。',
  fileIds: [],
  ...more,
})
const report = async (more: object = {}, who: Client = officer) =>
  (await who.send<Made>('POST', '/info-reports', body(more))).body
const decide = (who: Client, id: string, more: object) =>
  who.send<Made>('POST', `/info-reports/${id}/decision`, { comment: '内容扎实', ...more })
const withdraw = (who: Client, id: string) =>
  who.send<Made>('POST', `/info-reports/${id}/withdraw`, { reason: '数字有误' })
const titles = async (who: Client, query = '') =>
  (await who.send<Page<InfoRow>>('GET', `/info-reports?${query}`)).body.rows.map(({ title }) => title)

describe('a report', () => {
  it('is refused for units of others and for the unit at the top', async () => {
    expect(await report({}, nurses)).toMatchObject({ code: 'tasks.no_such_org' })
    expect(await report({ orgId: f.orgs.committee.id }, committee)).toMatchObject({
      code: 'tasks.no_superior',
      fields: [{ field: '/body/orgId' }],
    })
  })

  it('goes to the unit above, which adopts it and may raise it later, never to a lower level', async () => {
    const { id } = await report()
    expect((await decide(teachers, id, { isAdopted: true })).body).toMatchObject({ code: 'tasks.not_yours' })
    expect((await decide(nurses, id, { isAdopted: true })).body).toMatchObject({ code: 'tasks.not_found' })
    expect(await titles(faculty, 'side=review')).toEqual(['把支部建在项目组上'])
    const waiting = await faculty.send<{ rows: { key: string; count: number }[] }>('GET', '/workbench/waiting')
    expect(waiting.body.rows).toContainEqual(expect.objectContaining({ key: 'reportsToReview', count: 1 }))
    expect((await decide(faculty, id, { isAdopted: true, level: 'county' })).body.state).toBe('adopted')
    expect((await decide(faculty, id, { isAdopted: true, level: 'own' })).body).toMatchObject({
      code: 'tasks.not_possible',
    })
    expect((await decide(committee, id, { isAdopted: false })).body).toMatchObject({ code: 'tasks.not_possible' })
    expect((await decide(committee, id, { isAdopted: true, level: 'province' })).status).toBe(200)
    expect((await officer.send<InfoRecord>('GET', `/info-reports/${id}`)).body).toMatchObject({
      state: 'adopted',
      level: 'province',
      receiverName: '机械学院党总支',
      decidedBy: '组织部',
      mayDecide: false,
    })
    expect((await nurses.send('GET', `/info-reports/${id}`)).status).toBe(404)
  })

  it('is declined with a comment, and not decided by whoever wrote it', async () => {
    const { id } = await report({ title: '未采用的一条' })
    expect((await decide(faculty, id, { isAdopted: false })).body.state).toBe('declined')
    const own = await report({ title: '总支代报' }, faculty)
    expect((await decide(faculty, own.id, { isAdopted: true })).body).toMatchObject({ code: 'tasks.own_work' })
    const shown = async (who: Client) => (await who.send<InfoRecord>('GET', `/info-reports/${own.id}`)).body.mayDecide
    expect([await shown(faculty), await shown(committee)]).toEqual([false, true])
  })

  it('is taken back by its unit until somebody decides', async () => {
    const { id } = await report({ title: '写错了' })
    expect((await withdraw(faculty, id)).body).toMatchObject({ code: 'tasks.not_yours' })
    expect((await withdraw(officer, id)).body.state).toBe('withdrawn')
    expect((await withdraw(officer, id)).body).toMatchObject({ code: 'tasks.not_possible' })
    expect(await titles(officer, 'state=withdrawn&category=experience')).toEqual(['写错了'])
  })
})

describe('the list of a month', () => {
  it('counts what was reported and adopted at each level, unit by unit, within the reach, and goes on paper', async () => {
    const month = async (who: Client, query: string) =>
      (await who.send<{ units: InfoUnit[] }>('GET', `/info-months?${query}`)).body
    expect((await month(faculty, 'month=2026-11')).units).toMatchObject([
      { orgName: '机械学院教工党支部', reported: 3, adopted: 1, levels: [0, 0, 0, 1, 0] },
    ])
    expect((await month(faculty, 'month=2026-10')).units).toEqual([])
    expect((await month(nurses, 'month=2026-11')).units).toEqual([])
    expect(await month(nurses, `month=2026-11&orgId=${f.orgs.teachers.id}`)).toMatchObject({
      code: 'tasks.no_such_org',
    })
    const file = (format: string) => faculty.send<string>('POST', '/info-months/export', { month: '2026-11', format })
    expect((await file('csv')).body).toContain('机械学院教工党支部')
    expect((await file('docx')).status).toBe(200)
  })
})
