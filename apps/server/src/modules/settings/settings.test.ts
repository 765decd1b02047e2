import type { SettingRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { calendarOf, parametersOf, settingOf } from './index.ts'

let f: Fixture
let admin: Client
let second: Client
const change = (more: object = {}) => ({
  orgId: f.orgs.faculty.id,
  code: 'meetings.file_within_days',
  value: 10,
  effectiveFrom: '2026-11-02',
  reason: '学院要求',
  ...more,
})
const inTree = <T>(work: Parameters<typeof inSystemTransaction<T>>[2]) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, work)

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  second = await f.signIn('committee_admin', 'committee')
})

describe('POST /settings', () => {
  it('refuses the signed out, posts without the permission and foreign organisations', async () => {
    expect((await f.stranger.send('POST', '/settings', change())).status).toBe(401)
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect(await secretary.send('POST', '/settings', change())).toMatchObject({ status: 403 })
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect(await medicine.send('POST', '/settings', change())).toMatchObject({
      status: 404,
      body: { code: 'org.not_found' },
    })
  })
  it('refuses an unknown code, a value out of range or of the wrong type, and a date before today', async () => {
    expect(await admin.send('POST', '/settings', change({ code: 'meetings.colour' }))).toMatchObject({
      status: 404,
      body: { code: 'settings.unknown_code' },
    })
    for (const value of [0, 61, true, '7'])
      expect(await admin.send('POST', '/settings', change({ value }))).toMatchObject({
        status: 422,
        body: { code: 'settings.wrong_value' },
      })
    expect(await admin.send('POST', '/settings', change({ effectiveFrom: '2026-11-01' }))).toMatchObject({
      status: 422,
      body: { code: 'settings.date_in_past' },
    })
  })
  it('holds downwards, the nearest organisation and the newest date winning', async () => {
    expect(await admin.send('POST', '/settings', change())).toMatchObject({ status: 200, body: { state: 'in_force' } })
    await admin.send('POST', '/settings', change({ value: 12, effectiveFrom: '2026-12-01' }))
    await admin.send('POST', '/settings', change({ value: 5, orgId: f.orgs.teachers.id }))
    const held = (org: keyof Fixture['orgs'], on: string) =>
      inTree((tx) => settingOf(tx, f.tenantId, f.orgs[org].path, 'meetings.file_within_days', on))
    expect([
      await held('committee', '2026-11-02'),
      await held('students', '2026-11-30'),
      await held('students', '2026-12-01'),
      await held('teachers', '2026-12-01'),
    ]).toEqual([7, 10, 12, 5])
  })
})

describe('POST /settings/:id/decision', () => {
  const figure = (more: object = {}) =>
    change({ orgId: f.orgs.committee.id, code: 'admission.publicityWorkdays', value: 7, ...more })

  it('lets a figure of a statute wait for another person, one proposal at a time', async () => {
    const { body } = await admin.send<{ id: string; state: string }>('POST', '/settings', figure())
    expect(body.state).toBe('proposed')
    expect(await second.send('POST', '/settings', figure({ value: 6 }))).toMatchObject({
      status: 409,
      body: { code: 'settings.proposal_waiting' },
    })
    const path = `/settings/${body.id}/decision`
    expect(await admin.send('POST', path, { decision: 'confirm' })).toMatchObject({
      status: 403,
      body: { code: 'settings.own_proposal' },
    })
    expect(await second.send('POST', path, { decision: 'withdraw' })).toMatchObject({
      status: 403,
      body: { code: 'settings.not_own_proposal' },
    })
    expect(await second.send('POST', path, { decision: 'refuse' })).toMatchObject({
      status: 422,
      body: { code: 'settings.reason_missing' },
    })
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect(await medicine.send('POST', path, { decision: 'confirm' })).toMatchObject({
      status: 404,
      body: { code: 'settings.not_found' },
    })
    const both = await Promise.all([
      second.send('POST', path, { decision: 'confirm' }),
      second.send('POST', path, { decision: 'confirm' }),
    ])
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(await second.send('POST', path, { decision: 'confirm' })).toMatchObject({
      body: { code: 'settings.already_decided' },
    })
    const table = await inTree((tx) => parametersOf(tx, f.tenantId, f.orgs.nurses.path))
    expect(table.filter((row) => row.code === 'admission.publicityWorkdays').at(-1)).toMatchObject({
      value: 7,
      effectiveFrom: '2026-11-02',
    })
  })
  it('is refused by the table itself when both people are one', async () => {
    const row = await f.admin
      .selectFrom('settings_value')
      .select(['id', 'proposed_by'])
      .where('code', '=', 'admission.publicityWorkdays')
      .executeTakeFirstOrThrow()
    const same = f.admin
      .updateTable('settings_value')
      .set({ decided_by: row.proposed_by })
      .where('id', '=', row.id)
      .execute()
    await expect(same).rejects.toMatchObject({ constraint: 'settings_value_two_people_check' })
  })
})

