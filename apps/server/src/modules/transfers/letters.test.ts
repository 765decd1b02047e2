import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { act, type Code, type Done, type People, peopleOf, type Seen, seen } from './transfers.fixture.ts'
import { expireLetters, findStranded } from './transfers.jobs.ts'

let f: Fixture
let p: People
/** Turns the clock; those who are signed in stay so, which is not what is tested here. */
const on = async (day: string): Promise<Date> => {
  const now = new Date(`${day}T02:00:00Z`)
  f.setNow(now)
  await f.admin
    .updateTable('access_session')
    .set({ last_seen_at: now, expires_at: new Date('2028-01-01T00:00:00Z') })
    .execute()
  return now
}
const clockwork = async (day: string) => {
  const now = await on(day)
  return { platform: f.platform, now, signal: new AbortController().signal }
}
type Row = { id: string; name: string; state: string; side: string }
const rows = async (client: Client, query: string) =>
  (await client.send<{ rows: Row[]; next: string | null }>('GET', `/transfers?${query}`)).body

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
    expect((await rows(p.sender, 'text=毕一')).rows).toEqual([])
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
    const found = await rows(p.sender, `batchId=${made.body.batchId}&sort=name`)
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
    expect((await rows(p.receiver, 'tab=inbox')).rows.map(({ name }) => name)).toEqual(['毕四'])
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

describe('the clock of a letter', () => {
  it('runs out for those who did not report, not for those who did', async () => {
    f.setNow(NOW)
    const [late, reporting] = [await p.plant('钟一'), await p.plant('钟二')]
    const [lateId, reportedId] = [await p.issued(late), await p.issued(reporting)]
    const report = (who: typeof late, id: string) => who.client.send<Code>('POST', `/my/transfers/${id}/arrival`, {})
    expect((await report(late, reportedId)).body.code).toBe('transfers.not_found')
    await on('2026-11-20')
    expect((await report(reporting, reportedId)).status).toBe(200)
    expect((await report(reporting, reportedId)).status).toBe(200)
    expect(await expireLetters(await clockwork('2026-12-02'))).toBe(0)
    expect(await expireLetters(await clockwork('2026-12-03'))).toBeGreaterThan(0)
    expect(await expireLetters(await clockwork('2026-12-03'))).toBe(0)
    const receiver = await f.signIn('branch_secretary', 'nurses')
    expect(await seen(receiver, lateId)).toMatchObject({ state: 'expired', lamp: 'red' })
    // Both branches are told: the old one of its letter, the new one of whom it waits for no more.
    await f.deliver()
    const { rows: told } = (await receiver.send<{ rows: { kind: string }[] }>('GET', '/my/notices')).body
    expect(told.map(({ kind }) => kind)).toContain('transfer_expired')
    expect((await act<Code>(receiver, lateId, 'receive')).body.code).toBe('transfers.letter_expired')
    expect((await report(late, lateId)).body.code).toBe('transfers.letter_expired')
    // Reported in time: the receiver is late, the letter was valid.
    await p.ok(act(receiver, reportedId, 'receive'), 'received')
    expect((await rows(receiver, 'tab=expired')).rows.map(({ id }) => id)).toContain(lateId)
  })

  it('is set again by a renewal, which another one than the maker decides and the old letter refers to', async () => {
    f.setNow(NOW)
    const member = await p.plant('钟三')
    const id = await p.issued(member)
    await expireLetters(await clockwork('2026-12-04'))
    const sender = await f.signIn('branch_secretary', 'teachers')
    const again = await sender.send<Code>('POST', '/transfers', p.body(member))
    expect(again.body.code).toBe('transfers.unsettled')
    const approver = await f.signIn('committee_admin', 'committee')
    expect((await act<Code>(approver, id, 'renew')).body.code).toBe('transfers.reason_missing')
    await p.ok(act(approver, id, 'renew', { note: '路途耽搁', validDays: 60 }), 'expired')
    const old = await seen(approver, id)
    const fresh = await seen(approver, old.renewedById ?? '')
    expect(fresh).toMatchObject({ state: 'awaiting', validUntil: '2027-02-02', renewsId: id, lamp: 'green' })
    expect(old.lamp).toBeNull()
    expect((await act<Code>(approver, id, 'renew', { note: '再开一封' })).body.code).toBe('transfers.wrong_state')
  })

  it('runs out also when the six months since the first letter are over already', async () => {
    f.setNow(NOW)
    let id = await p.issued(await p.plant('钟五'))
    const approver = await f.signIn('committee_admin', 'committee')
    for (const day of ['2027-01-20', '2027-04-25']) {
      await expireLetters(await clockwork(day))
      await p.ok(act(approver, id, 'renew', { note: '路途耽搁', validDays: 90 }), 'expired')
      id = (await seen(approver, id)).renewedById ?? ''
    }
    expect(await expireLetters(await clockwork('2027-08-25'))).toBeGreaterThan(0)
    expect(await seen(approver, id)).toMatchObject({ state: 'expired', validUntil: '2027-07-24' })
    const task = await f.admin
      .selectFrom('deadlines_item')
      .select(['due_on as dueOn', 'state'])
      .where('key', '=', `transfers.stranded/${id}`)
      .executeTakeFirst()
    expect(task).toEqual({ dueOn: '2027-05-02', state: 'open' })
  })

  it('leaves six months without landing to people: said once, settled with a reason, nothing by itself', async () => {
    f.setNow(NOW)
    const member = await p.plant('钟四')
    const id = await p.issued(member)
    await expireLetters(await clockwork('2026-12-03'))
    await findStranded(await clockwork('2027-05-01'))
    const approver = await f.signIn('committee_admin', 'committee')
    expect(await seen(approver, id)).toMatchObject({ strandedOn: null })
    expect(await findStranded(await clockwork('2027-05-02'))).toBeGreaterThan(0)
    expect(await findStranded(await clockwork('2027-05-02'))).toBe(0)
    expect(await seen(approver, id)).toMatchObject({ strandedOn: '2027-05-02', state: 'expired' })
    const task = await f.admin
      .selectFrom('deadlines_item')
      .select(['due_on as dueOn', 'permission', 'state'])
      .where('key', '=', `transfers.stranded/${id}`)
      .executeTakeFirst()
    expect(task).toEqual({ dueOn: '2027-05-02', permission: 'transfers.approve', state: 'open' })
    expect((await act<Code>(approver, id, 'settle', { note: '已谈话' })).body.code).toBe('transfers.settlement_missing')
    await p.ok(act(approver, id, 'settle', { note: '已谈话，继续留在原支部', settlement: 'stays' }), 'expired')
    const standing = await f.admin
      .selectFrom('members_member')
      .select(['status', 'in_transfer_since as since'])
      .where('id', '=', member.id)
      .executeTakeFirst()
    expect(standing).toEqual({ status: 'normal', since: null })
  })
})

