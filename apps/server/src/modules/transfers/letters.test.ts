import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { clockwork, turned } from '../../test/turned-clock.ts'
import { act, type Code, type Done, listed, type People, peopleOf, seen } from './transfers.fixture.ts'
import { expireLetters, findStranded } from './transfers.jobs.ts'

let f: Fixture
let p: People

beforeAll(async () => {
  f = await openFixture()
  p = await peopleOf(f)
})

describe('the clock of a letter', () => {
  it('runs out for those who did not report, not for those who did', async () => {
    f.setNow(NOW)
    const [late, reporting] = [await p.plant('钟一'), await p.plant('钟二')]
    const [lateId, reportedId] = [await p.issued(late), await p.issued(reporting)]
    const report = (who: typeof late, id: string) => who.client.send<Code>('POST', `/my/transfers/${id}/arrival`, {})
    expect((await report(late, reportedId)).body.code).toBe('transfers.not_found')
    await turned(f, '2026-11-20')
    expect((await report(reporting, reportedId)).status).toBe(200)
    expect((await report(reporting, reportedId)).status).toBe(200)
    expect(await expireLetters(await clockwork(f, '2026-12-02'))).toBe(0)
    expect(await expireLetters(await clockwork(f, '2026-12-03'))).toBeGreaterThan(0)
    expect(await expireLetters(await clockwork(f, '2026-12-03'))).toBe(0)
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
    expect((await listed(receiver, 'tab=expired')).rows.map(({ id }) => id)).toContain(lateId)
  })

  it('is set again by a renewal, which another one than the maker decides and the old letter refers to', async () => {
    f.setNow(NOW)
    const member = await p.plant('钟三')
    const id = await p.issued(member)
    await expireLetters(await clockwork(f, '2026-12-04'))
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
      await expireLetters(await clockwork(f, day))
      await p.ok(act(approver, id, 'renew', { note: '路途耽搁', validDays: 90 }), 'expired')
      id = (await seen(approver, id)).renewedById ?? ''
    }
    expect(await expireLetters(await clockwork(f, '2027-08-25'))).toBeGreaterThan(0)
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
    await expireLetters(await clockwork(f, '2026-12-03'))
    await findStranded(await clockwork(f, '2027-05-01'))
    const approver = await f.signIn('committee_admin', 'committee')
    expect(await seen(approver, id)).toMatchObject({ strandedOn: null })
    expect(await findStranded(await clockwork(f, '2027-05-02'))).toBeGreaterThan(0)
    expect(await findStranded(await clockwork(f, '2027-05-02'))).toBe(0)
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
    await turned(f, '2026-11-02')
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
