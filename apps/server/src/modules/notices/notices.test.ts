import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Client
let secretary: Member
let one: Member
let two: Member
type Inbox = {
  rows: {
    id: string
    kind: string
    title: string | null
    facts: Record<string, unknown>
    path: string | null
    readAt: string | null
  }[]
}
const inbox = async (who: Client) => (await who.send<Inbox>('GET', '/my/notices')).body.rows
beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  one = await plantMember(f, 'teachers', '李一')
  two = await plantMember(f, 'teachers', '张二')
  await plantMember(f, 'students', '外支部')
})
beforeEach(() => f.setNow(NOW))

describe('facts of meetings', () => {
  it('reach those who are called, once, and not who is outside', async () => {
    const id = await convened(desk, planBody(f, secretary.id))
    await f.deliver()
    await f.deliver()
    const told = (await inbox(one.client)).filter(({ path }) => path === `/meetings/${id}`)
    expect(told).toMatchObject([{ kind: 'meeting_convened', facts: { title: '第四季度支部党员大会' } }])
    expect(
      await f.admin
        .selectFrom('platform_event')
        .select('person_id')
        .where('type', '=', 'notices.delivered')
        .where('person_id', '=', one.personId)
        .execute(),
    ).not.toEqual([])
  })
  it('tell the secretary of a leave and the member of the answer', async () => {
    const id = await convened(desk, planBody(f, secretary.id))
    await one.client.send('POST', `/my/meetings/${id}/leave`, { reason: '出差' })
    await f.deliver()
    expect((await inbox(desk)).find(({ kind }) => kind === 'leave_asked')).toMatchObject({ facts: { name: '李一' } })
    await desk.send('POST', `/meetings/${id}/leaves/${one.id}`, { isGranted: false, note: '请务必到会' })
    await f.deliver()
    expect((await inbox(one.client)).map(({ kind }) => kind)).toContain('leave_refused')
    expect((await inbox(two.client)).map(({ kind }) => kind)).not.toContain('leave_refused')
  })
  it('remind once per step, and of what is missing and not filed', async () => {
    const id = await convened(desk, planBody(f, secretary.id))
    const run = async (name: string, now: Date) => {
      f.setNow(now)
      const job = MODULES.flatMap(({ jobs }) => jobs ?? []).find((one) => one.name === name)
      await job?.run({ platform: f.platform, now, signal: new AbortController().signal })
      await f.deliver()
    }
    const reminders = async () =>
      (await inbox(two.client))
        .filter((row) => row.kind === 'meeting_reminder' && row.path === `/meetings/${id}`)
        .map((row) => row.facts.step)
    await run('meetings_remind_start', at(-600))
    await run('meetings_remind_start', at(-595))
    expect(await reminders()).toEqual(['1d'])
    await run('meetings_remind_start', at(-50))
    expect((await reminders()).sort()).toEqual(['1d', '1h'])
    await run('meetings_remind_filing', new Date('2026-11-06T00:30:00Z'))
    await run('meetings_remind_filing', new Date('2026-11-06T00:40:00Z'))
    expect(
      (await inbox(desk))
        .filter((row) => row.kind === 'record_unfiled' && row.path === `/meetings/${id}`)
        .map((row) => row.facts.days),
    ).toEqual([3])
    await run('meetings_remind_missing', new Date('2026-11-19T00:30:00Z'))
    expect((await inbox(desk)).filter((row) => row.kind === 'kinds_missing')).toEqual([])
    await run('meetings_remind_missing', new Date('2026-11-20T00:30:00Z'))
    expect((await inbox(desk)).find((row) => row.kind === 'kinds_missing')?.facts).toMatchObject({
      period: '2026-11',
      kinds: 'committeeMeeting,themeDay',
    })
  })
})

describe('quiet hours and what waits', () => {
  it('are from nine to seven until the person sets his own', async () => {
    expect((await one.client.send('GET', '/my/notices/quiet-hours')).body).toEqual({ quietFrom: 21, quietUntil: 7 })
    expect((await one.client.send('PUT', '/my/notices/quiet-hours', { quietFrom: 24, quietUntil: 6 })).status).toBe(400)
    expect((await one.client.send('PUT', '/my/notices/quiet-hours', { quietFrom: 22, quietUntil: 6 })).body).toEqual({
      quietFrom: 22,
      quietUntil: 6,
    })
  })
  it('names what waits for the post', async () => {
    const id = await convened(desk, planBody(f, secretary.id))
    await two.client.send('POST', `/my/meetings/${id}/leave`, { reason: '就医' })
    const { rows } = (
      await desk.send<{ rows: { module: string; key: string; count: number }[] }>('GET', '/workbench/waiting')
    ).body
    expect(rows.find((row) => row.key === 'leaves')).toMatchObject({ module: 'meetings', count: 1 })
    expect((await two.client.send('GET', '/workbench/waiting')).body).toEqual({ rows: [] })
  })
})
