import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { type Code, listed, type People, peopleOf, seen } from './transfers.fixture.ts'

let f: Fixture
let p: People

beforeAll(async () => {
  f = await openFixture()
  p = await peopleOf(f)
})

describe('many at once', () => {
  const destination = { reason: '毕业', toName: '滨海市人才服务中心党委', kind: 'province', destinationApproves: true }

  it('are previewed one by one, and refused as a whole while one of them cannot go', async () => {
    const one = await p.plant('毕一')
    await p.plant('毕同')
    await p.plant('毕同')
    const people = [{ memberId: one.id }, { memberId: one.id }, { name: '毕同' }, { name: '查无此人' }]
    const body = { ...destination, people }
    const preview = await p.sender.send<{ rows: { problems: string[] }[] }>('POST', '/transfers/preview', body)
    expect(preview.body.rows.map(({ problems }) => problems)).toEqual([
      [],
      ['transfers.listed_twice'],
      ['transfers.ambiguous_name'],
      ['transfers.no_such_member'],
    ])
    const refused = await p.sender.send<Code>('POST', '/transfers/batches', body)
    expect(refused).toMatchObject({ status: 422, body: { code: 'transfers.batch_has_problems' } })
    expect(refused.body.fields?.map(({ field }) => field)).toEqual([
      '/body/people/1',
      '/body/people/2',
      '/body/people/3',
    ])
    expect((await listed(p.sender, 'text=毕一')).rows).toEqual([])
  })

  it('go with a common destination or each with an own one, and through each step together', async () => {
    const members = [await p.plant('毕二'), await p.plant('毕三'), await p.plant('毕四')]
    const people = members.map(({ id }, at) => ({
      memberId: id,
      duesPaidUntil: '2026-10',
      ...(at === 2 ? { toName: f.orgs.nurses.name } : {}),
    }))
    const made = await p.sender.send<{ batchId: string; count: number }>('POST', '/transfers/batches', {
      ...destination,
      people,
    })
    expect(made).toMatchObject({ status: 200, body: { count: 3 } })
    const found = await listed(p.sender, `batchId=${made.body.batchId}&sort=name`)
    expect(found.rows).toHaveLength(3)
    const inside = await seen(p.sender, found.rows.find(({ name }) => name === '毕四')?.id ?? '')
    expect(inside).toMatchObject({ direction: 'inside', kind: 'branch', needsDepartment: false })
    const items = (version: number) => found.rows.map(({ id }) => ({ id, version }))
    const stale = await p.officer.send('POST', '/transfers/steps', { act: 'agree', items: items(2) })
    expect(stale.status).toBe(412)
    const mixed = { act: 'agree', items: [...items(1), { id: p.sender.personId, version: 1 }] }
    expect((await p.officer.send<Code>('POST', '/transfers/steps', mixed)).body.code).toBe('transfers.not_found')
    await p.officer.send('POST', '/transfers/steps', { act: 'agree', items: items(1) })
    await p.approver.send('POST', '/transfers/decisions', { act: 'approve', items: items(2) })
    const issued = await p.worker.send('POST', '/transfers/steps', { act: 'issue', items: items(3) })
    expect(issued).toMatchObject({
      status: 200,
      body: { rows: [{ state: 'awaiting' }, { state: 'awaiting' }, { state: 'awaiting' }] },
    })
    expect((await listed(p.receiver, 'tab=inbox')).rows.map(({ name }) => name)).toEqual(['毕四'])
  })

  it('are told what should be known of them, which stands in nobody’s way', async () => {
    const [probationary, graduate, activist] = [
      await p.plant('知一', { category: 'probationary' }),
      await p.plant('知二'),
      await p.plant('知三', { category: 'activist' }),
    ]
    await f.admin
      .updateTable('members_member')
      .set({ facts: JSON.stringify({ graduatedOn: '2024-06-30' }), dues_paid_until: '2026-10-31' })
      .where('id', '=', graduate.id)
      .execute()
    const people = [probationary, graduate, activist].map(({ id }) => ({ memberId: id }))
    const { body } = await p.sender.send<{ problems: number; rows: { hints: string[] }[] }>(
      'POST',
      '/transfers/preview',
      { ...destination, people },
    )
    expect(body.problems).toBe(0)
    // Kept at the university for more than two years after graduation (MEM-11).
    expect(body.rows.map(({ hints }) => hints)).toEqual([
      ['probationary', 'dues_unknown'],
      ['kept_too_long'],
      ['on_the_way'],
    ])
  })

  it('finds destinations by name everywhere, and only names', async () => {
    const found = await p.sender.send('POST', '/transfers/destinations', { text: '护理' })
    expect(found.body).toEqual({
      rows: [{ id: f.orgs.nurses.id, name: f.orgs.nurses.name, parentName: f.orgs.medicine.name }],
    })
  })
})
