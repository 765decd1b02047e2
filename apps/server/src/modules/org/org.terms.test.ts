import type { Leadership } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/org-people.ts'
import { countPeople } from './index.ts'

let f: Fixture
let admin: Client
const seen = (version: number) => ({ 'if-match': `"${version}"` })
const refusal = (status: number, code: string) => ({ status, body: { code } })
const leadershipOf = async (org: OrgKey, query = '', client = admin) =>
  (await client.send<Leadership>('GET', `/orgs/${f.orgs[org].id}/leadership${query}`)).body
const writeTerm = async (org: OrgKey, act: 'term' | 'term/shift', body: object) =>
  admin.send('POST', `/orgs/${f.orgs[org].id}/${act}`, body, seen((await leadershipOf(org)).version))
const post = (org: OrgKey, body: object) => admin.send<{ id: string }>('POST', `/orgs/${f.orgs[org].id}/posts`, body)
const leave = (org: OrgKey, id: string, untilOn: string) =>
  admin.send('POST', `/orgs/${f.orgs[org].id}/posts/${id}/end`, { untilOn, reason: '工作调动' })
const due = async (org: OrgKey) =>
  f.admin
    .selectFrom('deadlines_item')
    .select(['due_on as dueOn', 'yellow_on as yellowOn', 'remind', 'state', 'person_id as personId', 'params'])
    .where('org_path', '=', f.orgs[org].path)
    .orderBy('due_on')
    .execute()

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee', { name: '周管理' })
})

describe('terms', () => {
  it('refuse readers and writers outside the scope, and those without the right', async () => {
    const path = `/orgs/${f.orgs.teachers.id}/leadership`
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect(await medicine.send('GET', path)).toMatchObject(refusal(404, 'org.not_found'))
    expect(await medicine.send('GET', `${path}/form`)).toMatchObject(refusal(404, 'org.not_found'))
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const body = { fromOn: '2024-01-10', untilOn: '2027-01-09' }
    expect((await secretary.send('POST', `/orgs/${f.orgs.teachers.id}/term`, body, seen(1))).status).toBe(403)
    expect((await secretary.send('GET', path)).status).toBe(200)
  })

  it('are reminded of 12, 6, 3 and 1 months before the end and on the day, with the secretary', async () => {
    const { id, client } = await plantMember(f, 'teachers', '孙书记')
    await writeTerm('teachers', 'term', { ordinal: 3, fromOn: '2024-01-10', untilOn: '2027-01-10', seats: 3 })
    expect(await due('teachers')).toMatchObject([{ personId: null }])
    await post('teachers', { post: 'secretary', memberId: id, fromOn: '2024-01-10', way: 'elected' })
    expect(await due('teachers')).toEqual([
      {
        dueOn: '2027-01-10',
        yellowOn: '2026-07-10',
        remind: [365, 184, 92, 31, 0],
        state: 'open',
        personId: client.personId,
        params: { org: f.orgs.teachers.name, until: '2027-01-10' },
      },
    ])
  })

  it('follow each other: the next one ends the running one and what was due of it', async () => {
    await writeTerm('students', 'term', { ordinal: 1, fromOn: '2020-09-01', untilOn: '2023-08-31' })
    await writeTerm('students', 'term', { ordinal: 2, fromOn: '2023-09-10', untilOn: '2026-09-09', seats: 3 })
    const { terms, term } = await leadershipOf('students')
    expect(terms.map((one) => `${one.ordinal} ${one.fromOn} ${one.endedOn}`)).toEqual([
      '2 2023-09-10 null',
      '1 2020-09-01 2023-09-10',
    ])
    expect(term).toMatchObject({ ordinal: 2, seats: 3, plannedUntilOn: '2026-09-09', shift: null })
    expect((await due('students')).map(({ state }) => state)).toEqual(['done', 'open'])
  })

  it('of the past are entered behind, and days within the running one correct it', async () => {
    await writeTerm('students', 'term', { ordinal: 9, fromOn: '2017-09-01', untilOn: '2020-08-31' })
    await writeTerm('students', 'term', { fromOn: '2023-09-01', untilOn: '2026-08-31' })
    const { terms } = await leadershipOf('students')
    expect(terms.map((one) => `${one.ordinal} ${one.fromOn} ${one.untilOn} ${one.seats}`)).toEqual([
      '2 2023-09-01 2026-08-31 3',
      '1 2020-09-01 2023-08-31 null',
      '9 2017-09-01 2020-08-31 null',
    ])
    const list = await admin.send<{ rows: { id: string; termUntil: string }[] }>('GET', '/orgs?termEndsWithin=0')
    expect(list.body.rows).toMatchObject([{ id: f.orgs.students.id, termUntil: '2026-08-31' }])
  })

  it('entered before their history was kept stay the running one', async () => {
    await f.admin
      .updateTable('org_unit')
      .set({ term_ordinal: 4, term_from: '2022-05-01', term_until: '2025-04-30' })
      .where('id', '=', f.orgs.retired.id)
      .execute()
    expect((await leadershipOf('retired')).term).toMatchObject({ ordinal: 4, untilOn: '2025-04-30' })
    await writeTerm('retired', 'term', { ordinal: 5, fromOn: '2025-05-06', untilOn: '2028-05-05' })
    expect((await leadershipOf('retired')).terms.map(({ ordinal, endedOn }) => `${ordinal} ${endedOn}`)).toEqual([
      '5 null',
      '4 2025-05-06',
    ])
  })
})

