import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'

let f: Fixture
let secretary: Client
let worker: Client
let approver: Client
let people: People
const ID = { wang: '11010119900307123X', li: '110101198505121232', zhang: '110101197001013007' }

ID.wang = idOf('11010119900307123')
ID.li = idOf('11010119850512123')
ID.zhang = idOf('11010119700101300')

const facts = (more: object = {}) => ({ ...people.facts(), idNumber: ID.wang, ...more })
type Rows = {
  rows: { id: string; name: string; idNumber: string; phone: string; version: number; memberNo: string }[]
  next: string | null
  total: number | null
}

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
      facts: facts(more),
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
    expect((await propose(secretary, {}, { facts: { ...facts(), org_path: 'r00' } })).status).toBe(400)
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
    const body = { kind: 'new_record', orgId: f.orgs.teachers.id, facts: facts() }
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

describe('the two reviews', () => {
  it('are given by three people, bound to the text that was read', async () => {
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: facts({ idNumber: ID.zhang, name: '张大山', phone: '13900005678' }),
    })
    const payloadHash = await people.hashOf(secretary, made.id)
    const first = (client: Client, more: object = {}) =>
      client.send('POST', `/member-changes/${made.id}/first-review`, { verdict: 'pass', payloadHash, ...more })
    const second = (client: Client, more: object = {}) =>
      client.send('POST', `/member-changes/${made.id}/second-review`, { verdict: 'pass', payloadHash, ...more })

    expect(await first(await f.signIn('branch_secretary', 'nurses'))).toMatchObject({
      status: 404,
      body: { code: 'review.not_found' },
    })
    expect(await first(secretary)).toMatchObject({ status: 403, body: { code: 'review.maker_reviews' } })
    expect(await second(approver)).toMatchObject({ status: 409, body: { code: 'review.wrong_state' } })
    expect(await first(worker, { payloadHash: '0'.repeat(64) })).toMatchObject({
      status: 409,
      body: { code: 'review.payload_changed' },
    })
    expect(await first(worker, { verdict: 'return' })).toMatchObject({
      status: 422,
      body: { code: 'review.opinion_needed' },
    })

    const both = await f.signIn('committee_admin', 'committee')
    expect(await first(both)).toMatchObject({ status: 200 })
    expect(await second(both)).toMatchObject({ status: 403, body: { code: 'review.same_reviewer' } })
    const below = await f.signIn('committee_admin', 'teachers')
    expect(await second(below)).toMatchObject({ status: 403, body: { code: 'review.not_superior' } })
    expect(
      await second(approver, { decisions: [{ field: 'email', take: 'current', reason: '没有这一项' }] }),
    ).toMatchObject({ status: 422, body: { code: 'review.decision_unknown' } })
    const done = await second(approver)
    expect(done).toMatchObject({ status: 200, body: { state: 'approved' } })
    expect(await second(approver)).toMatchObject({ status: 409, body: { code: 'review.wrong_state' } })
  })

  it('return with a reason, after which the maker proposes again', async () => {
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: facts({ idNumber: idOf('11010119880101111') }),
    })
    const payloadHash = await people.hashOf(worker, made.id)
    await worker.send('POST', `/member-changes/${made.id}/first-review`, {
      verdict: 'return',
      opinion: '入党日期与志愿书不符',
      payloadHash,
    })
    expect(await secretary.send('GET', `/member-changes/${made.id}`)).toMatchObject({
      body: { change: { state: 'returned', returnedReason: '入党日期与志愿书不符' }, can: { edit: true } },
    })
    const again = {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: facts({ idNumber: idOf('11010119880101111'), joinedOn: '2011-06-01' }),
    }
    expect(await secretary.send('PUT', `/member-changes/${made.id}`, again, { 'if-match': '"2"' })).toMatchObject({
      body: { state: 'first_review' },
    })
    expect(
      await worker.send('POST', `/member-changes/${made.id}/first-review`, { verdict: 'pass', payloadHash }),
    ).toMatchObject({ body: { code: 'review.payload_changed' } })
  })

  it('register a person once in the whole installation', async () => {
    const id = await people.registered({})
    expect(await approver.send('GET', `/members/${id}/card`)).toMatchObject({
      body: { name: '王小明', idNumber: `110***********${ID.wang.slice(-4)}`, phone: '138****1234' },
    })
    const { body: twice } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: facts(),
    })
    const payloadHash = await people.hashOf(worker, twice.id)
    await worker.send('POST', `/member-changes/${twice.id}/first-review`, { verdict: 'pass', payloadHash })
    expect(
      await approver.send('POST', `/member-changes/${twice.id}/second-review`, { verdict: 'pass', payloadHash }),
    ).toMatchObject({ status: 409, body: { code: 'members.id_taken' } })
  })

  it('show each field beside its sources and take the one that was decided', async () => {
    const id = await people.registered({ idNumber: ID.li, name: '李建国', phone: '13700001111', bornOn: '1985-05-12' })
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'correction',
      memberId: id,
      facts: { bornOn: '1985-05-21', workplace: '机械学院' },
    })
    expect(
      await secretary.send('POST', '/member-changes', { kind: 'correction', memberId: id, facts: { major: '力学' } }),
    ).toMatchObject({ status: 409, body: { code: 'review.already_open' } })
    const { body } = await worker.send<{ differences: { field: string }[]; findings: { code: string }[] }>(
      'GET',
      `/member-changes/${made.id}`,
    )
    expect(body.differences.find((row) => row.field === 'bornOn')).toEqual({
      field: 'bornOn',
      current: '1985-05-12',
      proposed: '1985-05-21',
      derived: '1985-05-12',
      roster: null,
      differs: true,
      conflict: true,
    })
    expect(body.findings.map((finding) => finding.code)).toContain('id_born')
    await people.approved(made.id, [{ field: 'bornOn', take: 'derived', reason: '以身份证为准' }])
    const { body: record } = await approver.send<{ fields: Record<string, string>; version: number }>(
      'GET',
      `/members/${id}`,
    )
    expect(record.fields).toMatchObject({ bornOn: '1985-05-12', workplace: '机械学院' })
    expect(record.version).toBe(2)
    expect(
      await secretary.send('POST', '/member-changes', {
        kind: 'correction',
        memberId: id,
        facts: { workplace: '机械学院' },
      }),
    ).toMatchObject({ status: 422, body: { code: 'review.nothing_changed' } })
    const { body: timeline } = await approver.send<{ rows: { fields: { field: string }[] }[] }>(
      'GET',
      `/members/${id}/timeline`,
    )
    expect(timeline.rows[0]?.fields).toEqual([{ field: 'workplace', from: null, to: '机械学院' }])
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

