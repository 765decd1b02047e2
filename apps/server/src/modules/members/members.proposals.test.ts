import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'

let f: Fixture
let secretary: Client
let worker: Client
let approver: Client
let people: People

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  ;({ secretary, worker, approver } = people)
})

describe('a proposal of a record', () => {
  const propose = (client: Client, more: object = {}, body: object = {}) =>
    client.send<{ code: string; fields: { field: string; code: string }[] }>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: people.facts(more),
      ...body,
    })

  it('is refused to the signed out and to those without the permission', async () => {
    expect((await propose(f.stranger)).status).toBe(401)
    expect(await propose(await f.signIn('group_leader', 'teachers'))).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
  })

  it('names every wrong field', async () => {
    const answer = await propose(secretary, {
      idNumber: '110101199003071230',
      joinedOn: '2012-02-30',
      phone: 'abc',
      ethnic: '99',
      name: '=1+1',
      workplace: '长'.repeat(201),
    })
    expect(answer.body.code).toBe('members.field_wrong')
    const codes = Object.fromEntries(
      answer.body.fields.map((wrong) => [wrong.field.replace('/body/facts/', ''), wrong.code]),
    )
    expect(codes).toEqual({
      ethnic: 'members.word_unknown',
      idNumber: 'members.id_number_wrong',
      joinedOn: 'members.date_wrong',
      name: 'members.name_wrong',
      phone: 'members.phone_wrong',
      workplace: 'members.too_long',
    })
  })

  it('refuses fields that are not of a record', async () => {
    expect((await propose(secretary, {}, { facts: { ...people.facts(), org_path: 'r00' } })).status).toBe(400)
    expect((await propose(secretary, {}, { state: 'approved' })).status).toBe(400)
  })

  it('needs what identifies a person', async () => {
    expect(await propose(secretary, { idNumber: null })).toMatchObject({
      status: 422,
      body: { code: 'review.incomplete' },
    })
  })

  it('is refused for an organisation out of scope as for none', async () => {
    const foreign = await propose(secretary, {}, { orgId: f.orgs.nurses.id })
    const nowhere = await propose(secretary, {}, { orgId: '01890000-0000-7000-8000-000000000000' })
    expect(foreign).toMatchObject({ status: 404, body: { code: 'members.org_not_found' } })
    expect({ ...foreign.body, requestId: 0 }).toEqual({ ...nowhere.body, requestId: 0 })
  })

  it('waits as a draft, is edited with its version only, and is withdrawn by its maker only', async () => {
    const draft = (await propose(secretary, { idNumber: null }, { draft: true })).body as unknown as Change
    expect(draft.state).toBe('draft')
    const body = { kind: 'new_record', orgId: f.orgs.teachers.id, facts: people.facts() }
    expect((await secretary.send('PUT', `/member-changes/${draft.id}`, body)).status).toBe(412)
    expect(await secretary.send('PUT', `/member-changes/${draft.id}`, body, { 'if-match': '"9"' })).toMatchObject({
      body: { code: 'request.version_stale' },
    })
    expect(await secretary.send('PUT', `/member-changes/${draft.id}`, body, { 'if-match': '"1"' })).toMatchObject({
      status: 200,
      body: { state: 'first_review', version: 2 },
    })
    expect(await worker.send('POST', `/member-changes/${draft.id}/withdraw`, {})).toMatchObject({
      status: 403,
      body: { code: 'review.not_my_proposal' },
    })
    expect(await secretary.send('POST', `/member-changes/${draft.id}/withdraw`, {})).toMatchObject({
      body: { state: 'withdrawn' },
    })
    expect(await secretary.send('POST', `/member-changes/${draft.id}/withdraw`, {})).toMatchObject({
      status: 409,
      body: { code: 'review.wrong_state' },
    })
  })
})

describe('entries of a record', () => {
  it('refuse facts of another kind, and keep what is about others sealed', async () => {
    const id = await people.registered({ idNumber: idOf('11010119920202121'), name: '赵敏', phone: null })
    const entry = { kind: 'family', fromOn: null, untilOn: null, facts: { relation: '配偶', name: '周海洋' } }
    const propose = (body: object) =>
      secretary.send<Change>('POST', '/member-changes', { memberId: id, kind: 'new_entry', entry, ...body })
    expect(await propose({ entry: { ...entry, facts: { hours: '3' } } })).toMatchObject({
      status: 422,
      body: { code: 'review.entry_fact_unknown' },
    })
    expect(await propose({ kind: 'ended_entry', entryId: '01890000-0000-7000-8000-000000000000' })).toMatchObject({
      status: 404,
      body: { code: 'review.entry_unknown' },
    })
    await people.approved((await propose({})).body.id)
    const { body } = await approver.send<{ entries: { id: string; facts: object; sealed: string[] }[] }>(
      'GET',
      `/members/${id}`,
    )
    expect(body.entries).toMatchObject([{ kind: 'family', facts: { relation: '配偶' }, sealed: ['name'] }])
    const stored = await f.admin
      .selectFrom('members_entry')
      .selectAll()
      .where('member_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(stored)).not.toContain('周海洋')
    const ended = await propose({ kind: 'ended_entry', entryId: body.entries[0]?.id, reason: '登记有误' })
    await people.approved(ended.body.id)
    expect(
      (await approver.send<{ entries: { endedReason: string }[] }>('GET', `/members/${id}`)).body.entries[0]
        ?.endedReason,
    ).toBe('登记有误')
  })
})
