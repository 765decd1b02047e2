import { sql } from 'kysely'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { figuresOf, readCode, STEP_MS, stepOf, tokenOf } from '../../platform/rotating-codes.ts'
import { Sessions } from '../../platform/session.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, figures, type Member, planBody, plantMember, token } from '../../test/meeting-cases.ts'
import { checkInGroup } from './service/check-in.ts'

let f: Fixture
let desk: Client
let secretary: Member
const members: Member[] = []
let id = ''
type Told = { ordinal: number; late: boolean; submittedLater: boolean; code?: string }
const come = (who: Member, body: object, meeting = id) =>
  who.client.send<Told>('POST', `/my/meetings/${meeting}/check-in`, body)

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  for (let n = 0; n < 12; n += 1) members.push(await plantMember(f, 'teachers', `党员${n}`))
  id = await convened(desk, planBody(f, secretary.id))
})
const member = (n: number): Member => members[n] as Member

describe('the rotating code', () => {
  const key = Buffer.alloc(32, 7)
  const now = new Date('2026-11-02T11:00:10Z')
  it('is good for its half minute and the next, and for its own meeting only', () => {
    const code = figuresOf(key, 'a', stepOf(now))
    expect(readCode(key, 'a', code, now, null)).toMatchObject({ ok: true, way: 'typed' })
    expect(readCode(key, 'a', code, new Date(now.getTime() + STEP_MS), null)).toMatchObject({ ok: true })
    expect(readCode(key, 'a', code, new Date(now.getTime() + 2 * STEP_MS), null)).toEqual({
      ok: false,
      reason: 'code_wrong',
    })
    expect(readCode(key, 'b', code, now, null)).toEqual({ ok: false, reason: 'code_wrong' })
  })
  it('refuses a code of the future and a forged half minute', () => {
    const later = stepOf(now) + 20
    expect(readCode(key, 'a', tokenOf(key, 'a', later), now, null)).toMatchObject({ ok: false })
    expect(readCode(key, 'a', `${later}.${tokenOf(key, 'a', stepOf(now)).split('.')[1]}`, now, null)).toMatchObject({
      ok: false,
    })
  })
  it('takes what was captured without a network for a day, at the time on the screen', () => {
    const code = tokenOf(key, 'a', stepOf(now))
    const evening = new Date(now.getTime() + 5 * 3_600_000)
    expect(readCode(key, 'a', code, evening, null)).toEqual({ ok: false, reason: 'code_expired' })
    expect(readCode(key, 'a', code, evening, now)).toMatchObject({
      ok: true,
      submittedLater: true,
      at: new Date('2026-11-02T11:00:00Z'),
    })
    expect(readCode(key, 'a', code, new Date(now.getTime() + 25 * 3_600_000), now)).toMatchObject({
      ok: false,
      reason: 'code_expired',
    })
    expect(
      readCode(key, 'a', figuresOf(key, 'a', stepOf(now)), evening, new Date(now.getTime() + 20_000)),
    ).toMatchObject({ ok: true, submittedLater: true })
  })
})

