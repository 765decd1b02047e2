import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let secretary: Member
let recorder: Member
let present: Member
let away: Member
let excused: Member
const DAY_MS = 24 * 3600_000

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  recorder = await plantMember(f, 'teachers', '记录人')
  present = await plantMember(f, 'teachers', '常在')
  away = await plantMember(f, 'teachers', '久违')
  excused = await plantMember(f, 'teachers', '告假')
})

const startOf = (day: number) => new Date(Date.parse('2026-11-02T11:00:00Z') + day * DAY_MS)
const desk = (path: string, body: object = {}) => secretary.client.send<{ code?: string }>('POST', path, body)

/** A meeting of that day that has been held with these, up to its signatures. */
async function signed(day: number, come: readonly Member[], leave: readonly Member[] = []): Promise<string> {
  f.setNow(new Date(startOf(day).getTime() - 10 * 3600_000))
  const { client, id: chairId } = secretary
  const times = {
    startsAt: startOf(day).toISOString(),
    endsAt: new Date(startOf(day).getTime() + 5400_000).toISOString(),
  }
  const agenda = [{ title: '学习', votes: 'none' }]
  const id = await convened(client, planBody(f, chairId, { recorderId: recorder.id, agenda, ...times }))
  for (const one of leave) {
    await one.client.send('POST', `/my/meetings/${id}/leave`, { reason: '住院治疗' })
    expect(await desk(`/meetings/${id}/leaves/${one.id}`, { isGranted: true })).toMatchObject({ status: 200 })
  }
  f.setNow(new Date(startOf(day).getTime() + 300_000))
  await desk(`/meetings/${id}/open`)
  const memberIds = [secretary, recorder, ...come].map((one) => one.id)
  await desk(`/meetings/${id}/check-ins`, { memberIds, reason: '会场点名' })
  f.setNow(new Date(startOf(day).getTime() + 5700_000))
  await desk(`/meetings/${id}/close`)
  await desk(`/meetings/${id}/submit`)
  const { recordHash } = (await client.send<{ recordHash: string }>('GET', `/meetings/${id}`)).body
  for (const signer of [client, recorder.client])
    expect(await signer.send('POST', `/meetings/${id}/sign`, { recordHash })).toMatchObject({ status: 200 })
  return id
}

async function archived(id: string): Promise<void> {
  expect(await desk(`/meetings/${id}/archive`)).toMatchObject({ status: 200 })
  await f.deliver()
}

const missing = async (times: number, by: Client = secretary.client): Promise<string[]> => {
  const { body } = await by.send<{ rows: { name: string }[] }>('GET', `/members?missedAtLeast=${times}`)
  return body.rows.map(({ name }) => name).toSorted()
}

describe('members who missed meetings in a row', () => {
  it('are not looked for by a figure that is none', async () => {
    for (const times of ['0', '1000', 'x', '-1'])
      expect(await secretary.client.send('GET', `/members?missedAtLeast=${times}`)).toMatchObject({
        status: 400,
        body: { fields: [{ field: '/querystring/missedAtLeast' }] },
      })
    expect((await away.client.send('GET', '/members?missedAtLeast=1')).status).toBe(403)
  })

  it('count from archived records only, without those on approved leave, and nobody else sees them', async () => {
    const first = await signed(0, [present])
    await f.deliver()
    expect(await missing(1)).toEqual([])
    await archived(first)
    expect(await missing(1)).toEqual(['久违', '告假'])
    await archived(await signed(1, [present], [excused]))
    // A leave that was granted neither counts nor ends the row.
    expect([await missing(1), await missing(2), await missing(3)]).toEqual([['久违', '告假'], ['久违'], []])
    const committee = await f.signIn('committee_admin', 'committee')
    expect(await missing(2, committee)).toEqual(['久违'])
    const order = { columns: ['name'], format: 'csv', language: 'zh-CN', purpose: '约谈长期未参会党员' }
    const file = await committee.send<string>('POST', '/members/export', { ...order, filter: { missedAtLeast: 2 } })
    expect([file.body.includes('久违'), file.body.includes('告假')]).toEqual([true, false])
    expect(await missing(1, await f.signIn('branch_secretary', 'nurses'))).toEqual([])
  })

  it('begin anew with the meeting they attend, also when an earlier one is archived after it', async () => {
    const earlier = await signed(2, [present, away])
    await archived(await signed(3, [away, excused]))
    expect(await missing(1)).toEqual(['常在'])
    await archived(earlier)
    expect(await missing(1)).toEqual(['常在'])
    const version = () =>
      f.admin
        .selectFrom('members_member')
        .select(['version', 'missed_in_row'])
        .where('id', '=', present.id)
        .executeTakeFirst()
    // A figure is no change of the record: nobody who edits it meanwhile is told that it moved on.
    expect(await version()).toEqual({ version: 1, missed_in_row: 1 })
    await desk(`/meetings/${earlier}/errata`, { text: '乙的单位应为机械系。', reason: '笔误' })
    await f.deliver()
    expect(await version()).toEqual({ version: 1, missed_in_row: 1 })
  })

  it('are counted together when two records are one person, and apart again after the undo', async () => {
    await archived(await signed(4, [present, away]))
    expect(await missing(1)).toEqual(['告假'])
    const approver = await f.signIn('committee_admin', 'committee')
    const of = { keptId: excused.id, goneId: present.id }
    const reason = '同一人重复建档'
    const plan = await approver.send<{ keptVersion: number; goneVersion: number }>('POST', '/member-merges/plan', of)
    const { keptVersion, goneVersion } = plan.body
    const merge = { ...of, keptVersion, goneVersion, reason, idChecked: true }
    const done = await approver.send<{ id: string }>('POST', '/member-merges', merge)
    expect(done.status).toBe(200)
    await f.deliver()
    expect(await missing(1)).toEqual([])
    expect(await approver.send('POST', `/member-merges/${done.body.id}/undo`, { reason: '核实为两人' })).toMatchObject({
      status: 200,
    })
    await f.deliver()
    expect(await missing(1)).toEqual(['告假'])
  })
})