describe('a delay or an advance', () => {
  const approval = {
    documentNumber: '机党〔2026〕12号',
    approvedOn: '2026-10-20',
    reason: '书记拟调整，报上级同意延期',
  }

  it('is refused without a running term, without a letter, and beyond a year unless it was approved', async () => {
    expect(await writeTerm('nurses', 'term/shift', { ...approval, untilOn: '2027-01-01' })).toMatchObject(
      refusal(409, 'org.no_term'),
    )
    const { documentNumber: _, ...unapproved } = approval
    expect(await writeTerm('students', 'term/shift', { ...unapproved, untilOn: '2027-01-01' })).toMatchObject({
      status: 400,
    })
    const refused = async (more: object) => await writeTerm('students', 'term/shift', { ...approval, ...more })
    expect(await refused({ untilOn: '2026-08-31' })).toMatchObject(refusal(422, 'org.nothing_changed'))
    expect(await refused({ untilOn: '2023-09-01' })).toMatchObject(refusal(422, 'org.ends_before_start'))
    expect(await refused({ untilOn: '2027-01-01', approvedOn: '2026-11-03' })).toMatchObject(
      refusal(422, 'org.date_in_future'),
    )
    expect(await refused({ untilOn: '2027-09-01' })).toMatchObject({
      status: 422,
      body: { code: 'org.shift_too_far', detail: { months: 12 }, fields: [{ field: '/body/untilOn' }] },
    })
  })

  it('moves the end and its reminders, counted from the end that the election set', async () => {
    expect((await writeTerm('students', 'term/shift', { ...approval, untilOn: '2027-08-31' })).status).toBe(200)
    expect((await leadershipOf('students')).term).toMatchObject({
      untilOn: '2027-08-31',
      plannedUntilOn: '2026-08-31',
      shift: approval,
    })
    expect((await due('students')).at(-1)).toMatchObject({ dueOn: '2027-08-31', state: 'open' })
    expect(await writeTerm('students', 'term/shift', { ...approval, untilOn: '2027-09-01' })).toMatchObject(
      refusal(422, 'org.shift_too_far'),
    )
    const far = { ...approval, untilOn: '2027-09-01', acceptTooFar: true }
    expect((await writeTerm('students', 'term/shift', far)).status).toBe(200)
    expect((await writeTerm('students', 'term/shift', { ...approval, untilOn: '2026-08-31' })).status).toBe(200)
    expect((await leadershipOf('students')).term).toMatchObject({ untilOn: '2026-08-31', shift: null })
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'org.term_shifted')
      .orderBy('id')
      .execute()
    expect(events).toHaveLength(3)
    expect(events[0]).toMatchObject({
      reason: approval.reason,
      payload: { untilOn: '2027-08-31', plannedUntilOn: '2026-08-31' },
    })
  })
})