describe('the list', () => {
  const list = async (client: Client, query = '') => (await client.send<Rows>('GET', `/members${query}`)).body

  it('is refused to those who may not read, and hides other branches', async () => {
    expect((await f.stranger.send('GET', '/members')).status).toBe(401)
    expect((await (await f.signIn('member', 'teachers')).send('GET', '/members')).status).toBe(403)
    expect((await list(await f.signIn('branch_secretary', 'nurses'))).rows).toEqual([])
    expect(
      await (await f.signIn('branch_secretary', 'nurses')).send('GET', `/members?orgId=${f.orgs.teachers.id}`),
    ).toMatchObject({ status: 404, body: { code: 'members.org_not_found' } })
  })

  it('finds people by characters, given name, pinyin, initials, number and the last four digits', async () => {
    const names = async (search: string) =>
      (await list(secretary, `?search=${encodeURIComponent(search)}`)).rows.map((row) => row.name)
    expect(await names('王')).toEqual(['王小明'])
    expect(await names('建国')).toEqual(['李建国'])
    expect(await names('lijian')).toEqual(['李建国'])
    expect(await names('wxm')).toEqual(['王小明'])
    expect(await names('1234')).toEqual(['王小明'])
    expect(await names(ID.li.slice(-4).toLowerCase())).toEqual(['李建国'])
    expect(await names('0000')).toEqual([])
    const { memberNo } = (await list(secretary, '?search=wxm')).rows[0] as { memberNo: string }
    expect(await names(memberNo)).toEqual(['王小明'])
  })

  it('filters, sorts, pages and counts from the rollup', async () => {
    await f.deliver()
    const all = await list(approver)
    expect(all.total).toBe(all.rows.length)
    expect(all.rows.map((row) => row.name)).toEqual(['李建国', '王小明', '张大山', '赵敏'])
    const one = await list(approver, '?limit=3&sort=-joined')
    expect(one.next).not.toBeNull()
    const two = await list(approver, `?limit=3&sort=-joined&cursor=${one.next}`)
    expect(new Set([...one.rows, ...two.rows].map((row) => row.id)).size).toBe(4)
    expect((await list(approver, `?orgId=${f.orgs.faculty.id}&below=false`)).rows).toEqual([])
    expect((await list(approver, '?category=activist&category=applicant')).rows).toEqual([])
    expect((await list(approver, '?ageFrom=36&ageTo=45')).rows.map((row) => row.name)).toEqual(['李建国', '王小明'])
    expect(await approver.send('GET', '/members?cursor=bad')).toMatchObject({
      status: 400,
      body: { code: 'request.malformed' },
    })
  })
})

