import { randomUUID } from 'node:crypto'
import type { MeetingSet, Page, Programme, ProgrammeSlot, SetRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, figures, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'
import { airing, minutes, pairedSet, plantMedium, report } from '../../test/television-cases.ts'

let f: Fixture
let committee: Client
let secretary: Client
let nurses: Client
let channelId: string
let programmeId: string
const made = (response: { body: { id: string } }) => response.body.id
const clock = (when: Date): void => f.setNow(when)
/** From the beginning to the end of its ten minutes. */
const told = (began: number, more: object = {}) =>
  airing(programmeId, began, { endedAt: minutes(began + 10).toISOString(), isWhole: true, ...more })

beforeAll(async () => {
  f = await openFixture()
  committee = await f.signIn('committee_admin', 'committee', { name: '宣传部' })
  secretary = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  nurses = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  await f.admin
    .updateTable('access_session')
    .set({ idle_minutes: 32_000, expires_at: new Date('2027-01-01T00:00:00Z') })
    .execute()
  channelId = made(await committee.send<{ id: string }>('POST', '/television-channels', { name: '远程教育' }))
  const mediaId = await plantMedium(f, 'committee')
  const path = `/television-channels/${channelId}/programmes`
  programmeId = made(await committee.send<Programme>('POST', path, { mediaId, title: '开学第一课' }))
})

describe('what a set tells of a time in which nobody heard it', () => {
  let set: { id: string; key: string }
  const written = async (ids: readonly string[]) => {
    const rows = f.admin
      .selectFrom('television_airing')
      .select(['id', 'began_at as beganAt', 'ended_at as endedAt', 'slot_id as slotId'])
      .where('id', 'in', [...ids])
    return new Map((await rows.execute()).map((one) => [one.id, one]))
  }
  const tell = async (airings: readonly ReturnType<typeof told>[], hasMore?: boolean) => {
    const { body } = await report(f, set.key, airings, hasMore)
    // Also what is not believed is taken, or the set would tell it for ever.
    expect(body.taken.toSorted()).toEqual(airings.map(({ id }) => id).toSorted())
    const found = await written(body.taken)
    return airings.map(({ id }) => found.has(id))
  }

  beforeAll(async () => {
    clock(minutes(300))
    set = await pairedSet(f, secretary, '教工之家')
  })

  it('is not believed of before it was paired, and not of before its last report', async () => {
    clock(minutes(320))
    expect(await tell([told(280), told(299.9)])).toEqual([false, false])
    clock(minutes(400))
    expect(await tell([told(330), told(385)]), 'it has told everything until minute 320').toEqual([true, true])
    clock(minutes(500))
    expect(await tell([told(370), told(402)])).toEqual([false, true])
  })

  it('is told in parts when it is much, the oldest first', async () => {
    clock(minutes(600))
    expect(await tell([told(510), told(520)], true)).toEqual([true, true])
    clock(minutes(601))
    expect(await tell([told(505), told(530), told(590)], false)).toEqual([false, true, true])
    expect(await tell([told(560)])).toEqual([false])
  })

  it('is never two programmes at once, never in the future, and never longer than a programme can last', async () => {
    clock(minutes(900))
    const long = told(620, { endedAt: minutes(800).toISOString() })
    const future = told(1200)
    expect(await tell([long, told(650), told(720), future])).toEqual([true, false, true, true])
    const found = await written([long.id, future.id])
    // Thrice its ten minutes and an hour.
    expect(found.get(long.id)?.endedAt).toEqual(minutes(710))
    expect(found.get(future.id)).toMatchObject({ beganAt: minutes(900), endedAt: minutes(900) })
  })

  it('belongs to a slot only where the schedule says the same', async () => {
    clock(minutes(910))
    const plan = { programmeId, startsAt: minutes(1000).toISOString() }
    const path = `/television-channels/${channelId}/slots`
    const [slot] = (await committee.send<{ rows: ProgrammeSlot[] }>('POST', path, plan)).body.rows
    const slotId = slot?.id ?? ''
    clock(minutes(1100))
    const all = [told(930, { slotId }), told(1000, { slotId }), told(1020, { slotId: randomUUID() })]
    await tell(all)
    const found = await written(all.map(({ id }) => id))
    expect(all.map(({ id }) => found.get(id)?.slotId)).toEqual([null, slotId, null])
  })

  it('is marked in the log when it was told late', async () => {
    const live = airing(programmeId, 1100)
    await report(f, set.key, [live])
    const path = `/television-airings?setId=${set.id}&limit=100`
    const { rows } = (await secretary.send<Page<{ id: string; isToldLate: boolean }>>('GET', path)).body
    expect(rows.find(({ id }) => id === live.id)?.isToldLate).toBe(false)
    expect(rows.filter(({ isToldLate }) => isToldLate).length).toBeGreaterThan(5)
    clock(NOW)
  })
})

describe('the check-in code of a meeting on the set of the room', () => {
  let room: { id: string; key: string }
  let other: { id: string; key: string }
  let meetingId: string
  let teacher: Member
  type Shown = { id: string; meeting: string | null; code?: string }
  const show = (who: Client, setId: string, id = meetingId) =>
    who.send<Shown>('POST', `/television-sets/${setId}/meeting`, { meetingId: id })
  const choices = async () =>
    (await secretary.send<{ rows: MeetingSet[] }>('GET', `/meetings/${meetingId}/television-sets`)).body.rows
  const heard = async (set: { key: string }) => (await report(f, set.key, [])).body.meeting

  beforeAll(async () => {
    room = await pairedSet(f, secretary, '机械楼 301')
    other = await pairedSet(f, nurses, '护士站')
    teacher = await plantMember(f, 'teachers', '李老师')
    const body = planBody(f, (await plantMember(f, 'teachers', '王书记')).id)
    meetingId = await convened(secretary, body)
  })

  it('is put there by whoever convenes the meeting, on sets of the own units alone', async () => {
    expect((await show(nurses, other.id)).body.code).toBe('meetings.not_found')
    expect((await show(secretary, other.id)).body.code).toBe('television.set_not_found')
    expect((await show(teacher.client, room.id)).status).toBe(403)
    const planned = await secretary.send<{ id: string }>('POST', '/meetings', planBody(f, null, { title: '未通知' }))
    expect((await show(secretary, room.id, planned.body.id)).body.code).toBe('meetings.wrong_state')
    expect((await choices()).map(({ name, shows }) => [name, shows])).not.toContainEqual(['护士站', expect.anything()])
    expect((await show(secretary, room.id)).body).toEqual({ id: room.id, meeting: '第四季度支部党员大会' })
    expect((await choices()).find(({ id }) => id === room.id)).toMatchObject({ shows: 'this', otherTitle: null })
    const sets = await secretary.send<Page<SetRow>>('GET', '/television-sets')
    expect(sets.body.rows.find(({ id }) => id === room.id)?.meeting).toBe('第四季度支部党员大会')
    expect(await heard(other)).toBeNull()
  })

  it('is the rotating code of the meeting itself: who types it is there, and the screen counts', async () => {
    clock(at(-5))
    const board = await heard(room)
    expect(board).toMatchObject({ meetingId, title: '第四季度支部党员大会', present: 0 })
    expect(board?.codes[0]?.figures).toBe(figures(f, meetingId, at(-5)))
    expect(board?.codes[1]?.figures).not.toBe(board?.codes[0]?.figures)
    expect(board?.codes[0]?.qr).toMatch(/^[01/]+$/)
    const code = board?.codes[0]?.figures
    const answer = await teacher.client.send<{ ordinal: number }>('POST', `/my/meetings/${meetingId}/check-in`, {
      code,
    })
    expect(answer.body).toMatchObject({ ordinal: 1, late: false })
    expect((await heard(room))?.present).toBe(1)
  })

  it('leaves the set by hand, for another meeting, with the set, and by itself when check-in closes', async () => {
    const off = () => secretary.send<Shown>('POST', `/television-sets/${room.id}/meeting/end`, {})
    expect((await off()).body.meeting).toBeNull()
    expect((await off()).status, 'again').toBe(200)
    expect(await heard(room)).toBeNull()
    const second = await convened(secretary, planBody(f, teacher.id, { title: '主题党日', kinds: ['themeDay'] }))
    await show(secretary, room.id, second)
    expect((await choices()).find(({ id }) => id === room.id)).toMatchObject({ shows: 'other', otherTitle: '主题党日' })
    await show(secretary, room.id)
    clock(at(24 * 60))
    expect(await heard(room)).toBeNull()
    expect((await show(secretary, room.id)).body.code).toBe('meetings.too_late')
    clock(at(0))
    await secretary.send('POST', `/television-sets/${room.id}/end`, { reason: '报废' })
    expect((await show(secretary, room.id)).body.code).toBe('television.set_ended')
    clock(NOW)
  })
})
