import { addDays } from '@tongxin/domain'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { act, type Code, type Done, type People, peopleOf, type Seen, seen } from './transfers.fixture.ts'

let f: Fixture
let p: People
const TODAY = '2026-11-02'

beforeAll(async () => {
  f = await openFixture()
  p = await peopleOf(f)
})
beforeEach(() => f.setNow(NOW))

describe('a prepared transfer', () => {
  it('is refused to strangers, to people without the permission and for members of a sibling', async () => {
    const member = await p.plant('甲一')
    expect((await f.stranger.send('POST', '/transfers', p.body(member))).status).toBe(401)
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await leader.send('POST', '/transfers', p.body(member))).status).toBe(403)
    const other = await p.sibling.send<Code>('POST', '/transfers', p.body(member))
    expect(other).toMatchObject({ status: 404, body: { code: 'transfers.no_such_member' } })
  })

  it.each([
    ['transfers.no_destination', { toOrgId: undefined }],
    ['transfers.no_kind', { toOrgId: undefined, toName: '滨海大学委员会' }],
    ['transfers.no_such_org', { toOrgId: '00000000-0000-7000-8000-000000000009' }],
  ])('is refused with %s and the field', async (code, more) => {
    const member = await p.plant('甲二')
    const refused = await p.sender.send<Code>('POST', '/transfers', p.body(member, more))
    expect(refused.body).toMatchObject({ code, fields: [{ code }] })
  })

  it('is refused to the own branch, to what is no branch, and for who has left', async () => {
    const member = await p.plant('甲三')
    const to = (org: 'teachers' | 'faculty') => p.body(member, { toOrgId: f.orgs[org].id })
    expect((await p.sender.send<Code>('POST', '/transfers', to('teachers'))).body.code).toBe('transfers.same_branch')
    expect((await p.sender.send<Code>('POST', '/transfers', to('faculty'))).body.code).toBe('transfers.not_a_branch')
    const applicant = await p.plant('甲八', { category: 'applicant' })
    expect((await p.sender.send<Code>('POST', '/transfers', p.body(applicant))).body.code).toBe(
      'transfers.not_transferable',
    )
    const gone = await p.plant('甲四', { status: 'left' })
    expect((await p.sender.send<Code>('POST', '/transfers', p.body(gone))).body.code).toBe('transfers.not_transferable')
  })

  it('is refused while another one is under way', async () => {
    const member = await p.plant('甲五')
    await p.drafted(member)
    const again = await p.sender.send<Code>('POST', '/transfers', p.body(member))
    expect(again).toMatchObject({ status: 409, body: { code: 'transfers.open_already' } })
  })

  it('may be changed until the branch has agreed, and not in a version nobody has seen', async () => {
    const id = await p.drafted(await p.plant('甲六'))
    const change = { reason: '回原籍工作', toName: '滨海大学委员会', kind: 'other_province', destinationApproves: true }
    const stale = await p.sender.send<Code>('PUT', `/transfers/${id}`, change, { 'if-match': '"7"' })
    expect(stale).toMatchObject({ status: 412 })
    const done = await p.sender.send('PUT', `/transfers/${id}`, change, { 'if-match': '"1"' })
    expect(done).toMatchObject({ status: 200, body: { version: 2 } })
    expect(await seen(p.sender, id)).toMatchObject({
      direction: 'out',
      toName: '滨海大学委员会',
      needsDepartment: false,
    })
    await p.ok(act(p.sender, id, 'agree'), 'branch_agreed')
    const late = await p.sender.send<Code>('PUT', `/transfers/${id}`, change, { 'if-match': '"3"' })
    expect(late).toMatchObject({ status: 409, body: { code: 'transfers.wrong_state' } })
  })
})