describe('POST /my/meetings/:id/check-in', () => {
  it('refuses the signed out, who is not called, and a code that is not one', async () => {
    f.setNow(at(-5))
    expect(
      (await f.stranger.send('POST', `/my/meetings/${id}/check-in`, { code: figures(f, id, at(-5)) })).status,
    ).toBe(401)
    const outsider = await plantMember(f, 'students', '外支部')
    expect(await come(outsider, { code: figures(f, id, at(-5)) })).toMatchObject({
      status: 404,
      body: { code: 'meetings.not_called' },
    })
    expect(await come(member(0), { code: 'abcdef' })).toMatchObject({ status: 400 })
  })
  it('refuses before and after the window', async () => {
    f.setNow(at(-31))
    expect(await come(member(0), { code: figures(f, id, at(-31)) })).toMatchObject({
      status: 409,
      body: { code: 'meetings.too_early' },
    })
    f.setNow(at(16))
    expect(await come(member(0), { code: figures(f, id, at(16)) })).toMatchObject({
      status: 409,
      body: { code: 'meetings.too_late' },
    })
  })
  it('ends guessing after ten wrong codes', async () => {
    f.setNow(at(-5))
    const right = figures(f, id, at(-5))
    const wrong = right === '000000' ? '000001' : '000000'
    for (let n = 0; n < 10; n += 1)
      expect(await come(member(11), { code: wrong })).toMatchObject({
        status: 422,
        body: { code: 'meetings.code_wrong' },
      })
    expect(await come(member(11), { code: right })).toMatchObject({
      status: 429,
      body: { code: 'meetings.too_many_tries' },
    })
  })
  it('refuses an old scan without its time', async () => {
    f.setNow(at(-5))
    expect(await come(member(0), { code: token(f, id, at(-10)) })).toMatchObject({
      status: 422,
      body: { code: 'meetings.code_expired' },
    })
  })
  it('gives a crowd that comes at once one place each, none lost, none twice', async () => {
    f.setNow(at(-2))
    const code = token(f, id, at(-2))
    const answers = await Promise.all([0, 1, 2, 3, 4, 5, 0, 1, 2].map((n) => come(member(n), { code })))
    expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(200))
    expect(new Set(answers.map(({ body }) => body.ordinal))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
    expect(answers.slice(6).map(({ body }) => body.ordinal)).toEqual(
      answers.slice(0, 3).map(({ body }) => body.ordinal),
    )
    const rows = await f.admin
      .selectFrom('meetings_check_in')
      .select(['ordinal', 'late'])
      .where('meeting_id', '=', id)
      .orderBy('ordinal')
      .execute()
    expect(rows).toEqual([1, 2, 3, 4, 5, 6].map((ordinal) => ({ ordinal, late: false })))
    expect(
      await f.admin
        .selectFrom('meetings_count')
        .select(['present', 'present_voters'])
        .where('meeting_id', '=', id)
        .executeTakeFirst(),
    ).toEqual({ present: 6, present_voters: 6 })
  })
  it('says who is late and what was submitted later, and answers a repetition the same', async () => {
    f.setNow(at(3))
    const late = await come(member(6), { code: figures(f, id, at(3)) })
    expect(late.body).toMatchObject({ ordinal: 7, late: true, submittedLater: false })
    f.setNow(at(60))
    expect((await come(member(6), { code: token(f, id, at(60)) })).body).toEqual(late.body)
    const kept = await come(member(7), { code: token(f, id, at(-1)), capturedAt: at(-1).toISOString() })
    expect(kept.body).toMatchObject({ ordinal: 8, late: false, submittedLater: true })
    const list = await desk.send<{ rows: { name: string }[] }>('GET', `/meetings/${id}/attendees?mark=submitted_later`)
    expect(list.body.rows.map(({ name }) => name)).toEqual(['党员7'])
  })
  it('refuses what arrives later where the organisation does not take it, and answers who is there as before', async () => {
    f.setNow(NOW)
    const other = await convened(desk, planBody(f, secretary.id))
    const set = async (org: 'committee' | 'teachers', value: boolean) => {
      const admin = await f.signIn('committee_admin', 'committee')
      const body = { orgId: f.orgs[org].id, code: 'meetings.offline_check_in', value, reason: '按时到会' }
      expect((await admin.send('POST', '/settings', { ...body, effectiveFrom: '2026-11-02' })).status).toBe(200)
    }
    await set('committee', false)
    f.setNow(at(-1))
    const first = await come(member(8), { code: token(f, other, at(-1)) }, other)
    expect(first.status).toBe(200)
    f.setNow(at(60))
    const kept = { code: token(f, other, at(-1)), capturedAt: at(-1).toISOString() }
    expect(await come(member(9), kept, other)).toMatchObject({ status: 409, body: { code: 'meetings.at_once_only' } })
    expect((await come(member(8), kept, other)).body).toEqual(first.body)
    await set('teachers', true)
    expect(await come(member(9), kept, other)).toMatchObject({ status: 200, body: { submittedLater: true } })
  })
  it('takes nobody whose rights have ended', async () => {
    f.setNow(at(2))
    const gone = member(8)
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: at(0) })
      .where('person_id', '=', gone.personId)
      .execute()
    expect((await come(gone, { code: figures(f, id, at(2)) })).status).toBe(401)
    await f.admin.updateTable('access_grant').set({ until_on: null }).where('person_id', '=', gone.personId).execute()
  })
})

