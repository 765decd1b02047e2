import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'
import { stepped } from '../../test/vote-cases.ts'

/** What somebody tries who wants a record to say what was not. */

let f: Fixture
let desk: Client
let secretary: Member
let officer: Member
const members: Member[] = []
type Code = { code?: string }
const one = (index: number): Member => members[index] as Member

beforeAll(async () => {
  f = await openFixture()
  f.setNow(NOW)
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  officer = await plantMember(f, 'teachers', '组织委员', { role: 'branch_officer' })
  desk = secretary.client
  for (const name of ['甲', '乙', '丙', '丁']) members.push(await plantMember(f, 'teachers', name))
})

type Item = { id: string; title: string; votes: string; ballotId: string | null; vote: unknown }
const agendaOf = async (id: string) => (await desk.send<{ agenda: Item[] }>('GET', `/meetings/${id}`)).body.agenda

async function running(votes: string, more: object = {}): Promise<{ id: string; item: string }> {
  f.setNow(NOW)
  const agenda = [{ title: '审议支部工作计划', votes }]
  const id = await convened(desk, planBody(f, secretary.id, { agenda, ...more }))
  f.setNow(at(5))
  await desk.send('POST', `/meetings/${id}/open`, {})
  const memberIds = [secretary, officer, ...members.slice(0, 3)].map((member) => member.id)
  await desk.send('POST', `/meetings/${id}/check-ins`, { memberIds, reason: '会场点名' })
  return { id, item: (await agendaOf(id))[0]?.id ?? '' }
}
const prepare = (id: string, item: string, body: object) =>
  desk.send<{ ballotId: string } & Code>('POST', `/meetings/${id}/agenda/${item}/ballot`, body)

describe('figures by hand', () => {
  const byHand = { method: 'hands', inFavour: 5, against: 0, abstained: 0 }

  it('do not stand in for a vote that is held electronically, before or after it is counted', async () => {
    const { id, item } = await running('ordinary')
    const { ballotId } = (await prepare(id, item, { secrecy: 'named', channel: 'electronic' })).body
    const enter = () => desk.send<Code>('POST', `/meetings/${id}/agenda/${item}/vote`, byHand)
    expect(await enter()).toMatchObject({ status: 409, body: { code: 'meetings.ballot_there' } })
    await stepped(desk, ballotId, 'announced')
    await stepped(desk, ballotId, 'casting')
    for (const { client } of members.slice(0, 3))
      await client.send('POST', `/my/votes/${ballotId}/choices`, {
        choices: [{ questionId: 'item', choice: { marks: { item: 'against' } } }],
      })
    await stepped(desk, ballotId, 'closed')
    expect(await desk.send('POST', `/meetings/${id}/agenda/${item}/ballot/result`, {})).toMatchObject({
      body: { against: 3, carried: false },
    })
    expect(await enter()).toMatchObject({ status: 409, body: { code: 'meetings.ballot_there' } })
    expect(await agendaOf(id)).toMatchObject([{ vote: { against: 3, carried: false } }])
  })

  it('are entered for a vote that was given up', async () => {
    const { id, item } = await running('ordinary')
    const { ballotId } = (await prepare(id, item, { secrecy: 'named', channel: 'electronic' })).body
    expect((await desk.send('POST', `/votes/${ballotId}/cancel`, { reason: '网络中断，改为举手' })).status).toBe(200)
    expect(await desk.send('POST', `/meetings/${id}/agenda/${item}/vote`, byHand)).toMatchObject({
      status: 200,
      body: { inFavour: 5, carried: true },
    })
  })
})

describe('an item that is voted on', () => {
  it('keeps its words and its rule until the vote is given up', async () => {
    f.setNow(NOW)
    const plan = planBody(f, secretary.id, { agenda: [{ title: '接收张三为预备党员', votes: 'admission' }] })
    const id = await convened(desk, plan)
    const [item] = await agendaOf(id)
    await prepare(id, item?.id ?? '', { secrecy: 'secret', channel: 'paper' })
    const change = async (more: object) => {
      const { version } = (await desk.send<{ version: number }>('GET', `/meetings/${id}`)).body
      const agenda = [{ id: item?.id, title: item?.title, votes: 'admission', ...more }]
      return desk.send<Code>('PUT', `/meetings/${id}`, { ...plan, agenda }, { 'if-match': `"${version}"` })
    }
    for (const more of [{ votes: 'ordinary' }, { votes: 'none' }, { title: '接收李四为预备党员' }])
      expect(await change(more)).toMatchObject({ status: 409, body: { code: 'meetings.ballot_there' } })
    expect((await change({ presenter: '组织委员' })).status).toBe(200)
  })
})