describe('who may do what', () => {
  it('keeps maker and checker apart, and the decision with the committee', async () => {
    const member = await p.plant('乙一')
    const made = await p.approver.send<Done>('POST', '/transfers', p.body(member))
    const { id } = made.body
    await p.ok(act(p.sender, id, 'agree'), 'branch_agreed')
    expect((await act<Code>(p.approver, id, 'approve')).body.code).toBe('transfers.maker_decides')
    expect((await act<Code>(p.sender, id, 'approve')).body.code).toBe('request.not_permitted')
    const general = await f.signIn('committee_admin', 'faculty')
    expect((await act<Code>(general, id, 'approve')).body.code).toBe('transfers.not_superior')
    await p.ok(act(p.second, id, 'approve'), 'committee_approved')
    expect((await act<Code>(p.sender, id, 'issue')).body.code).toBe('transfers.not_superior')
    await p.ok(act(p.worker, id, 'issue'), 'awaiting')
    expect((await act<Code>(p.sender, id, 'receive')).body.code).toBe('transfers.not_your_side')
    expect((await act<Code>(p.second, id, 'receive')).body.code).toBe('transfers.maker_decides')
    await p.ok(act(p.receiver, id, 'receive'), 'received')
  })

  it('refuses the approval of the own transfer and of one that the approver has changed', async () => {
    const member = await p.plant('乙本人')
    const concerned = await f.signIn('committee_admin', 'committee', { memberId: member.id })
    await f.admin
      .updateTable('members_member')
      .set({ person_id: concerned.personId })
      .where('id', '=', member.id)
      .execute()
    const own = await p.drafted(member)
    await p.ok(act(p.officer, own, 'agree'), 'branch_agreed')
    expect(await act<Code>(concerned, own, 'approve')).toMatchObject({
      status: 403,
      body: { code: 'transfers.own_matter' },
    })
    const id = await p.drafted(await p.plant('乙改动'))
    const change = { reason: '改去学生支部', toOrgId: f.orgs.students.id }
    expect((await p.approver.send('PUT', `/transfers/${id}`, change, { 'if-match': '"1"' })).status).toBe(200)
    await p.ok(act(p.officer, id, 'agree'), 'branch_agreed')
    expect((await act<Code>(p.approver, id, 'approve')).body.code).toBe('transfers.maker_decides')
    await p.ok(act(p.second, id, 'approve'), 'committee_approved')
  })

  it.each(['expelled', 'deceased', 'suspended'])(
    'refuses to land a relation whose holder is %s meanwhile',
    async (status) => {
      const outside = {
        toOrgId: undefined,
        toName: '滨海大学委员会',
        kind: 'other_province',
        destinationApproves: true,
      }
      for (const [more, receiver] of [[{}, p.receiver] as const, [outside, p.officer] as const]) {
        const member = await p.plant('乙变故')
        const id = await p.issued(member, more)
        await f.admin.updateTable('members_member').set({ status }).where('id', '=', member.id).execute()
        expect(await act<Code>(receiver, id, 'receive')).toMatchObject({
          status: 409,
          body: { code: 'transfers.not_transferable' },
        })
        await p.ok(act(p.second, id, 'revoke', { note: '党籍已有变化' }), 'revoked')
        const kept = await f.admin.selectFrom('members_member').select('status').where('id', '=', member.id).execute()
        expect(kept).toEqual([{ status }])
      }
    },
  )

  it('shows beside every act why it may not be done, as the server would refuse it', async () => {
    const id = await p.drafted(await p.plant('乙二'))
    const { acts } = await seen(p.sender, id)
    expect(acts.find(({ act: name }) => name === 'agree')?.whyNot).toBeNull()
    for (const { act: name, whyNot } of acts.filter(({ whyNot }) => whyNot !== null)) {
      expect((await act<Code>(p.sender, id, name as 'approve', { note: '不应通过' })).body.code, name).toBe(whyNot)
    }
  })

  it('keeps each side to its own part', async () => {
    const id = await p.drafted(await p.plant('乙三'))
    expect((await p.receiver.send<Code>('GET', `/transfers/${id}`)).body.code).toBe('transfers.not_found')
    expect((await p.sibling.send<Code>('GET', `/transfers/${id}`)).status).toBe(404)
    await p.approved(id)
    expect((await p.receiver.send('GET', `/transfers/${id}`)).status).toBe(404)
    await p.ok(act(p.worker, id, 'issue'), 'awaiting')
    const theirs = await seen(p.receiver, id)
    expect(theirs).toMatchObject({ side: 'receiving', reason: '', batchId: null })
    expect(theirs.steps.map((step) => step.act)).toEqual(['issue'])
    expect((await seen(p.sender, id)).steps.map((step) => step.act)).toEqual(['draft', 'agree', 'approve', 'issue'])
    expect((await p.sibling.send('GET', `/transfers/${id}`)).status).toBe(404)
  })

  it('asks for a reason when it is sent back, returned or revoked', async () => {
    const id = await p.drafted(await p.plant('乙四'))
    await p.ok(act(p.officer, id, 'agree'), 'branch_agreed')
    expect((await act<Code>(p.approver, id, 'send_back')).body.code).toBe('transfers.reason_missing')
    await p.ok(act(p.approver, id, 'send_back', { note: '请补充去向' }), 'draft')
    await p.approved(id)
    await p.ok(act(p.worker, id, 'issue'), 'awaiting')
    expect((await act<Code>(p.receiver, id, 'return')).body.code).toBe('transfers.reason_missing')
    await p.ok(act(p.receiver, id, 'return', { note: '本人未到我单位工作' }), 'returned')
    expect(await seen(p.sender, id)).toMatchObject({ returnedReason: '本人未到我单位工作', lamp: null })
  })
})

