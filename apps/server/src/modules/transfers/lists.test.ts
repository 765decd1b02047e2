import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { clockwork } from '../../test/turned-clock.ts'
import { act, type Code, listed, type People, peopleOf, type Seen, seen } from './transfers.fixture.ts'
import { expireLetters } from './transfers.jobs.ts'

let f: Fixture
let p: People

/** One transfer in each place it can stand: being written, agreed, approved, on its way, back, landed and run out. */
beforeAll(async () => {
  f = await openFixture()
  p = await peopleOf(f)
  await p.issued(await p.plant('列八'))
  await expireLetters(await clockwork(f, '2026-12-20'))
  await p.drafted(await p.plant('列一'))
  await p.ok(act(p.officer, await p.drafted(await p.plant('列二')), 'agree'), 'branch_agreed')
  await p.approved(await p.drafted(await p.plant('列三')))
  await p.issued(await p.plant('列四'))
  await p.issued(await p.plant('列五'))
  await p.ok(act(p.receiver, await p.issued(await p.plant('列六')), 'return', { note: '单位已变' }), 'returned')
  await p.ok(act(p.receiver, await p.issued(await p.plant('列七')), 'receive'), 'received')
})

describe('the list', () => {
  it('pages by key without losing or doubling a row, and counts what waits', async () => {
    const all: string[] = []
    let cursor = ''
    do {
      const page = await listed(p.approver, `tab=all&limit=5&sort=validUntil${cursor ? `&cursor=${cursor}` : ''}`)
      all.push(...page.rows.map(({ id }) => id))
      cursor = page.next ?? ''
    } while (cursor)
    const whole = (await listed(p.approver, 'tab=all&limit=100')).rows
    expect([new Set(all).size, all.length]).toEqual([whole.length, whole.length])
    const counts = (await p.approver.send<Record<string, number>>('GET', '/transfers/counts')).body
    for (const tab of ['todo', 'open', 'due', 'inbox'] as const)
      expect((await listed(p.approver, `tab=${tab}&limit=100`)).rows, tab).toHaveLength(counts[tab] ?? -1)
    const waiting = await p.approver.send<{ rows: { module: string; count: number }[] }>('GET', '/workbench/waiting')
    expect(waiting.body.rows.find(({ module }) => module === 'transfers')?.count).toBe(counts.todo)
  })

  it('lists as to do exactly what the post may move on', async () => {
    for (const client of [p.sender, p.officer, p.receiver, p.approver, p.second, p.worker]) {
      const todo = new Set((await listed(client, 'tab=todo&limit=100')).rows.map(({ id }) => id))
      for (const { id } of (await listed(client, 'tab=all&limit=100')).rows) {
        const { acts } = await seen(client, id)
        const forward = ['agree', 'approve', 'approve_department', 'issue', 'receive', 'settle']
        const may = acts.some(({ act: name, whyNot }) => whyNot === null && forward.includes(name))
        const { state, direction } = (await seen(client, id)) as Seen & { direction: string }
        // A receipt from outside comes when it comes: nothing to do until then.
        if (!(direction === 'out' && state === 'awaiting')) expect(todo.has(id), `${id} ${state}`).toBe(may)
      }
    }
  })
})

describe('a list that is too long to take along', () => {
  it('is refused with the remedy', async () => {
    const batch = uuidv7()
    const { retired, committee } = f.orgs
    await sql`insert into transfers_transfer (tenant_id, id, direction, kind, name, category, org_id, org_path, committee_id,
        committee_path, committee_name, from_name, to_name, needs_department, reason, batch_id, made_by, created_at, updated_at)
      select ${f.tenantId}, gen_random_uuid(), 'in', 'province', '远来', 'formal', ${retired.id}, ${retired.path}, ${committee.id},
        ${committee.path}, '党委', '外地党委', '离退休党支部', false, '迁居', ${batch}, ${p.sender.personId}, now(), now()
      from generate_series(1, 10001)`.execute(f.admin)
    const taken = await p.approver.send<Code>('POST', '/transfers/export', { batchId: batch, purpose: '核对' })
    expect(taken).toMatchObject({ status: 422, body: { code: 'transfers.too_many_rows', detail: { most: 10_000 } } })
    await f.admin.deleteFrom('transfers_transfer').where('batch_id', '=', batch).execute()
  })
})