describe('committees that merge', () => {
  type Made = { id: string }
  const founded = async (admin: Client, parentId: string, kind: string, name: string) =>
    (await admin.send<Made>('POST', '/orgs', { parentId, kind, name, effectiveOn: '2026-10-01' })).body.id

  it('keep the letters of both, though both have given the same number, and go on counting', async () => {
    await on('2026-11-02')
    const admin = await f.signIn('committee_admin', 'committee')
    const [first, second] = await Promise.all(
      ['甲学院党委', '乙学院党委'].map(async (name) => {
        const committee = await founded(admin, f.orgs.committee.id, 'committee', name)
        const branch = await founded(admin, committee, 'branch', `${name}第一党支部`)
        return { committee, branch }
      }),
    )
    const issuedAt = async (branch: string, name: string) => {
      const member = await p.plant(name)
      const { path } = await f.admin
        .selectFrom('org_unit')
        .select('path')
        .where('id', '=', branch)
        .executeTakeFirstOrThrow()
      await f.admin
        .updateTable('members_member')
        .set({ org_id: branch, org_path: path })
        .where('id', '=', member.id)
        .execute()
      const id = (await admin.send<Done>('POST', '/transfers', p.body(member))).body.id
      await p.ok(act(admin, id, 'agree'), 'branch_agreed')
      await p.ok(act(await f.signIn('committee_admin', 'committee'), id, 'approve'), 'committee_approved')
      await p.ok(act(admin, id, 'issue'), 'awaiting')
      return seen(admin, id)
    }
    const numbers = [await issuedAt(first?.branch ?? '', '并一'), await issuedAt(second?.branch ?? '', '并二')]
    expect(numbers.map(({ number }) => number)).toEqual(['2026-0001', '2026-0001'])
    const at = `/orgs/${first?.committee}/merge`
    const plan = await admin.send<{ hash: string }>('POST', `${at}/plan`, { intoId: second?.committee })
    const merged = await admin.send('POST', at, {
      intoId: second?.committee,
      effectiveOn: '2026-11-01',
      documentNumber: '江大党发〔2026〕30号',
      planHash: plan.body.hash,
    })
    expect(merged, JSON.stringify(merged.body)).toMatchObject({ status: 200 })
    expect(await issuedAt(first?.branch ?? '', '并三')).toMatchObject({ number: '2026-0002' })
  })
})

