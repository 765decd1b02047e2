import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { circularOf } from '../../test/notice-cases.ts'
import { openOtherSides } from '../../test/out-fakes.ts'
import { rebuildCounts } from '../members/index.ts'

let f: Fixture
let sides: Awaited<ReturnType<typeof openOtherSides>>
let desk: Client
let one: Member
let two: Member

const at = (time: string) => new Date(`2026-11-02T${time}+08:00`)
const run = async (name: string, now: Date) => {
  f.setNow(now)
  const job = MODULES.flatMap(({ jobs }) => jobs ?? []).find((known) => known.name === name)
  await job?.run({ platform: f.platform, now, signal: new AbortController().signal })
}
/** Subjects and receivers of the mails that have come since the last look, after the jobs of a minute. */
async function mailsOf(now: Date): Promise<string[]> {
  await run('notices_call', now)
  await run('channels_send', now)
  return sides.letters
    .splice(0)
    .map(({ subject, to }) => `${to?.[0]?.address}: ${subject}`)
    .toSorted()
}
const send = async (more: Record<string, unknown>) => {
  const { status, body } = await desk.send<{ id: string }>('POST', '/notices', circularOf(f.orgs.teachers.id, more))
  expect(status, JSON.stringify(body)).toBe(200)
  return body.id
}
/** The member's mail address, proved by the code that comes to it. */
async function proveMail(member: Member, address: string): Promise<void> {
  const { body } = await member.client.send<{ id: string }>('POST', '/my/channels/codes', { reach: 'mail', address })
  const [code] = /\d{6}/.exec(sides.letters.splice(0)[0]?.text ?? '') ?? []
  const confirmed = await member.client.send('POST', `/my/channels/addresses/${body.id}/confirm`, { code })
  expect(confirmed.status).toBe(200)
}

beforeAll(async () => {
  sides = await openOtherSides()
  f = await openFixture({ HOUSE_HOSTS: '127.0.0.1' })
  desk = (await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })).client
  one = await plantMember(f, 'teachers', '李一')
  two = await plantMember(f, 'teachers', '张二')
  await rebuildCounts(f.platform, at('09:00:00'))
  const admin = await f.signIn('system_admin', 'committee')
  const settings = {
    host: '127.0.0.1',
    port: String(sides.smtpPort),
    security: 'none',
    from: 'party@example.cn',
    fromName: '同心平台',
  }
  const outlet = { kind: 'mail', name: '邮件', leastLevel: 'normal', settings }
  const { body } = await admin.send<{ id: string }>('POST', '/channels/outlets', outlet)
  expect((await admin.send('POST', `/channels/outlets/${body.id}/switch`, { state: 'on' })).status).toBe(200)
  await proveMail(one, 'one@example.cn')
  await proveMail(two, 'two@example.cn')
})
afterAll(() => sides.close())

describe('a notice of a unit leaves the platform', () => {
  it('at once when it is urgent, also by night, and only to those from whom its receipt is missing', async () => {
    f.setNow(at('22:30:00'))
    const id = await send({ level: 'urgent', title: '今晚停电' })
    expect((await two.client.send('POST', `/my/notices/${id}/confirm`, {})).status).toBe(200)
    expect(await mailsOf(at('22:31:00'))).toEqual(['one@example.cn: 今晚停电'])
    expect(await mailsOf(at('22:32:00'))).toEqual([])
  })

  it('waits for the day when it is important, and leaves out who wants quiet at that hour', async () => {
    expect((await two.client.send('PUT', '/my/notices/quiet-hours', { quietFrom: 20, quietUntil: 9 })).status).toBe(200)
    f.setNow(at('22:40:00'))
    await send({ level: 'important', title: '换届安排' })
    expect(await mailsOf(at('22:41:00'))).toEqual([])
    expect(await mailsOf(new Date(at('07:01:00').getTime() + 24 * 3600_000))).toEqual(['one@example.cn: 换届安排'])
  })

  it('is told together with others of its day at eight in the morning when it is ordinary', async () => {
    const day = 2 * 24 * 3600_000
    f.setNow(new Date(at('10:00:00').getTime() + day))
    await send({ title: '缴纳党费' })
    await send({ title: '学习安排' })
    expect(await mailsOf(new Date(at('10:01:00').getTime() + day))).toEqual([])
    const next = new Date(at('08:01:00').getTime() + day + 24 * 3600_000)
    expect(await mailsOf(next)).toEqual(['one@example.cn: 您有新的通知 / New notices'])
    expect(await mailsOf(new Date(next.getTime() + 60_000))).toEqual([])
  })

  it('goes again to the missing when they are reminded', async () => {
    const noon = new Date(at('12:00:00').getTime() + 4 * 24 * 3600_000)
    f.setNow(noon)
    const id = await send({ level: 'important', title: '报送材料' })
    expect(await mailsOf(new Date(noon.getTime() + 60_000))).toEqual([
      'one@example.cn: 报送材料',
      'two@example.cn: 报送材料',
    ])
    expect((await one.client.send('POST', `/my/notices/${id}/confirm`, {})).status).toBe(200)
    f.setNow(new Date(noon.getTime() + 3600_000))
    expect((await desk.send('POST', `/notices/${id}/resend`, {})).status).toBe(200)
    expect(await mailsOf(new Date(noon.getTime() + 3660_000))).toEqual(['two@example.cn: 报送材料'])
  })
})