describe('the organisation department', () => {
  const outside = { toOrgId: undefined, toName: '滨海大学委员会', kind: 'other_province' }

  it('is asked where the committee outside does not approve probationary members, with its document', async () => {
    const id = await p.approved(await p.drafted(await p.plant('丙一'), outside))
    expect(await seen(p.sender, id)).toMatchObject({ needsDepartment: true })
    expect((await act<Code>(p.worker, id, 'issue')).body.code).toBe('transfers.wrong_state')
    expect((await act<Code>(p.approver, id, 'approve_department')).body.code).toBe('transfers.maker_decides')
    expect((await act<Code>(p.second, id, 'approve_department')).body.code).toBe('transfers.document_missing')
    const document = { documentNumber: '组转〔2026〕12号' }
    await p.ok(act(p.second, id, 'approve_department', document), 'department_approved')
    await p.ok(act(p.worker, id, 'issue'), 'awaiting')
  })

  it('is not needed between committees that both approve (MEM-8), and always for the army', async () => {
    const direct = await p.approved(await p.drafted(await p.plant('丙二'), { ...outside, destinationApproves: true }))
    expect((await act<Code>(p.second, direct, 'approve_department')).body.code).toBe('transfers.no_department_needed')
    await p.ok(act(p.worker, direct, 'issue'), 'awaiting')
    const army = { ...outside, kind: 'beyond_system', toName: '某部政治工作处', destinationApproves: true }
    expect(await seen(p.sender, await p.drafted(await p.plant('丙三'), army))).toMatchObject({ needsDepartment: true })
  })
})

describe('the letter', () => {
  it('is numbered by committee and year, holds by setting, and never longer than the rule allows', async () => {
    const first = await p.issued(await p.plant('丁一'))
    const second = await p.approved(await p.drafted(await p.plant('丁二')))
    expect((await act<Code>(p.worker, second, 'issue', { validDays: 91 })).body.code).toBe('transfers.too_long_valid')
    await p.ok(act(p.worker, second, 'issue', { validDays: 10 }), 'awaiting')
    const [one, two] = [await seen(p.sender, first), await seen(p.sender, second)]
    expect(one).toMatchObject({ validUntil: addDays(TODAY, 30), daysLeft: 30, lamp: 'green' })
    expect(two).toMatchObject({ validUntil: addDays(TODAY, 10), lamp: 'yellow' })
    const running = (seenOne: Seen) => Number(seenOne.number?.split('-')[1])
    expect([one.number?.slice(0, 5), running(two) - running(one)]).toEqual(['2026-', 1])
  })

  it('must say until when dues are paid', async () => {
    const id = await p.approved(await p.drafted(await p.plant('丁三'), { duesPaidUntil: undefined }))
    expect((await act<Code>(p.worker, id, 'issue')).body).toMatchObject({
      code: 'transfers.dues_missing',
      fields: [{ field: '/body/duesPaidUntil' }],
    })
    await p.ok(act(p.worker, id, 'issue', { duesPaidUntil: '2026-11' }), 'awaiting')
  })

  it('marks the member as being on the way until it is received, and no longer when it is revoked', async () => {
    const member = await p.plant('丁四')
    const since = async () =>
      (
        await f.admin
          .selectFrom('members_member')
          .select('in_transfer_since as since')
          .where('id', '=', member.id)
          .executeTakeFirstOrThrow()
      ).since
    const id = await p.issued(member)
    expect(await since()).toBe(TODAY)
    await p.ok(act(p.approver, id, 'revoke', { note: '本人不再调动' }), 'revoked')
    expect(await since()).toBeNull()
    expect((await act<Code>(p.receiver, id, 'receive')).body.code).toBe('transfers.wrong_state')
  })

  it('sets the due dates of both branches and of the person, and ends them with the receipt', async () => {
    const member = await p.plant('丁五')
    const id = await p.issued(member)
    const due = () =>
      f.admin
        .selectFrom('deadlines_item')
        .select(['org_path as path', 'person_id as personId', 'state', 'due_on as dueOn'])
        .where('key', 'like', `transfers.letter/${id}/%`)
        .orderBy('key')
        .execute()
    const until = addDays(TODAY, 30)
    expect(await due()).toEqual([
      { path: f.orgs.teachers.path, personId: member.personId, state: 'open', dueOn: until },
      { path: f.orgs.nurses.path, personId: null, state: 'open', dueOn: until },
    ])
    await p.ok(act(p.receiver, id, 'receive'), 'received')
    expect((await due()).map(({ state }) => state)).toEqual(['done', 'done'])
  })
})