describe('GET /settings', () => {
  it('shows every code with where its value comes from', async () => {
    const { body } = await admin.send<{ rows: SettingRow[] }>('GET', `/settings?orgId=${f.orgs.students.id}`)
    expect(body.rows.find((row) => row.code === 'meetings.file_within_days')).toMatchObject({
      value: 10,
      initial: 7,
      setBy: { orgName: f.orgs.faculty.name, effectiveFrom: '2026-11-02' },
    })
    expect(body.rows.find((row) => row.code === 'admission.publicityWorkdays')).toMatchObject({
      ruleId: 'DEV-8',
      value: 7,
    })
    const { body: history } = await admin.send<{ rows: { value: number; state: string }[] }>(
      'GET',
      '/settings/meetings.file_within_days/history',
    )
    expect(history.rows.map((row) => row.value).sort()).toEqual([10, 12, 5])
    expect(await admin.send('GET', '/settings/nothing/history')).toMatchObject({ status: 404 })
  })
})

describe('working days', () => {
  it('starts from the published year, takes own days over it and calls an unknown year provisional', async () => {
    expect(
      await admin.send('PUT', '/calendar-years/2026', { days: [{ day: '2027-01-01', kind: 'holiday', name: '元旦' }] }),
    ).toMatchObject({ body: { code: 'settings.day_outside_year' } })
    const twice = [
      { day: '2026-12-24', kind: 'holiday', name: '校庆' },
      { day: '2026-12-24', kind: 'workday', name: '上班' },
    ]
    expect(await admin.send('PUT', '/calendar-years/2026', { days: twice })).toMatchObject({
      body: { code: 'settings.day_twice' },
    })
    expect(await admin.send('PUT', '/calendar-years/2026', { days: twice.slice(0, 1) })).toMatchObject({
      status: 200,
      body: { days: 1 },
    })
    const calendar = await inTree((tx) => calendarOf(tx, f.tenantId, 2026))
    expect(calendar.holidays).toContain('2026-12-24')
    expect(calendar.holidays).toContain('2026-10-07')
    expect(calendar.makeupWorkdays).toContain('2026-10-10')
    expect(await admin.send('GET', '/calendar-years/2031')).toMatchObject({ body: { provisional: true, source: null } })
  })
})

describe('what all organisations share', () => {
  it('is changed by the post at the top only', async () => {
    const entry = { zh: '劳模工作室', en: 'Model worker studio', sortOrder: 1, active: true }
    const below = await f.signIn('committee_admin', 'medicine')
    const alone = await f.signIn('committee_admin', 'committee', { reach: 'node' })
    for (const client of [below, alone]) {
      const refused = { status: 403, body: { code: 'settings.top_only' } }
      expect(await client.send('PUT', '/dictionaries/org_tag/studio', entry)).toMatchObject(refused)
      expect(await client.send('PUT', '/calendar-years/2026', { days: [] })).toMatchObject(refused)
    }
  })
})

describe('dictionaries and saved filters', () => {
  it('keeps an own entry under its code and switches it off', async () => {
    const entry = { zh: '劳模工作室', en: 'Model worker studio', sortOrder: 1, active: true }
    await admin.send('PUT', '/dictionaries/org_tag/studio', entry)
    await admin.send('PUT', '/dictionaries/org_tag/studio', { ...entry, active: false })
    const { body } = await admin.send<{ rows: object[] }>('GET', '/dictionaries/org_tag')
    expect(body.rows).toMatchObject([{ code: 'studio', active: false, version: 2 }])
  })
  it('keeps filters to their person', async () => {
    const { body } = await admin.send<{ id: string }>('PUT', '/saved-filters/members', {
      name: '预备党员',
      filter: { category: ['probationary'] },
    })
    expect((await second.send<{ rows: object[] }>('GET', '/saved-filters/members')).body.rows).toEqual([])
    expect(await second.send('DELETE', `/saved-filters/members/${body.id}`)).toMatchObject({
      status: 404,
      body: { code: 'settings.not_found' },
    })
    for (let n = 1; n < 30; n += 1) await admin.send('PUT', '/saved-filters/members', { name: `筛选${n}`, filter: {} })
    expect(await admin.send('PUT', '/saved-filters/members', { name: '第三十一', filter: {} })).toMatchObject({
      status: 409,
      body: { code: 'settings.too_many_filters' },
    })
    expect((await admin.send('DELETE', `/saved-filters/members/${body.id}`)).status).toBe(200)
  })
})
