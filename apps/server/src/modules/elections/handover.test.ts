import type { ElectionHandover } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../../test/fixture.ts'
import { type Desk, openDesk } from './elections.fixture.ts'

let desk: Desk
let electionId = ''
const member = (at: number) => desk.members[at] as Desk['members'][number]
const NOBODY = '01890000-0000-7000-8000-000000000000'

beforeAll(async () => {
  desk = await openDesk()
  electionId = await desk.made()
})

const body = (more: object = {}) => ({
  handedOn: '2026-10-31',
  place: '支部办公室',
  giverId: member(0).id,
  receiverId: member(1).id,
  witness: '组织员',
  items: [
    { kind: 'seal', name: ' 支部印章 ', count: 1, note: '' },
    { kind: 'paper', name: '会议记录本', count: 6, note: '2021 至 2026 年' },
  ],
  ...more,
})
type Made = { id: string; state: string; code?: string }
const enter = (more: object = {}, client = desk.secretary) =>
  client.send<Made>('POST', `/elections/${electionId}/handovers`, body(more))
const confirm = (client: Client, id: string) =>
  client.send<Made & { as: string }>('POST', `/my/elections/${electionId}/handovers/${id}/confirm`, {})
const withdraw = (id: string, reason: string) =>
  desk.secretary.send<Made>('POST', `/elections/${electionId}/handovers/${id}/withdraw`, { reason })
const listed = async (client = desk.secretary) =>
  (await client.send<{ rows: ElectionHandover[]; mayEnter: boolean }>('GET', `/elections/${electionId}/handovers`)).body
const noticesOf = async (client: Client) => {
  await desk.f.deliver()
  const { rows } = (await client.send<{ rows: { kind: string; path: string; facts: object }[] }>('GET', '/my/notices'))
    .body
  return rows.filter(({ kind }) => kind.startsWith('election_handover')).sort((a, b) => (a.kind < b.kind ? -1 : 1))
}
const onPhone = async (client: Client) =>
  (await client.send<{ handovers: ElectionHandover[] }>('GET', `/my/elections/${electionId}`)).body.handovers

describe('the handover of seal and papers', () => {
  it('is refused before the result is approved, to members and other branches', async () => {
    expect((await enter()).body).toMatchObject({ code: 'elections.wrong_state' })
    expect(await listed()).toMatchObject({ rows: [], mayEnter: false })
    // The road to the end is walked by road.test.ts; here only its end counts.
    await desk.f.admin
      .updateTable('elections_election')
      .set({ state: 'done', held_on: '2026-10-20' })
      .where('id', '=', electionId)
      .execute()
    expect((await enter({}, member(0).client)).status).toBe(403)
    const nurses = await desk.f.signIn('branch_secretary', 'nurses')
    expect((await enter({}, nurses)).body).toMatchObject({ code: 'elections.not_found' })
    expect((await nurses.send('GET', `/elections/${electionId}/handovers`)).status).toBe(404)
  })

  it('is refused with one person on both sides, strangers, an empty list, and on an impossible day', async () => {
    const refused = async (more: object, code: string, field: string) =>
      expect((await enter(more)).body).toMatchObject({ code, fields: [{ field }] })
    await refused({ receiverId: member(0).id }, 'elections.named_twice', '/body/receiverId')
    await refused({ giverId: NOBODY }, 'elections.no_such_person', '/body/giverId')
    await refused({ handedOn: '2026-12-31' }, 'elections.in_future', '/body/handedOn')
    await refused({ handedOn: '2026-10-19' }, 'elections.handover_before_election', '/body/handedOn')
    expect((await enter({ items: [] })).status).toBe(400)
    expect((await enter({ items: [{ kind: 'seal', name: '印章', count: 0, note: null }] })).status).toBe(400)
  })

  it('is withdrawn with its reason while not both have confirmed, and stays on the list', async () => {
    const { id } = (await enter()).body
    expect((await confirm(member(0).client, id)).body).toMatchObject({ as: 'giver', state: 'open' })
    expect((await withdraw(id, ' ')).status).toBe(400)
    expect((await withdraw(NOBODY, '数量写错')).body).toMatchObject({ code: 'elections.no_handover' })
    expect((await withdraw(id, '数量写错')).body).toMatchObject({ state: 'withdrawn' })
    expect((await confirm(member(1).client, id)).body).toMatchObject({ code: 'elections.handover_settled' })
    expect(await onPhone(member(0).client)).toEqual([])
    expect((await listed()).rows).toMatchObject([{ state: 'withdrawn', withdrawn: { reason: '数量写错' } }])
  })

  it('is told to the two who are named in it, and that it was withdrawn, to nobody else', async () => {
    for (const at of [0, 1])
      expect(await noticesOf(member(at).client)).toMatchObject([
        { kind: 'election_handover', facts: { org: expect.any(String), items: 2 } },
        { kind: 'election_handover_off', path: `/elections/${electionId}` },
      ])
    expect(await noticesOf(member(2).client)).toEqual([])
  })

  it('is confirmed by the two themselves, closed by the second, and never changes afterwards', async () => {
    const { id } = (await enter()).body
    expect(await onPhone(member(1).client)).toMatchObject([
      { id, mayConfirmAs: 'receiver', items: [{ name: '支部印章', note: null }, { count: 6 }] },
    ])
    expect(await onPhone(member(2).client), 'others are not told').toEqual([])
    expect((await confirm(member(2).client, id)).body).toMatchObject({ code: 'elections.no_handover' })
    expect((await confirm(desk.secretary, id)).body).toMatchObject({ code: 'elections.no_handover' })
    expect((await confirm(member(1).client, id)).body).toMatchObject({ as: 'receiver', state: 'open' })
    expect((await confirm(member(1).client, id)).body).toMatchObject({ code: 'elections.handover_confirmed' })
    expect((await confirm(member(0).client, id)).body).toMatchObject({ as: 'giver', state: 'done' })
    expect((await withdraw(id, '不想移交')).body).toMatchObject({ code: 'elections.handover_settled' })
    const [row] = (await listed()).rows
    expect(row).toMatchObject({ id, state: 'done', mayConfirmAs: null, witness: '组织员' })
    expect([row?.giver.confirmedAt, row?.receiver.confirmedAt]).not.toContain(null)
  })

  it('prints the list in both formats, and every act is on record', async () => {
    const [row] = (await listed()).rows
    const path = `/elections/${electionId}/handovers/${row?.id}/form`
    expect((await desk.secretary.send<string>('GET', `${path}?format=pdf`)).body.slice(0, 5)).toBe('%PDF-')
    expect((await desk.secretary.send<string>('GET', `${path}?format=docx&language=en`)).body.slice(0, 2)).toBe('PK')
    expect((await desk.secretary.send('GET', path.replace(row?.id ?? '', NOBODY))).status).toBe(404)
    const told = await desk.f.admin
      .selectFrom('platform_event')
      .select('type')
      .where('tenant_id', '=', desk.f.tenantId)
      .where('type', 'like', 'elections.handover%')
      .orderBy('id')
      .execute()
    expect(told.map(({ type }) => type.replace('elections.handover_', ''))).toEqual([
      'entered',
      'confirmed',
      'withdrawn',
      'entered',
      'confirmed',
      'confirmed',
    ])
  })
})