describe('the receipt', () => {
  it('moves the record, the history, the counts and the boundary of the dues to the new branch', async () => {
    const member = await p.plant('戊一')
    await f.deliver()
    const count = async (org: 'teachers' | 'nurses') =>
      (
        await f.admin
          .selectFrom('org_count')
          .select('people')
          .where('unit_id', '=', f.orgs[org].id)
          .where('category', '=', 'formal')
          .executeTakeFirst()
      )?.people ?? 0
    const before = [await count('teachers'), await count('nurses')]
    const id = await p.issued(member)
    f.setNow(new Date('2026-11-05T02:00:00Z'))
    const receiver = await f.signIn('branch_secretary', 'nurses')
    const sender = await f.signIn('branch_secretary', 'teachers')
    await p.ok(act(receiver, id, 'receive', { on: '2026-11-04' }), 'received')
    await f.deliver()
    expect([await count('teachers'), await count('nurses')]).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) + 1])
    const record = await receiver.send('GET', `/members/${member.id}`)
    expect(record.body).toMatchObject({
      card: { orgId: f.orgs.nurses.id },
      fields: { branchEnteredOn: '2026-11-04', duesPaidUntil: '2026-10-31' },
    })
    expect((await sender.send('GET', `/members/${member.id}`)).status).toBe(404)
    expect((await seen(sender, id)).state).toBe('received')
  })

  it('is taken once, on a day between the letter and today, and cannot be revoked', async () => {
    const id = await p.issued(await p.plant('戊二'))
    expect((await act<Code>(p.receiver, id, 'receive', { on: '2026-11-03' })).body.code).toBe('transfers.in_future')
    expect((await act<Code>(p.receiver, id, 'receive', { on: '2026-11-01' })).body.code).toBe('transfers.before_issue')
    await p.ok(act(p.receiver, id, 'receive'), 'received')
    expect((await act<Code>(p.receiver, id, 'receive')).body.code).toBe('transfers.already_received')
    expect((await act<Code>(p.approver, id, 'revoke', { note: '想撤回' })).body.code).toBe('transfers.already_received')
  })

  it('is refused for a letter that was not valid on the day of reporting (MEM-9)', async () => {
    const id = await p.issued(await p.plant('戊三'))
    f.setNow(new Date('2026-12-10T02:00:00Z'))
    const late = await f.signIn('branch_secretary', 'nurses')
    const refused = await act<Code>(late, id, 'receive')
    expect(refused).toMatchObject({ status: 409, body: { code: 'transfers.letter_expired' } })
    await p.ok(act(late, id, 'receive', { on: '2026-12-02' }), 'received')
  })

  it('from outside ends the membership here; the record stays', async () => {
    const member = await p.plant('戊四')
    const outside = { toOrgId: undefined, toName: '滨海大学委员会', kind: 'province', destinationApproves: true }
    const id = await p.issued(member, outside)
    expect((await act<Code>(p.sender, id, 'receive')).body.code).toBe('transfers.maker_decides')
    await p.ok(act(p.officer, id, 'receive', { receivedBy: '滨海大学组织部' }), 'received')
    const record = await p.sender.send('GET', `/members/${member.id}`)
    expect(record.body).toMatchObject({ card: { status: 'transferred', orgId: f.orgs.teachers.id } })
    expect((await member.client.send('GET', '/my/transfers')).status).toBe(401)
  })
})