describe('notices', () => {
  it('tell the person of the letter and of its end, and the old branch of a letter that came back', async () => {
    f.setNow(NOW)
    const member = await p.plant('报信')
    const id = await p.issued(member)
    await p.ok(act(p.receiver, id, 'return', { note: '单位已变' }), 'returned')
    await f.deliver()
    const told = (personId: string) =>
      f.admin
        .selectFrom('notices_delivery as d')
        .innerJoin('notices_notice as n', 'n.id', 'd.notice_id')
        .select(['n.kind', 'n.path'])
        .where('d.person_id', '=', personId)
        .orderBy('n.id')
        .execute()
    expect(await told(member.personId)).toEqual([
      { kind: 'transfer_issued', path: '/transfers' },
      { kind: 'transfer_returned', path: '/transfers' },
    ])
    expect((await told(p.sender.personId)).map(({ kind }) => kind)).toContain('transfer_returned')
    expect(await told(p.sibling.personId)).toEqual([])
  })
})

describe('on the phone', () => {
  it('the person sees the own transfers, without what others wrote about them', async () => {
    f.setNow(NOW)
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

describe('paper', () => {
  const print = (client: Client, body: object) =>
    client.send<Code & string>('POST', '/transfers/print', { format: 'pdf', ...body })

  it('is refused before the letter, for the other side, and for a receipt of nothing', async () => {
    f.setNow(NOW)
    const id = await p.drafted(await p.plant('纸一'))
    expect((await print(p.worker, { ids: [id], form: 'letter' })).body.code).toBe('transfers.not_issued')
    await p.approved(id)
    await p.ok(act(p.worker, id, 'issue'), 'awaiting')
    expect((await print(p.receiver, { ids: [id], form: 'letter' })).body.code).toBe('transfers.not_your_side')
    expect((await print(p.receiver, { ids: [id], form: 'receipt' })).body.code).toBe('transfers.wrong_state')
    expect((await print(p.sibling, { ids: [id], form: 'letter' })).body.code).toBe('transfers.not_found')
  })

  it('comes in one document for many, and says in the audit what was printed again', async () => {
    const ids = [await p.issued(await p.plant('纸二')), await p.issued(await p.plant('纸三'))]
    const first = await print(p.worker, { ids, form: 'letter' })
    expect(first.status).toBe(200)
    expect(first.body.slice(0, 5)).toBe('%PDF-')
    expect((await print(p.worker, { ids: [ids[0]], form: 'letter', format: 'docx' })).status).toBe(200)
    const told = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'transfers.printed')
      .orderBy('id')
      .execute()
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { copies: 2, reprints: 0 },
      { copies: 1, reprints: 1 },
    ])
    await p.ok(act(p.receiver, ids[0] as string, 'receive'), 'received')
    expect((await print(p.receiver, { ids: [ids[0]], form: 'receipt' })).status).toBe(200)
  })

  it('exports the stubs with the year until which they are kept', async () => {
    const file = await p.worker.send('POST', '/transfers/export', { tab: 'stubs', purpose: '存根归档' })
    expect(file.status).toBe(200)
    expect(
      (await p.sibling.send('POST', '/transfers/export', { orgId: f.orgs.teachers.id, purpose: '查看' })).status,
    ).toBe(404)
  })
})

describe('a list that is too long to take along', () => {
  it('is refused with the remedy', async () => {
    f.setNow(NOW)
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

describe('the list', () => {
  it('pages by key without losing or doubling a row, and counts what waits', async () => {
    const all: string[] = []
    let cursor = ''
    do {
      const page = await rows(p.approver, `tab=all&limit=5&sort=validUntil${cursor ? `&cursor=${cursor}` : ''}`)
      all.push(...page.rows.map(({ id }) => id))
      cursor = page.next ?? ''
    } while (cursor)
    const whole = (await rows(p.approver, 'tab=all&limit=100')).rows
    expect([new Set(all).size, all.length]).toEqual([whole.length, whole.length])
    const counts = (await p.approver.send<Record<string, number>>('GET', '/transfers/counts')).body
    for (const tab of ['todo', 'open', 'due', 'inbox'] as const)
      expect((await rows(p.approver, `tab=${tab}&limit=100`)).rows, tab).toHaveLength(counts[tab] ?? -1)
    const waiting = await p.approver.send<{ rows: { module: string; count: number }[] }>('GET', '/workbench/waiting')
    expect(waiting.body.rows.find(({ module }) => module === 'transfers')?.count).toBe(counts.todo)
  })

  it('lists as to do exactly what the post may move on', async () => {
    for (const client of [p.sender, p.officer, p.receiver, p.approver, p.second, p.worker]) {
      const todo = new Set((await rows(client, 'tab=todo&limit=100')).rows.map(({ id }) => id))
      for (const { id } of (await rows(client, 'tab=all&limit=100')).rows) {
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

describe('row security alone', () => {
  it('shows a letter to both sides, the person and nobody else', async () => {
    f.setNow(NOW)
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

describe('an organisation that moves meanwhile', () => {
  it('takes its transfers along, and the committee above it now decides', async () => {
    f.setNow(NOW)
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