describe('groups that are decided at the same time', () => {
  /** Everybody waits for the counts of this meeting until this is committed. */
  async function whileHeld(
    meeting: string,
    asks: () => Promise<unknown>,
    many: number,
    isCalledOff = false,
  ): Promise<void> {
    let answers: Promise<unknown> = Promise.resolve()
    await f.admin.transaction().execute(async (tx) => {
      await sql`select from meetings_count where meeting_id = ${meeting} for update`.execute(tx)
      answers = asks()
      await vi.waitFor(async () => {
        const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_locks l
          join pg_stat_activity s using (pid) where not l.granted and s.datname = current_database()`.execute(f.admin)
        expect(rows[0]?.waiting).toBe(many)
      })
      const calledOff = { state: 'cancelled', cancelled_reason: '台风' }
      if (isCalledOff) await tx.updateTable('meetings_meeting').set(calledOff).where('id', '=', meeting).execute()
    })
    await answers
  }
  const ask = (who: Member, meeting: string) => ({
    input: { params: { id: meeting }, query: {}, body: { code: token(f, meeting, at(-2)) } },
    sessionHash: Sessions.hash(who.client.cookie.split('=')[1] ?? ''),
    now: at(-2),
    requestId: '',
  })
  it('refuse everybody when the meeting was called off before they were written', async () => {
    f.setNow(NOW)
    const meeting = await convened(desk, planBody(f, secretary.id))
    f.setNow(at(-2))
    let answers: unknown[] = []
    const both = async () => {
      answers = await checkInGroup(f.platform, [ask(member(0), meeting), ask(member(1), meeting)])
    }
    await whileHeld(meeting, both, 1, true)
    expect(answers).toMatchObject([{ code: 'meetings.wrong_state' }, { code: 'meetings.wrong_state' }])
    expect(
      await f.admin.selectFrom('meetings_check_in').select('ordinal').where('meeting_id', '=', meeting).execute(),
    ).toEqual([])
  })
  it('give one place to somebody who comes with two telephones, leave no hole, and tell of each person once', async () => {
    f.setNow(NOW)
    const meeting = await convened(desk, planBody(f, secretary.id))
    f.setNow(at(-2))
    let answers: { ordinal: number }[][] = []
    const asks = async () => {
      const groups = [
        [0, 1, 2],
        [2, 3, 0],
        [4, 1],
      ].map((group) => group.map((n) => ask(member(n), meeting)))
      answers = (await Promise.all(groups.map((group) => checkInGroup(f.platform, group)))) as { ordinal: number }[][]
    }
    await whileHeld(meeting, asks, 3)
    const [first = [], second = [], third = []] = answers.map((group) => group.map(({ ordinal }) => ordinal))
    expect([second[2], second[0], third[1]]).toEqual([first[0], first[2], first[1]])
    expect([...new Set([...first, ...second, ...third])].sort()).toEqual([1, 2, 3, 4, 5])
    const events = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('subject_id', '=', meeting)
      .where('type', '=', 'meetings.checked_in')
      .execute()
    const told = events.flatMap(({ payload }) => (payload as { memberIds: string[] }).memberIds)
    expect(told.sort()).toEqual([0, 1, 2, 3, 4].map((n) => member(n).id).sort())
    const counts = f.admin.selectFrom('meetings_count').select(['arrived', 'present']).where('meeting_id', '=', meeting)
    expect(await counts.executeTakeFirst()).toEqual({ arrived: 5, present: 5 })
  })
})

describe('the desk during the meeting', () => {
  it('shows the code to the organiser only, with a square and figures that work', async () => {
    f.setNow(at(-3))
    expect((await member(0).client.send('GET', `/meetings/${id}/code`)).status).toBe(403)
    const screen = await desk.send<{
      codes: { figures: string; url: string; qr: string }[]
      present: number
      called: number
    }>('GET', `/meetings/${id}/code`)
    expect(screen.body).toMatchObject({ present: 8, called: 13 })
    const [first] = screen.body.codes
    expect(first?.figures).toBe(figures(f, id, at(-3)))
    expect(first?.url).toContain(`m=${id}&c=`)
    const rows = first?.qr.split('/') ?? []
    expect(rows.every((row) => row.length === rows.length)).toBe(true)
  })
  it('begins once, and not before the window', async () => {
    f.setNow(NOW)
    expect(await desk.send('POST', `/meetings/${id}/open`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.too_early' },
    })
    f.setNow(at(-10))
    expect(await desk.send('POST', `/meetings/${id}/open`, {})).toMatchObject({
      status: 200,
      body: { state: 'in_progress' },
    })
    expect(await desk.send('POST', `/meetings/${id}/open`, {})).toMatchObject({
      status: 200,
      body: { state: 'in_progress' },
    })
    expect(await desk.send('POST', `/meetings/${id}/close`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.not_yet_over' },
    })
  })
  it('ticks people without a telephone with a reason, once', async () => {
    f.setNow(at(20))
    const tick = (ids: string[], reason = '没有手机') =>
      desk.send('POST', `/meetings/${id}/check-ins`, { memberIds: ids, reason })
    expect(await tick([member(9).id], '')).toMatchObject({ status: 400 })
    expect(await tick([member(9).id, '01890000-0000-7000-8000-000000000000'])).toMatchObject({
      status: 404,
      body: { code: 'meetings.not_called' },
    })
    expect(await tick([member(0).id, member(9).id])).toMatchObject({ status: 200, body: { checkedIn: 1, already: 1 } })
    const both = await Promise.all([tick([member(10).id]), tick([member(10).id])])
    expect(both.map(({ body }) => (body as { checkedIn: number }).checkedIn).sort()).toEqual([0, 1])
    expect(await member(0).client.send('POST', `/my/meetings/${id}/leave`, { reason: '走了' })).toMatchObject({
      status: 409,
      body: { code: 'meetings.already_here' },
    })
  })
  it('strikes out who was not there, keeps the row, and takes no second try', async () => {
    const strike = () =>
      desk.send('POST', `/meetings/${id}/check-ins/${member(7).id}/strike`, { reason: '本人不在场，由他人转发' })
    expect((await Promise.all([strike(), strike()])).map(({ status }) => status).sort()).toEqual([200, 409])
    f.setNow(at(5))
    expect(await come(member(7), { code: figures(f, id, at(5)) })).toMatchObject({
      status: 409,
      body: { code: 'meetings.struck_out' },
    })
    expect(
      await f.admin
        .selectFrom('meetings_check_in')
        .select('struck_reason')
        .where('member_id', '=', member(7).id)
        .execute(),
    ).toEqual([{ struck_reason: '本人不在场，由他人转发' }])
  })
  it('leaves out who is left out', async () => {
    f.setNow(NOW)
    const other = await convened(
      desk,
      planBody(f, secretary.id, { invites: { who: 'all', leftOut: [{ memberId: member(3).id, reason: 'illness' }] } }),
    )
    f.setNow(at(-1))
    expect(await come(member(3), { code: figures(f, other, at(-1)) }, other)).toMatchObject({
      status: 409,
      body: { code: 'meetings.left_out' },
    })
  })
  it('publishes one event for a group, naming everyone in it', async () => {
    const events = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'meetings.checked_in')
      .where('subject_id', '=', id)
      .execute()
    const named = events.flatMap(({ payload }) => (payload as { memberIds: string[] }).memberIds)
    expect(new Set(named).size).toBe(named.length)
    expect(named).toHaveLength(10)
  })
})