describe('make-up study', () => {
  const questions = ['会议的主要精神是什么？', '与本职工作有何联系？', '下一步怎么做？']
  const answers = ['学习了会议精神。', '联系教学工作。', '落实到课堂。']

  async function missed(): Promise<string> {
    const { id } = await running('none')
    for (const who of [officer.id])
      await desk.send('POST', `/meetings/${id}/check-ins/${who}/strike`, { reason: '未到会' })
    await desk.send('POST', `/meetings/${id}/close`, {})
    return id
  }

  it('is not countersigned by whoever handed it in', async () => {
    const id = await missed()
    const sheet = { questions, dueOn: '2026-11-30' }
    expect((await desk.send('PUT', `/meetings/${id}/study`, sheet)).status).toBe(200)
    const handed = await officer.client.send('POST', `/my/meetings/${id}/study`, { way: 'papers', answers })
    expect(handed.status, JSON.stringify(handed.body)).toBe(200)
    const decide = (by: Client) => by.send<Code>('POST', `/meetings/${id}/study/${officer.id}`, { isAccepted: true })
    expect(await decide(officer.client)).toMatchObject({ status: 403, body: { code: 'meetings.own_study' } })
    expect(await decide(desk)).toMatchObject({ status: 200, body: { state: 'countersigned' } })
  })

  it('keeps the questions that somebody has answered; only the day moves', async () => {
    const id = await missed()
    const set = (more: object = {}) =>
      desk.send<Code>('PUT', `/meetings/${id}/study`, { questions, dueOn: '2026-11-30', ...more })
    await set()
    await set({ questions: [questions[0], questions[1], '如何带头？'] })
    await set()
    await one(3).client.send('POST', `/my/meetings/${id}/study`, { way: 'papers', answers })
    expect(await set({ questions: ['一？', '二？', '三？'].map((text) => `换成别的问题${text}`) })).toMatchObject({
      status: 409,
      body: { code: 'meetings.study_answered' },
    })
    expect((await set({ dueOn: '2026-12-10' })).status).toBe(200)
  })
})

describe('a second home', () => {
  it('calls nobody who has left the Party since', async () => {
    f.setNow(NOW)
    const above = await f.signIn('committee_admin', 'committee')
    const guests = [await plantMember(f, 'nurses', '双重甲'), await plantMember(f, 'nurses', '双重乙')]
    for (const { id: memberId } of guests) {
      const body = { memberId, orgId: f.orgs.teachers.id, sinceOn: '2026-10-01' }
      expect((await above.send('POST', '/meetings/second-homes', body)).status).toBe(200)
    }
    await f.admin
      .updateTable('members_member')
      .set({ status: 'expelled' })
      .where('id', '=', guests[1]?.id ?? '')
      .execute()
    const id = await convened(desk, planBody(f, secretary.id))
    const { rows } = (await desk.send<{ rows: { name: string }[] }>('GET', `/meetings/${id}/attendees?limit=100`)).body
    expect(rows.map(({ name }) => name)).toContain('双重甲')
    expect(rows.map(({ name }) => name)).not.toContain('双重乙')
  })
})

