import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Client
let secretary: Member
let other: Member
const members: Member[] = []
const guests: Member[] = []
type Code = { code?: string }
const one = (index: number): Member => members[index] as Member

beforeAll(async () => {
  f = await openFixture()
  f.setNow(NOW)
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  for (const name of ['甲', '乙', '丙']) members.push(await plantMember(f, 'teachers', name))
  other = await plantMember(f, 'nurses', '李书记', { role: 'branch_secretary' })
  for (const name of ['丁', '戊']) guests.push(await plantMember(f, 'nurses', name))
  for (const [post, member] of [
    ['secretary', secretary],
    ['deputy_secretary', one(0)],
  ] as const)
    await f.admin
      .insertInto('org_post')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        unit_id: f.orgs.teachers.id,
        org_path: f.orgs.teachers.path,
        post,
        member_id: member.id,
        name: member.name,
        from_on: '2026-01-01',
        created_at: NOW,
      })
      .execute()
})

describe('heart-to-heart talks', () => {
  const SECRET = '近期家里老人住院，工作有些吃力。'
  const note = (client: Client, withId: string, more: object = {}) =>
    client.send<{ id: string; kind: string } & Code>('POST', '/my/talks', {
      heldOn: '2026-10-20',
      withId,
      content: SECRET,
      ...more,
    })

  it('are refused with oneself, in the future, and with people of other branches', async () => {
    expect(await note(one(1).client, one(1).id)).toMatchObject({ body: { code: 'meetings.talk_with_oneself' } })
    expect(await note(one(1).client, one(2).id, { heldOn: '2026-12-01' })).toMatchObject({
      body: { code: 'meetings.talk_ahead' },
    })
    expect(await note(one(1).client, guests[0]?.id ?? '')).toMatchObject({
      status: 422,
      body: { code: 'meetings.talk_elsewhere' },
    })
  })

  it('are read by the two and the secretary of the branch only, and each look is written down', async () => {
    const { id, kind } = (await note(one(0).client, one(1).id)).body
    expect(kind).toBe('committee_member')
    expect((await one(1).client.send('POST', `/my/talks/${id}/open`, {})).body).toEqual({ content: SECRET })
    expect(await one(2).client.send('POST', `/my/talks/${id}/open`, {})).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_talk' },
    })
    const above = await f.signIn('committee_admin', 'committee')
    expect(await above.send('POST', `/meetings/talks/${id}/open`, { purpose: '了解思想' })).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_talk' },
    })
    expect((await desk.send('POST', `/meetings/talks/${id}/open`, { purpose: '了解思想' })).body).toEqual({
      content: SECRET,
    })
    const looks = await f.admin
      .selectFrom('platform_event')
      .select('actor_id')
      .where('type', '=', 'meetings.talk_opened')
      .execute()
    expect(looks).toHaveLength(2)
    const stored = await f.admin.selectFrom('meetings_talk').select('content_sealed').executeTakeFirstOrThrow()
    expect(stored.content_sealed?.toString('utf8')).not.toContain('老人')
    expect(JSON.stringify((await above.send('GET', '/meetings/talks')).body)).not.toContain('老人')
  })

  it('are listed with their names for the two and the secretary of the branch, for others only counted', async () => {
    type Talks = { rows: { firstName: string }[] }
    type Matrix = { mayReadAll: boolean; pairs: object[]; people: { talks: number | null }[]; done: number }
    const seenBy = async (client: Client) => ({
      list: (await client.send<Talks>('GET', '/meetings/talks')).body.rows.length,
      matrix: (await client.send<Matrix>('GET', `/meetings/talks/matrix?year=2026&orgId=${f.orgs.teachers.id}`)).body,
    })
    const strangers = [
      await f.signIn('committee_admin', 'committee'),
      await f.signIn('party_worker', 'faculty'),
      await f.signIn('branch_officer', 'teachers'),
    ]
    for (const stranger of strangers) {
      const { list, matrix } = await seenBy(stranger)
      expect(list).toBe(0)
      expect(matrix).toMatchObject({ mayReadAll: false, pairs: [], done: 1 })
      expect(matrix.people.every(({ talks }) => talks === null)).toBe(true)
    }
    const { list, matrix } = await seenBy(desk)
    expect(list).toBe(1)
    expect(matrix).toMatchObject({ mayReadAll: true, pairs: [{ talks: 1 }] })
  })

  it('without written words say so', async () => {
    const { id } = (await note(one(1).client, one(2).id, { content: null })).body
    expect(await one(1).client.send('POST', `/my/talks/${id}/open`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.talk_empty' },
    })
  })

  it('stand in a matrix that counts what the committee owes (BR-15)', async () => {
    const noted = { orgId: f.orgs.teachers.id, heldOn: '2026-09-01', firstId: secretary.id, secondId: one(0).id }
    expect((await desk.send('POST', '/meetings/talks', noted)).body).toMatchObject({ kind: 'committee' })
    // Two of four are of the committee: 1 pair of theirs and 2 × 2 with the others.
    expect((await desk.send('GET', '/meetings/talks/matrix?year=2026')).body).toMatchObject({
      isBranch: true,
      demanded: 5,
      done: 2,
      ruleId: 'BR-15',
    })
  })
})

