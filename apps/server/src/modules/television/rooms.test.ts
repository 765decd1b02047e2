import { randomUUID } from 'node:crypto'
import type { AiringRecord, Coverage, Page, Programme, TelevisionRoom } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { openDb, openPool } from '../../platform/db.ts'
import { figuresOf, stepOf, tokenOf } from '../../platform/rotating-codes.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import {
  airing,
  minutes,
  pairedSet,
  plantMedium,
  report as reported,
  type ToldAiring,
} from '../../test/television-cases.ts'
import { placeOfKey } from './service/admitted.ts'
import { roomKey } from './service/reports.ts'
import { loseSilent } from './television.jobs.ts'
import { keyOf } from './television.keys.ts'

type Made = { id: string; version: number }
let f: Fixture
let committee: Client
let secretary: Client
let nurses: Client
const programmes: string[] = []

const paired = (client: Client, name: string, more: object = {}) => pairedSet(f, client, name, more)
const report = (key: string, airings: ToldAiring[]) => reported(f, key, airings)
const figures = (id: string, at: Date) => figuresOf(roomKey(f.platform), id, stepOf(at))
const enter = (who: Member, id: string, code: string) =>
  who.client.send<{ title: string }>('POST', `/my/television-rooms/${id}/enter`, { code })
const record = async (client: Client, id: string) =>
  (await client.send<AiringRecord>('GET', `/television-airings/${id}`)).body
const clock = (at: Date): void => f.setNow(at)

beforeAll(async () => {
  f = await openFixture()
  committee = await f.signIn('committee_admin', 'committee', { name: '宣传部' })
  secretary = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  nurses = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  // Days go by in these tests, which no session outlives by itself.
  await f.admin
    .updateTable('access_session')
    .set({ idle_minutes: 32_000, expires_at: new Date('2027-01-01T00:00:00Z') })
    .execute()
  const mediaId = await plantMedium(f, 'committee')
  const made = await committee.send<Made>('POST', '/television-channels', { name: '远程教育' })
  const at = `/television-channels/${made.body.id}`
  for (const title of ['开学第一讲', '党史故事']) {
    const { body } = await committee.send<Programme>('POST', `${at}/programmes`, { mediaId, title })
    programmes.push(body.id)
  }
})