describe('a sensitive field', () => {
  const idByName = async (name: string) =>
    ((await approver.send<Rows>('GET', `/members?search=${encodeURIComponent(name)}`)).body.rows[0] as { id: string })
      .id

  it('is revealed only with a second factor, a purpose and within the scope, and never kept for a repetition', async () => {
    const id = await idByName('王小明')
    const body = { field: 'idNumber', purpose: '核对入党志愿书' }
    const stale = await f.signIn('branch_secretary', 'teachers', { secondFactorAt: null })
    expect(await stale.send('POST', `/members/${id}/reveal`, body)).toMatchObject({
      status: 403,
      body: { code: 'request.step_up_needed' },
    })
    expect((await secretary.send('POST', `/members/${id}/reveal`, { field: 'idNumber' })).status).toBe(400)
    expect(
      await (await f.signIn('branch_secretary', 'nurses')).send('POST', `/members/${id}/reveal`, body),
    ).toMatchObject({ status: 404 })
    expect(await secretary.send('POST', `/members/${id}/reveal`, { ...body, field: 'email' })).toMatchObject({
      status: 404,
      body: { code: 'members.nothing_there' },
    })
    expect(
      await secretary.send('POST', `/members/${id}/reveal`, body, { 'idempotency-key': 'reveal-1' }),
    ).toMatchObject({ status: 200, body: { value: ID.wang } })
    expect(
      await f.admin.selectFrom('platform_idempotency').selectAll().where('key', '=', 'reveal-1').execute(),
    ).toEqual([])
  })

  it('shows the person concerned who looked', async () => {
    const id = await idByName('王小明')
    const { person_id: personId } = await f.admin
      .selectFrom('members_member')
      .select('person_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const member = await f.signIn('member', 'teachers', { memberId: id })
    await f.admin
      .updateTable('access_session')
      .set({ person_id: personId })
      .where('person_id', '=', member.personId)
      .execute()
    await f.admin
      .updateTable('access_grant')
      .set({ person_id: personId })
      .where('person_id', '=', member.personId)
      .execute()
    await f.admin.updateTable('access_account').set({ state: 'active' }).where('person_id', '=', personId).execute()
    const { body } = await member.send<{ rows: object[] }>('GET', '/me/looks')
    expect(body.rows).toMatchObject([{ by: '支部书记', field: 'idNumber', purpose: '核对入党志愿书' }])
    expect(await member.send('GET', '/me/record')).toMatchObject({
      body: { card: { name: '王小明', phone: '138****1234' } },
    })
    expect(
      await member.send('POST', '/me/corrections', { facts: { phone: '13600009999' }, reason: '换了号码' }),
    ).toMatchObject({ status: 200, body: { state: 'first_review' } })
    expect((await member.send('GET', `/members/${id}`)).status).toBe(403)
  })

  it('stops at thirty an hour', async () => {
    const id = await idByName('王小明')
    const curious = await f.signIn('party_worker', 'faculty')
    const reveal = () =>
      curious.send<{ leftThisHour: number }>('POST', `/members/${id}/reveal`, { field: 'phone', purpose: '联系本人' })
    for (let left = 29; left >= 0; left -= 1) expect((await reveal()).body.leftThisHour).toBe(left)
    expect(await reveal()).toMatchObject({ status: 429, body: { code: 'members.reveal_limit' } })
  })

  it('of nobody is stored in the clear', async () => {
    const rows = await f.admin.selectFrom('members_member').selectAll().execute()
    const changes = await f.admin.selectFrom('members_change').selectAll().execute()
    const versions = await f.admin.selectFrom('members_version').selectAll().execute()
    const events = await f.admin.selectFrom('platform_event').selectAll().execute()
    const text = Buffer.from(
      JSON.stringify([rows, changes, versions, events], (_key, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
      ),
    ).toString()
    for (const secret of [ID.wang, ID.li, ID.zhang, '13800001234', '13600009999'])
      expect(text.includes(secret)).toBe(false)
  })
})

describe('an export', () => {
  const body = {
    filter: {},
    columns: ['name', 'idNumber', 'phone'],
    format: 'csv',
    language: 'zh-CN',
    purpose: '年度统计',
  }

  it('needs the permission, a second factor, and the right to reveal for whole numbers', async () => {
    expect((await (await f.signIn('branch_officer', 'teachers')).send('POST', '/members/export', body)).status).toBe(
      403,
    )
    const stale = await f.signIn('branch_secretary', 'teachers', { secondFactorAt: null })
    expect(await stale.send('POST', '/members/export', body)).toMatchObject({
      body: { code: 'request.step_up_needed' },
    })
  })

  it('is masked, and logged with its rows and hash', async () => {
    const answer = await approver.send<string>('POST', '/members/export', body)
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('王小明,110***********')
    expect(answer.body).not.toContain(ID.wang)
    const event = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'members.exported')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ payload: { rows: 4, format: 'csv', unmasked: false }, reason: '年度统计' })
    expect((await approver.send<string>('POST', '/members/export', { ...body, unmasked: true })).body).toContain(
      ID.wang,
    )
  })

  it('prints the roster and one form as PDF', async () => {
    const print = (order: object) =>
      approver.send<string>('POST', '/members/print', { format: 'pdf', language: 'zh-CN', ...order })
    expect((await print({ form: 'member' })).status).toBe(400)
    const roster = await print({ form: 'roster', orgId: f.orgs.teachers.id })
    expect(roster.body.slice(0, 5)).toBe('%PDF-')
    const { rows } = (await approver.send<Rows>('GET', '/members?limit=1')).body
    expect((await print({ form: 'member', memberId: rows[0]?.id })).body.slice(0, 5)).toBe('%PDF-')
  }, 60_000)
})