describe('row security alone', () => {
  it('shows a letter to both sides, the person and nobody else', async () => {
    const member = await p.plant('墙一')
    const [draft, letter] = [await p.drafted(await p.plant('墙二')), await p.issued(member)]
    const visible = (scope: string, personId: string | null) =>
      inSystemTransaction(f.platform, { tenantId: f.tenantId, scope, personId }, async (tx) => {
        const { rows: found } = await sql<{ id: string }>`select t.id from transfers_transfer t
          where t.tenant_id = ${f.tenantId} and t.id in (${draft}, ${letter})`.execute(tx)
        const steps = await sql<{ n: number }>`select count(*)::int as n from transfers_step s
          where s.tenant_id = ${f.tenantId} and s.transfer_id = ${letter}`.execute(tx)
        return [found.map(({ id }) => (id === draft ? 'draft' : 'letter')).sort(), steps.rows[0]?.n]
      })
    const { path } = (await f.admin
      .selectFrom('org_unit')
      .select('path')
      .where('id', '=', f.orgs.teachers.id)
      .executeTakeFirst()) ?? { path: '' }
    expect(await visible(path, null)).toEqual([['draft', 'letter'], 4])
    expect(await visible(f.orgs.nurses.path, null)).toEqual([['letter'], 1])
    expect(await visible(f.orgs.retired.path, null)).toEqual([[], 0])
    expect(await visible(f.orgs.retired.path, member.personId)).toEqual([['letter'], 4])
  })
})

describe('on the phone', () => {
  it('the person sees the own transfers, without what others wrote about them', async () => {
    const member = await p.plant('丽丽')
    const id = await p.drafted(member)
    await p.ok(act(p.officer, id, 'agree', { note: '内部意见' }), 'branch_agreed')
    const early = await member.client.send<Code>('POST', `/my/transfers/${id}/arrival`, {})
    expect(early.body.code).toBe('transfers.not_issued')
    const own = await member.client.send('GET', '/my/transfers')
    expect(own.body).toMatchObject({
      rows: [{ id, state: 'branch_agreed', mayReport: false, steps: [{ act: 'draft' }, { act: 'agree' }] }],
    })
    expect(JSON.stringify(own.body)).not.toContain('内部意见')
    const other = await p.plant('旁人')
    expect((await other.client.send('GET', '/my/transfers')).body).toEqual({ rows: [] })
  })
})

describe('an organisation that moves meanwhile', () => {
  it('takes its transfers along, and the committee above it now decides', async () => {
    const [id, open] = [await p.issued(await p.plant('搬一')), await p.drafted(await p.plant('搬二'))]
    const { teachers, medicine } = f.orgs
    const admin = await f.signIn('committee_admin', 'committee')
    const plan = await admin.send<{ hash: string }>('POST', `/orgs/${teachers.id}/move/plan`, { parentId: medicine.id })
    const moved = await admin.send('POST', `/orgs/${teachers.id}/move`, {
      parentId: medicine.id,
      effectiveOn: '2026-11-02',
      documentNumber: '校党〔2026〕9号',
      planHash: plan.body.hash,
    })
    expect(moved, JSON.stringify(moved.body)).toMatchObject({ status: 200 })
    expect((await seen(p.sender, id)).state).toBe('awaiting')
    await p.ok(act(p.sender, open, 'agree'), 'branch_agreed')
    await p.ok(act(p.receiver, id, 'receive'), 'received')
  })
})