describe('somebody from outside', () => {
  const letter = { number: '滨组转〔2026〕33号', issuedOn: '2026-10-20', validDays: 30, arrivedOn: '2026-11-01' }
  const facts = { name: '何远来', idNumber: idOf('11010119880808123'), category: 'formal', joinedOn: '2010-06-01' }
  const body = (more: object = {}) => ({
    orgId: f.orgs.nurses.id,
    kind: 'province',
    fromName: '滨海大学委员会',
    reason: '人才引进',
    duesPaidUntil: '2026-10',
    letter,
    facts,
    ...more,
  })
  const made = (more: object = {}) => p.receiver.send<Done & Code>('POST', '/transfers/incoming', body(more))

  it.each([
    ['transfers.letter_expired', { letter: { ...letter, validDays: 5 } }],
    ['transfers.before_issue', { letter: { ...letter, arrivedOn: '2026-10-19' } }],
    ['transfers.in_future', { letter: { ...letter, arrivedOn: '2026-11-03' } }],
    ['transfers.facts_wrong', { facts: { ...facts, idNumber: '110101198808081230' } }],
  ])('is refused with %s', async (code, more) => {
    expect((await made(more)).body.code).toBe(code)
  })

  it('is refused outside the own scope and at what is no branch', async () => {
    expect((await made({ orgId: f.orgs.teachers.id })).body.code).toBe('transfers.no_such_org')
    const medicine = await f.signIn('branch_secretary', 'medicine')
    const at = await medicine.send<Code>('POST', '/transfers/incoming', body({ orgId: f.orgs.medicine.id }))
    expect(at.body.code).toBe('transfers.not_a_branch')
  })

  it('is registered after the committee approved, once, and keeps the record when coming back later', async () => {
    const { id } = (await made()).body
    const shown = await seen(p.receiver, id)
    expect(shown).toMatchObject({ direction: 'in', incoming: { name: '何远来' }, number: null })
    expect(JSON.stringify(shown)).not.toContain(facts.idNumber)
    expect((await act<Code>(p.receiver, id, 'receive')).body.code).toBe('transfers.wrong_state')
    await p.ok(act(p.receiver, id, 'agree'), 'branch_agreed')
    await p.ok(act(p.approver, id, 'approve'), 'committee_approved')
    await p.ok(act(p.receiver, id, 'receive'), 'received')
    const { memberId } = (await seen(p.receiver, id)) as Seen & { memberId: string }
    const record = await p.receiver.send('GET', `/members/${memberId}`)
    expect(record.body).toMatchObject({
      card: { name: '何远来', status: 'normal' },
      fields: { branchEnteredOn: '2026-11-01', duesPaidUntil: '2026-10-31' },
    })
    // The same person again while the record is alive: whose it is stays untold.
    const again = (await made()).body.id
    await p.ok(act(p.receiver, again, 'agree'), 'branch_agreed')
    await p.ok(act(p.approver, again, 'approve'), 'committee_approved')
    expect((await act<Code>(p.receiver, again, 'receive')).body.code).toBe('members.id_taken')
    // Gone and back: one person keeps one record.
    await f.admin.updateTable('members_member').set({ status: 'transferred' }).where('id', '=', memberId).execute()
    await p.ok(act(p.receiver, again, 'receive'), 'received')
    expect(await seen(p.receiver, again)).toMatchObject({ memberId })
    expect((await p.receiver.send('GET', `/members/${memberId}`)).body).toMatchObject({ card: { status: 'normal' } })
  })
})

describe('a cursor that somebody wrote himself', () => {
  it.each([
    ['number', ['number', 'x', 'no-id']],
    ['validUntil', ['validUntil', 'hello', '00000000-0000-7000-8000-000000000009']],
    ['issuedOn', ['issuedOn', '2026-02-30', '00000000-0000-7000-8000-000000000009']],
  ])('is refused as malformed for the sort %s', async (sort, parts) => {
    const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url')
    const refused = await p.sender.send<Code>('GET', `/transfers?sort=${sort}&cursor=${cursor}`)
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'request.malformed', fields: [{ field: '/query/cursor', code: 'field.wrong_format' }] },
    })
  })
})