describe('a room', () => {
  let key: string
  let setId: string
  let teacher: Member
  let colleague: Member
  let stranger: Member

  beforeAll(async () => {
    const set = await paired(secretary, '教工之家', { place: '机械楼 101' })
    ;[key, setId] = [set.key, set.id]
    teacher = await plantMember(f, 'teachers', '李老师')
    colleague = await plantMember(f, 'teachers', '赵老师')
    stranger = await plantMember(f, 'nurses', '周护士')
  })

  it('is entered by the running code, typed or scanned, by people of the unit, once', async () => {
    const playing = airing(programmes[0] as string, 0)
    const { body } = await report(key, [playing])
    expect(body).toMatchObject({ taken: [playing.id], room: { airingId: playing.id, present: 0 } })
    expect(body.room?.codes[0]?.figures).toBe(figures(playing.id, NOW))
    expect(body.room?.codes[0]?.qr).toMatch(/^[01/]+$/)
    expect((await enter(teacher, playing.id, '000000')).body).toMatchObject({ code: 'television.code_wrong' })
    expect((await enter(stranger, playing.id, figures(playing.id, NOW))).body).toMatchObject({
      code: 'television.not_your_room',
    })
    const clerk = await f.signIn('party_worker', 'teachers')
    const code = figures(playing.id, NOW)
    expect((await clerk.send('POST', `/my/television-rooms/${playing.id}/enter`, { code })).body).toMatchObject({
      code: 'television.not_a_member',
    })
    const rooms = await teacher.client.send<{ rows: TelevisionRoom[] }>('GET', '/my/television-rooms')
    expect(rooms.body.rows).toMatchObject([{ airingId: playing.id, setName: '教工之家', isPresent: false }])
    expect((await enter(teacher, playing.id, code)).body).toMatchObject({ title: '开学第一讲' })
    expect((await enter(teacher, playing.id, code)).status).toBe(200)
    const scanned = tokenOf(roomKey(f.platform), playing.id, stepOf(NOW))
    expect((await enter(colleague, playing.id, scanned)).status).toBe(200)
    expect((await report(key, [playing])).body.room?.present).toBe(2)
    const struck = { memberId: colleague.id, reason: '签到后离开' }
    await secretary.send('POST', `/television-airings/${playing.id}/strike`, struck)
    expect((await enter(colleague, playing.id, scanned)).body).toMatchObject({ code: 'television.struck_out' })
    expect(await record(secretary, playing.id)).toMatchObject({
      present: 1,
      people: [{ way: 'typed' }, { way: 'scanned' }],
    })
    clock(minutes(10))
    await report(key, [{ ...playing, endedAt: minutes(9.5).toISOString(), isWhole: true }])
    expect((await enter(stranger, playing.id, figures(playing.id, minutes(10)))).status).toBe(403)
    const late = await plantMember(f, 'teachers', '迟到者')
    expect((await enter(late, playing.id, figures(playing.id, minutes(10)))).body).toMatchObject({
      code: 'television.not_playing',
    })
    expect(
      (
        await secretary.send('POST', `/television-airings/${playing.id}/strike`, {
          memberId: teacher.id,
          reason: '晚了',
        })
      ).body,
    ).toMatchObject({
      code: 'television.already_counted',
    })
    const added = await secretary.send('POST', `/television-airings/${playing.id}/people`, { memberIds: [late.id] })
    expect(added.body).toMatchObject({ present: 2 })
    const foreign = { memberIds: [stranger.id] }
    expect((await secretary.send('POST', `/television-airings/${playing.id}/people`, foreign)).body).toMatchObject({
      code: 'television.people_unknown',
      detail: { count: 1 },
    })
    await f.deliver()
    const facts = await f.admin
      .selectFrom('xapi_statement')
      .select('member_id as id')
      .where('member_id', 'is not', null)
      .execute()
    expect(facts.map(({ id }) => id).toSorted()).toEqual([teacher.id, late.id].toSorted())
    const hours = await f.admin.selectFrom('credits_entry').select(['member_id as id']).execute()
    expect(hours.map(({ id }) => id).toSorted()).toEqual([teacher.id, late.id].toSorted())
    clock(minutes(10 + 8 * 1440))
    expect((await secretary.send('POST', `/television-airings/${playing.id}/people`, foreign)).body).toMatchObject({
      code: 'television.too_late',
    })
    clock(NOW)
  })

  it('is told of late and twice without harm, and is lost when nothing more is heard', async () => {
    clock(minutes(200))
    const played = airing(programmes[1] as string, 100, { endedAt: minutes(111).toISOString(), isWhole: true })
    const cut = airing(programmes[1] as string, 120, { endedAt: minutes(122).toISOString(), isWhole: true })
    const open = airing(programmes[1] as string, 195)
    for (const _ of [1, 2]) expect((await report(key, [cut, played, open])).body.taken.length).toBe(3)
    const log = await secretary.send<Page<AiringRecord>>('GET', `/television-airings?setId=${setId}`)
    expect(log.body.rows.map(({ state, isWhole }) => `${state} ${isWhole}`)).toEqual([
      'playing false',
      'ended false',
      'ended true',
      'ended true',
    ])
    expect((await nurses.send('GET', `/television-airings/${played.id}`)).body).toMatchObject({
      code: 'television.airing_not_found',
    })
    clock(minutes(230))
    await loseSilent({ platform: f.platform, now: minutes(230), signal: new AbortController().signal })
    expect((await record(secretary, open.id)).state).toBe('lost')
    await report(key, [{ ...open, endedAt: minutes(206).toISOString(), isWhole: true }])
    expect(await record(secretary, open.id)).toMatchObject({ state: 'ended', isWhole: true })
    clock(NOW)
  })

  it('counts in the coverage of every level above, split one level below, and is written to a workbook', async () => {
    clock(minutes(240))
    const read = async (client: Client, query = '') =>
      (await client.send<Coverage>('GET', `/television-coverage${query}`)).body
    const whole = await read(committee)
    expect(whole.all).toMatchObject({ branches: 4, withSet: 1, reached: 1, sets: 1, airings: 4, present: 2, people: 2 })
    expect(whole.rows.map(({ orgName, reached }) => `${orgName} ${reached}`)).toEqual([
      '机械学院党总支 1',
      '医学院党总支 0',
      '离退休党支部 0',
    ])
    const below = await read(committee, `?orgId=${f.orgs.faculty.id}`)
    expect(below.path.map(({ name }) => name)).toEqual(['江湾大学委员会', '机械学院党总支'])
    expect(below.rows.map(({ minutes: ran, hasBelow }) => [ran > 0, hasBelow])).toEqual([
      [true, false],
      [false, false],
    ])
    expect((await nurses.send('GET', `/television-coverage?orgId=${f.orgs.teachers.id}`)).body).toMatchObject({
      code: 'television.no_such_org',
    })
    for (const path of ['television-coverage', 'television-airings'])
      expect(String((await committee.send('POST', `/${path}/export`, { filter: {} })).body).slice(0, 2)).toBe('PK')
    clock(NOW)
  })
})