describe('vacancies and by-elections', () => {
  it('name the posts that the size of a branch and its seats ask for, since when', async () => {
    expect((await leadershipOf('nurses')).vacancies).toMatchObject([
      { post: 'secretary', count: 1, since: '2016-06-18', ruleId: 'BR-16' },
    ])
    await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
      countPeople(tx, f.tenantId, [{ unitId: f.orgs.nurses.id, category: 'formal', delta: 7 }], { now: NOW }),
    )
    await writeTerm('nurses', 'term', { ordinal: 2, fromOn: '2025-03-01', untilOn: '2028-02-29', seats: 5 })
    expect(
      (await leadershipOf('nurses')).vacancies.map(({ post, count, since }) => `${post} ${count} ${since}`),
    ).toEqual([
      'secretary 1 2025-03-01',
      'organisation 1 2025-03-01',
      'publicity 1 2025-03-01',
      'discipline 1 2025-03-01',
      'committee_member 1 2025-03-01',
    ])
  })

  it('are filled by a by-election within the term, and only where something is vacant', async () => {
    const people = await Promise.all(
      ['甲', '乙', '丙', '丁', '戊', '己'].map((name) => plantMember(f, 'nurses', `${name}护士`)),
    )
    const posts = ['secretary', 'organisation', 'publicity', 'discipline', 'committee_member']
    const taken = []
    for (const [at, name] of posts.entries()) {
      const body = { post: name, memberId: people[at]?.id, fromOn: '2025-03-01', way: 'elected' }
      taken.push(await post('nurses', body))
    }
    expect(await leadershipOf('nurses')).toMatchObject({ vacancies: [], filled: 5 })
    const sixth = { memberId: people[5]?.id, way: 'by_election', fromOn: '2026-10-10' }
    expect(await post('nurses', { ...sixth, post: 'committee_member' })).toMatchObject(refusal(409, 'org.no_vacancy'))
    await leave('nurses', taken[2]?.body.id ?? '', '2026-09-30')
    expect((await leadershipOf('nurses')).vacancies).toMatchObject([{ post: 'publicity', since: '2026-09-30' }])
    const filling = { ...sixth, post: 'publicity' }
    expect(await post('nurses', { ...filling, fromOn: '2025-02-01' })).toMatchObject({
      status: 422,
      body: { code: 'org.outside_term', detail: { from: '2025-03-01', until: '2028-02-29' } },
    })
    expect(await post('medicine', { ...filling, post: 'secretary' })).toMatchObject(refusal(409, 'org.no_term'))
    expect((await post('nurses', filling)).status).toBe(200)
    const { vacancies, posts: now } = await leadershipOf('nurses')
    expect(vacancies).toEqual([])
    expect(now.find((one) => one.post === 'publicity' && one.untilOn === null)).toMatchObject({ way: 'by_election' })
  })

  it('show who held what on an earlier day', async () => {
    const then = await leadershipOf('nurses', '?asOf=2026-09-29')
    expect(then.posts.map((one) => `${one.post} ${one.name}`)).toContain('publicity 丙护士')
    expect(then).toMatchObject({ asOf: '2026-09-29', filled: 5, vacancies: [], term: { ordinal: 2 } })
    expect((await leadershipOf('nurses', '?asOf=2026-09-30')).filled).toBe(4)
    expect(await leadershipOf('nurses', '?asOf=2025-02-28')).toMatchObject({ term: null, posts: [], filled: 0 })
  })
})