describe('a meeting of several branches', () => {
  const ask = (id: string, orgName: string) =>
    desk.send<{ id: string } & Code>('POST', `/meetings/${id}/joint`, { orgName })

  it('asks only a single other branch, once', async () => {
    const id = await convened(desk, planBody(f, secretary.id))
    expect(await ask(id, '没有这个支部')).toMatchObject({ status: 422, body: { code: 'meetings.no_such_branch' } })
    expect(await ask(id, f.orgs.teachers.name)).toMatchObject({ body: { code: 'meetings.no_such_branch' } })
    expect((await ask(id, f.orgs.nurses.name)).status).toBe(200)
    expect(await ask(id, f.orgs.nurses.name)).toMatchObject({ status: 409, body: { code: 'meetings.joint_asked' } })
  })

  it('calls the members of the branch that accepts, without a vote, and counts for both branches', async () => {
    const id = await convened(desk, planBody(f, secretary.id, { kinds: ['themeDay'] }))
    const asked = (await ask(id, f.orgs.nurses.name)).body.id
    expect(await desk.send('POST', `/meetings/joint/${asked}/answer`, { isAccepted: true })).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_joint' },
    })
    const answer = (body: object) => other.client.send<Code>('POST', `/meetings/joint/${asked}/answer`, body)
    const kindsOf = async (client: Client) => {
      await f.deliver()
      const { rows } = (await client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')).body
      return rows.map(({ kind }) => kind)
    }
    expect(await kindsOf(other.client)).toContain('joint_asked')
    expect(await answer({ isAccepted: false })).toMatchObject({ body: { code: 'meetings.note_missing' } })
    expect((await answer({ isAccepted: true })).body).toEqual({ state: 'accepted', called: 3 })
    expect(await kindsOf(desk)).toContain('joint_accepted')
    expect(await answer({ isAccepted: true })).toMatchObject({ status: 409, body: { code: 'meetings.joint_answered' } })
    expect((await desk.send('GET', `/meetings/${id}`)).body).toMatchObject({ counts: { voters: 4, nonvoters: 3 } })
    expect((await guests[0]?.client.send('GET', `/my/meetings/${id}`))?.body).toMatchObject({ part: 'nonvoter' })
    f.setNow(at(5))
    await desk.send('POST', `/meetings/${id}/open`, {})
    await desk.send('POST', `/meetings/${id}/close`, {})
    await f.deliver()
    const year = await other.client.send<{ kinds: { kind: string; cells: { period: string; state: string }[] }[] }>(
      'GET',
      '/meetings/year?year=2026',
    )
    const cells = year.body.kinds.find(({ kind }) => kind === 'themeDay')?.cells
    expect(cells?.find(({ period }) => period === '11')?.state).toBe('held')
    f.setNow(NOW)
  })
})

describe('a second branch', () => {
  const set = (client: Client, more: object = {}) =>
    client.send<{ id: string } & Code>('POST', '/meetings/second-homes', {
      memberId: guests[1]?.id,
      orgId: f.orgs.teachers.id,
      sinceOn: '2026-10-01',
      ...more,
    })

  it('is refused for the branch at home, for people out of reach, twice, and for what is no branch', async () => {
    const officer = await f.signIn('committee_admin', 'committee')
    expect(await set(desk)).toMatchObject({ body: { code: 'meetings.no_such_person' } })
    expect(await set(officer, { memberId: one(0).id })).toMatchObject({
      status: 409,
      body: { code: 'meetings.at_home' },
    })
    expect(await set(officer, { orgId: f.orgs.faculty.id })).toMatchObject({ body: { code: 'meetings.not_a_branch' } })
    expect((await set(officer)).status).toBe(200)
    expect(await set(officer)).toMatchObject({ status: 409, body: { code: 'meetings.second_home_there' } })
  })

  it('calls the person to its meetings without a vote until it is ended', async () => {
    const counts = async () => {
      const id = await convened(desk, planBody(f, secretary.id))
      return (await desk.send<{ counts: { voters: number; nonvoters: number } }>('GET', `/meetings/${id}`)).body.counts
    }
    expect(await counts()).toMatchObject({ voters: 4, nonvoters: 1 })
    const officer = await f.signIn('committee_admin', 'committee')
    const [home] = (await officer.send<{ rows: { id: string }[] }>('GET', '/meetings/second-homes')).body.rows
    const end = () => officer.send<Code>('POST', `/meetings/second-homes/${home?.id}/end`, { reason: '岗位调整' })
    expect(await other.client.send('POST', `/meetings/second-homes/${home?.id}/end`, { reason: '越权' })).toMatchObject(
      {
        status: 404,
        body: { code: 'meetings.no_second_home' },
      },
    )
    expect((await end()).status).toBe(200)
    expect(await end()).toMatchObject({ status: 409, body: { code: 'meetings.second_home_ended' } })
    expect(await counts()).toMatchObject({ voters: 4, nonvoters: 0 })
  })
})