describe('a set in trouble', () => {
  it('is not told that it is not paired while the database is away', async () => {
    const key = keyOf({ tenantId: randomUUID(), id: randomUUID(), secret: 'x' })
    expect(await placeOfKey(f.platform, key), 'a tenant of another installation').toBeNull()
    const pool = openPool({ url: 'postgres://nobody@127.0.0.1:1/nothing', max: 1, onError: () => undefined })
    await expect(placeOfKey({ db: openDb(pool) }, key)).rejects.toThrow('ECONNREFUSED')
    await pool.end()
  })

  it('names an airing twice in one report, and is heard', async () => {
    const { key } = await paired(secretary, '二号会议室')
    const begun = airing(programmes[0] as string, 20)
    const ended = { ...begun, endedAt: minutes(31).toISOString(), isWhole: true }
    clock(minutes(40))
    expect((await report(key, [begun, ended])).body.taken).toContain(begun.id)
    expect(await record(secretary, begun.id)).toMatchObject({ state: 'ended', isWhole: true })
    clock(NOW)
  })

  it('closes its room when it is ended', async () => {
    const { id, key } = await paired(secretary, '三号会议室')
    const playing = airing(programmes[0] as string, 0)
    await report(key, [playing])
    await secretary.send('POST', `/television-sets/${id}/end`, { reason: '报废' })
    const member = await plantMember(f, 'teachers', '孙老师')
    expect((await enter(member, playing.id, figures(playing.id, NOW))).body).toMatchObject({
      code: 'television.not_playing',
    })
  })

  it('counts nobody who came after the end of which the set tells late, unless the organiser does', async () => {
    const { key } = await paired(secretary, '四号会议室')
    const teacher = await plantMember(f, 'teachers', '吴老师')
    const playing = airing(programmes[1] as string, 60)
    clock(minutes(60))
    await report(key, [playing])
    await enter(teacher, playing.id, figures(playing.id, minutes(60)))
    clock(minutes(73))
    const late = await plantMember(f, 'teachers', '散场者')
    expect((await enter(late, playing.id, figures(playing.id, minutes(73)))).status).toBe(200)
    await report(key, [{ ...playing, endedAt: minutes(70).toISOString(), isWhole: true }])
    const { present, people } = await record(secretary, playing.id)
    expect([present, people.find(({ memberId }) => memberId === late.id)?.struckReason]).toEqual([1, '停播后签到'])
    const stated = async () => {
      await f.deliver()
      const of = f.admin.selectFrom('xapi_statement').select('id').where('member_id', '=', late.id)
      return (await of.execute()).length
    }
    expect(await stated()).toBe(0)
    await secretary.send('POST', `/television-airings/${playing.id}/people`, { memberIds: [late.id] })
    expect(await stated()).toBe(1)
    clock(NOW)
  })
})