describe('approval and record by the level above', () => {
  it('is entered once, with its letter; until then the secretary is advised as not approved', async () => {
    const { posts } = await leadershipOf('nurses')
    const of = (name: string) => posts.find((one) => one.post === name && one.untilOn === null)?.id
    const report = (id: string | undefined, body: object) =>
      admin.send('POST', `/orgs/${f.orgs.nurses.id}/posts/${id}/report`, body)
    const letter = { documentNumber: '医党〔2025〕8号', reportedOn: '2025-03-05' }
    const advised = async () =>
      (await admin.send<{ hints: { about: string; ruleId: string }[] }>('GET', `/orgs/${f.orgs.nurses.id}`)).body.hints
        .filter(({ about }) => about === 'report')
        .map(({ ruleId }) => ruleId)
    expect(posts[0]).toMatchObject({ post: 'secretary', report: 'approval', reportDocument: null })
    expect(await advised()).toEqual(['ELEC-19'])
    expect(await report(of('secretary'), { ...letter, reportedOn: '2026-11-03' })).toMatchObject(
      refusal(422, 'org.date_in_future'),
    )
    expect(await report(f.orgs.nurses.id, letter)).toMatchObject(refusal(404, 'org.post_missing'))
    expect((await report(of('secretary'), letter)).status).toBe(200)
    expect(await report(of('secretary'), letter)).toMatchObject(refusal(409, 'org.already_reported'))
    expect(await advised()).toEqual([])
    const { id } = await plantMember(f, 'nurses', '庚护士')
    const leader = await post('nurses', { post: 'group_leader', memberId: id, fromOn: '2026-10-01' })
    expect(await report(leader.body.id, letter)).toMatchObject(refusal(409, 'org.not_reported'))
    expect((await leadershipOf('nurses')).posts[0]).toMatchObject({
      reportDocument: letter.documentNumber,
      reportedOn: letter.reportedOn,
    })
  })

  it('stands in the printed register of posts, with what is below', async () => {
    const path = `/orgs/${f.orgs.medicine.id}/leadership/form`
    const pdf = await admin.send<string>('GET', `${path}?below=true`)
    expect(pdf.body.slice(0, 5)).toBe('%PDF-')
    const docx = await admin.send<string>('GET', `${path}?below=true&format=docx&language=en`)
    expect(docx.body.slice(0, 2)).toBe('PK')
    expect(decodeURIComponent(String(docx.headers['content-disposition']))).toContain('Register-of-posts')
  })
})

describe('what members see of their own organisation', () => {
  it('names the term and what is vacant', async () => {
    const member = await f.signIn('member', 'students')
    expect((await member.send('GET', '/my-org')).body).toMatchObject({
      termOrdinal: 2,
      termUntil: '2026-08-31',
      vacant: ['secretary', 'committee_member'],
    })
  })
})

describe('an organisation that ends', () => {
  it('has nothing due any more', async () => {
    const made = await admin.send<{ id: string }>('POST', '/orgs', {
      parentId: f.orgs.committee.id,
      kind: 'branch',
      name: '后勤党支部',
      effectiveOn: '2025-01-10',
    })
    const path = `/orgs/${made.body.id}`
    await admin.send('POST', `${path}/term`, { fromOn: '2025-02-01', untilOn: '2028-01-31' }, seen(1))
    await admin.send('POST', `${path}/rename`, { name: '后勤保障党支部', effectiveOn: '2025-06-01' }, seen(2))
    const stateOf = () =>
      f.admin
        .selectFrom('deadlines_item')
        .select(['state', 'params'])
        .where('unit_id', '=', made.body.id)
        .executeTakeFirst()
    expect(await stateOf()).toMatchObject({ state: 'open', params: { org: '后勤保障党支部' } })
    const end = { effectiveOn: '2026-11-01', documentNumber: '江大党〔2026〕5号' }
    expect((await admin.send('POST', `${path}/dissolve`, end, seen(3))).status).toBe(200)
    expect(await stateOf()).toMatchObject({ state: 'void' })
  })
})