describe('at the same moment', () => {
  it('no more proposals wait than may', async () => {
    f.setNow(NOW)
    const send = (at: number) =>
      one(0).client.send('POST', '/my/agenda-proposals', { title: `建议 ${at}`, why: '多位同志反映' })
    for (let at = 0; at < 18; at += 1) await send(at)
    const last = await Promise.all([18, 19, 20, 21, 22].map(send))
    expect(last.filter(({ status }) => status === 200)).toHaveLength(2)
  })

  it('a proposal is put on one agenda only, and a joint meeting is answered once', async () => {
    const ids = [await convened(desk, planBody(f, secretary.id)), await convened(desk, planBody(f, secretary.id))]
    const { id } = (
      await one(1).client.send<{ id: string }>('POST', '/my/agenda-proposals', { title: '读书角', why: '反映' })
    ).body
    const accepted = await Promise.all(
      ids.map((meetingId) => desk.send('POST', `/meetings/proposals/${id}/accept`, { meetingId })),
    )
    expect(accepted.map(({ status }) => status).sort()).toEqual([200, 409])
    const other = await f.signIn('branch_secretary', 'nurses')
    const asked = await desk.send<{ id: string }>('POST', `/meetings/${ids[0]}/joint`, { orgName: f.orgs.nurses.name })
    const answers = await Promise.all(
      [true, false].map((isAccepted) =>
        other.send('POST', `/meetings/joint/${asked.body.id}/answer`, { isAccepted, reason: '时间合适' }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('a signature does not fall on a record that is being changed', async () => {
    const { id } = await running('none', { recorderId: officer.id })
    await desk.send('POST', `/meetings/${id}/close`, {})
    const { recordHash } = (await desk.send<{ recordHash: string }>('POST', `/meetings/${id}/submit`, {})).body
    const signing = await f.admin.transaction().execute(async (tx) => {
      const meeting = tx.updateTable('meetings_meeting').where('tenant_id', '=', f.tenantId).where('id', '=', id)
      await meeting.set({ state: 'record_pending', record_hash: null }).execute()
      const sent = desk.send<Code>('POST', `/meetings/${id}/sign`, { recordHash })
      await waitingForLock()
      return { sent }
    })
    expect(await signing.sent).toMatchObject({ status: 409, body: { code: 'meetings.wrong_state' } })
  })
})

/** Until a statement of the application waits for a row that somebody else holds. */
async function waitingForLock(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(f.admin)
    if ((rows[0]?.n ?? 0) > 0) return
  }
}

describe('a joint meeting that was cancelled', () => {
  it('is declined, not accepted', async () => {
    f.setNow(NOW)
    const id = await convened(desk, planBody(f, secretary.id))
    const other = await f.signIn('branch_secretary', 'nurses')
    const asked = await desk.send<{ id: string }>('POST', `/meetings/${id}/joint`, { orgName: f.orgs.nurses.name })
    await desk.send('POST', `/meetings/${id}/cancel`, { reason: '改期举行' }, { 'if-match': '"2"' })
    const answer = (isAccepted: boolean) =>
      other.send<Code>('POST', `/meetings/joint/${asked.body.id}/answer`, { isAccepted, reason: '会议已取消' })
    expect(await answer(true)).toMatchObject({ status: 409, body: { code: 'meetings.wrong_state' } })
    expect(await answer(false)).toMatchObject({ status: 200, body: { state: 'declined' } })
  })
})

describe('a change of who votes', () => {
  it('after people have come counts them as what they are now', async () => {
    f.setNow(NOW)
    const plan = planBody(f, secretary.id)
    const id = await convened(desk, plan)
    f.setNow(at(-5))
    const memberIds = [secretary, ...members.slice(0, 2)].map((member) => member.id)
    await desk.send('POST', `/meetings/${id}/check-ins`, { memberIds, reason: '会场点名' })
    type Counts = { version: number; counts: { voters: number; present: number; presentVoters: number } }
    const read = async () => (await desk.send<Counts>('GET', `/meetings/${id}`)).body
    expect((await read()).counts).toMatchObject({ voters: 6, present: 3, presentVoters: 3 })
    const change = async (invites: object) =>
      desk.send(
        'PUT',
        `/meetings/${id}`,
        { ...plan, invites: { who: 'all', ...invites } },
        {
          'if-match': `"${(await read()).version}"`,
        },
      )
    expect((await change({ withoutVoteIds: [one(0).id] })).status).toBe(200)
    expect((await read()).counts).toMatchObject({ voters: 5, present: 3, presentVoters: 2 })
    expect((await change({})).status).toBe(200)
    expect((await read()).counts).toMatchObject({ voters: 6, present: 3, presentVoters: 3 })
  })
})

describe('a branch founded within the year', () => {
  it('has missed nothing from before it was there', async () => {
    f.setNow(NOW)
    await f.admin
      .updateTable('org_unit')
      .set({ founded_on: '2026-09-10' })
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', f.orgs.nurses.id)
      .execute()
    const other = await f.signIn('branch_secretary', 'nurses')
    type Plan = { kinds: { kind: string; cells: { period: string; state: string | null }[] }[] }
    const { kinds } = (await other.send<Plan>('GET', '/meetings/year?year=2026')).body
    const themeDays = kinds.find(({ kind }) => kind === 'themeDay')?.cells
    expect(themeDays?.slice(7, 10)).toMatchObject([{ state: null }, { state: 'missing' }, { state: 'missing' }])
    type Ledger = { rows: { kinds: { kind: string; missing: string[] }[] }[] }
    const { rows } = (await other.send<Ledger>('GET', '/meetings/ledger?year=2026')).body
    expect(rows[0]?.kinds.find(({ kind }) => kind === 'themeDay')?.missing).toEqual(['09', '10'])
  })
})
