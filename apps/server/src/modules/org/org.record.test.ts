import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { pathOf, plantMember } from '../../test/org-people.ts'
import { countPeople } from './index.ts'

let f: Fixture
let admin: Client
const seen = (version: number) => ({ 'if-match': `"${version}"` })
const refusal = (status: number, code: string) => ({ status, body: { code } })

type Record_ = {
  version: number
  hints: { about: string; value: string; ruleId: string; citation: { zh: string } }[]
  posts: { id: string; post: string; name: string; untilOn: string | null }[]
  changes: { kind: string; madeBy: string; after: object }[]
  facts: object
  trail: { name: string }[]
}
const recordOf = async (id: string, client = admin) => (await client.send<Record_>('GET', `/orgs/${id}`)).body

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee', { name: '周管理' })
})

describe('GET /orgs/:id', () => {
  it('refuses what is outside the scope as if it were not there', async () => {
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect(await medicine.send('GET', `/orgs/${f.orgs.teachers.id}`)).toMatchObject(refusal(404, 'org.not_found'))
    expect((await f.stranger.send('GET', `/orgs/${f.orgs.teachers.id}`)).status).toBe(401)
    expect(await (await f.signIn('member', 'teachers')).send('GET', `/orgs/${f.orgs.teachers.id}`)).toMatchObject({
      status: 403,
    })
  })

  it('shows the way down from the top of the scope, never above', async () => {
    const medicine = await f.signIn('committee_admin', 'medicine')
    expect((await recordOf(f.orgs.nurses.id, medicine)).trail.map((step) => step.name)).toEqual([f.orgs.medicine.name])
    expect((await recordOf(f.orgs.nurses.id)).trail).toHaveLength(2)
  })

  it('advises by the size of the branch and of its committee, with the article', async () => {
    const few = await recordOf(f.orgs.teachers.id)
    expect(few.hints.map((hint) => `${hint.about} ${hint.value}`)).toEqual(['form joint-branch', 'secretary missing'])
    expect(few.hints[0]?.citation.zh).not.toBe('')
    const { id } = f.orgs.teachers
    await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: f.orgs.committee.path }, (tx) =>
      countPeople(
        tx,
        f.tenantId,
        [
          { unitId: id, category: 'formal', delta: 49 },
          { unitId: id, category: 'probationary', delta: 2 },
          { unitId: id, category: 'activist', delta: 30 },
        ],
        { now: NOW },
      ),
    )
    const many = await recordOf(id)
    expect(many.hints.map((hint) => `${hint.ruleId} ${hint.about} ${hint.value}`)).toEqual([
      'ORG-2 size general-branch',
      'BR-16 secretary missing',
      'BR-16 committee committee-required',
    ])
  })
})

describe('PATCH /orgs/:id', () => {
  it('refuses wrong facts by field, an old version, a taken code, and no change', async () => {
    const path = `/orgs/${f.orgs.nurses.id}`
    const wrong = await admin.send<{ fields: { field: string }[] }>(
      'PATCH',
      path,
      { reason: '补录', facts: { postcode: '12', stars: 9, unknown: 1 } },
      seen(1),
    )
    expect(wrong.body.fields.map((e) => e.field).sort()).toEqual([
      '/body/facts/postcode',
      '/body/facts/stars',
      '/body/facts/unknown',
    ])
    expect(await admin.send('PATCH', path, { reason: '补录', facts: {} }, seen(1))).toMatchObject(
      refusal(422, 'org.nothing_changed'),
    )
    expect(await admin.send('PATCH', path, { reason: '补录', code: 'A-1' }, seen(7))).toMatchObject({ status: 412 })
    expect(await admin.send('PATCH', path, { reason: '补录', foundedOn: '2027-01-01' }, seen(1))).toMatchObject(
      refusal(422, 'org.date_in_future'),
    )
    await admin.send('PATCH', `/orgs/${f.orgs.retired.id}`, { reason: '补录', code: 'LTX' }, seen(1))
    expect(await admin.send('PATCH', path, { reason: '补录', code: 'LTX' }, seen(1))).toMatchObject(
      refusal(409, 'org.code_taken'),
    )
  })

  it('keeps what was not named, and remembers old and new with the reason', async () => {
    const path = `/orgs/${f.orgs.nurses.id}`
    const facts = {
      hostUnit: '江湾大学附属医院',
      hostUnitNature: 'public_institution',
      stars: 5,
      contact: '赵干事',
      phone: '021-55550101',
    }
    await admin.send('PATCH', path, { reason: '补录基本信息', facts }, seen(1))
    await admin.send('PATCH', path, { reason: '更正星级', facts: { stars: 4 }, tags: ['样板支部'] }, seen(2))
    const record = await recordOf(f.orgs.nurses.id)
    expect(record.facts).toEqual({ ...facts, stars: 4 })
    expect(record.changes[0]).toMatchObject({
      kind: 'corrected',
      reason: '更正星级',
      before: { stars: 5, tags: [] },
      after: { stars: 4, tags: ['样板支部'] },
      madeBy: '周管理',
    })
    const found = await admin.send<{ rows: { id: string }[] }>('GET', '/orgs?stars=4&nature=public_institution')
    expect(found.body.rows.map((row) => row.id)).toEqual([f.orgs.nurses.id])
  })
})

describe('posts and terms', () => {
  it('are held by party members of the scope, one secretary at a time', async () => {
    const first = await plantMember(f, 'nurses', '孙书记')
    const second = await plantMember(f, 'nurses', '吴同志')
    const activist = await plantMember(f, 'nurses', '郑积极', 'activist')
    const path = `/orgs/${f.orgs.nurses.id}/posts`
    const post = { post: 'secretary', memberId: first.id, fromOn: '2026-03-01', documentNumber: '医党〔2026〕3号' }
    expect(await admin.send('POST', path, { ...post, memberId: activist.id })).toMatchObject(
      refusal(422, 'org.not_a_member'),
    )
    expect(await admin.send('POST', path, { ...post, fromOn: '2026-12-01' })).toMatchObject(
      refusal(422, 'org.date_in_future'),
    )
    const taken = await admin.send<{ id: string }>('POST', path, post)
    expect(taken.status).toBe(200)
    expect(await admin.send('POST', path, { ...post, memberId: second.id })).toMatchObject(
      refusal(409, 'org.secretary_taken'),
    )
    const officer = { ...post, post: 'organisation', memberId: second.id }
    await admin.send('POST', path, officer)
    expect(await admin.send('POST', path, officer)).toMatchObject(refusal(409, 'org.post_taken'))
    const end = `${path}/${taken.body.id}/end`
    expect(await admin.send('POST', end, { untilOn: '2026-02-01', reason: '工作调动' })).toMatchObject(
      refusal(422, 'org.ends_before_start'),
    )
    expect((await admin.send('POST', end, { untilOn: '2026-10-01', reason: '工作调动' })).status).toBe(200)
    expect(await admin.send('POST', end, { untilOn: '2026-10-01', reason: '工作调动' })).toMatchObject(
      refusal(409, 'org.post_ended'),
    )
    const nowhere = `${path}/01890000-0000-7000-8000-000000000000/end`
    expect(await admin.send('POST', nowhere, { untilOn: '2026-10-01', reason: '工作调动' })).toMatchObject(
      refusal(404, 'org.post_missing'),
    )
    const without = await admin.send<{ rows: { id: string }[] }>(
      'GET',
      `/orgs?withoutSecretary=true&parentId=${f.orgs.medicine.id}`,
    )
    expect(without.body.rows.map((row) => row.id)).toContain(f.orgs.nurses.id)
    await admin.send('POST', path, { ...post, memberId: second.id, fromOn: '2026-10-02' })
    expect((await recordOf(f.orgs.nurses.id)).posts.map((row) => `${row.post} ${row.name} ${row.untilOn}`)).toEqual([
      'secretary 吴同志 null',
      'organisation 吴同志 null',
      'secretary 孙书记 2026-10-01',
    ])
  })

  it('end on a day that the list and the advice find', async () => {
    const path = `/orgs/${f.orgs.nurses.id}/term`
    const { version } = await recordOf(f.orgs.nurses.id)
    const term = { ordinal: 3, fromOn: '2023-09-01', untilOn: '2026-08-31', documentNumber: '医党〔2023〕9号' }
    expect(await admin.send('POST', path, { ...term, untilOn: '2023-08-31' }, seen(version))).toMatchObject(
      refusal(422, 'org.ends_before_start'),
    )
    expect((await admin.send('POST', path, term, seen(version))).status).toBe(200)
    const record = await recordOf(f.orgs.nurses.id)
    expect(record.hints.map((hint) => `${hint.about} ${hint.value} ${hint.ruleId}`)).toContain('term ended ELEC-21')
    const due = await admin.send<{ rows: { id: string; secretary: string }[] }>('GET', '/orgs?termEndsWithin=0')
    expect(due.body.rows).toMatchObject([{ id: f.orgs.nurses.id, secretary: '吴同志' }])
  })
})

describe('the end of an organisation', () => {
  const end = { effectiveOn: '2026-11-01', documentNumber: '江大党发〔2026〕40号' }

  it('is refused while people, organisations or posts remain, and at the top of the scope', async () => {
    const dissolve = (id: string, version: number, client = admin) =>
      client.send('POST', `/orgs/${id}/dissolve`, end, seen(version))
    expect(await dissolve(f.orgs.committee.id, 1)).toMatchObject(refusal(409, 'org.is_top'))
    expect(await dissolve(f.orgs.faculty.id, 1)).toMatchObject(refusal(409, 'org.children_remain'))
    const { version } = await recordOf(f.orgs.nurses.id)
    expect(await dissolve(f.orgs.nurses.id, version)).toMatchObject(refusal(409, 'org.people_remain'))
    await f.signIn('branch_secretary', 'students')
    expect(await dissolve(f.orgs.students.id, 1)).toMatchObject(refusal(409, 'org.posts_remain'))
    expect((await dissolve(f.orgs.retired.id, 2)).status).toBe(200)
    expect(await dissolve(f.orgs.retired.id, 3)).toMatchObject(refusal(409, 'org.dissolved'))
  })
})

describe('kinds and splits', () => {
  const dated = { effectiveOn: '2026-10-30', documentNumber: '江大党发〔2026〕38号' }

  it('change only where parent and children still fit', async () => {
    const path = `/orgs/${f.orgs.faculty.id}/upgrade`
    expect(await admin.send('POST', path, { ...dated, kind: 'branch' }, seen(1))).toMatchObject(
      refusal(422, 'org.kind_not_below'),
    )
    expect(await admin.send('POST', path, { ...dated, kind: 'general_branch' }, seen(1))).toMatchObject(
      refusal(422, 'org.nothing_changed'),
    )
    expect((await admin.send('POST', path, { ...dated, kind: 'committee' }, seen(1))).status).toBe(200)
  })

  it('record the split at the organisation that was split', async () => {
    const made = await admin.send<{ id: string }>('POST', '/orgs', {
      parentId: f.orgs.faculty.id,
      kind: 'branch',
      name: '机械学院教工第二党支部',
      splitFromId: f.orgs.teachers.id,
      ...dated,
    })
    expect((await recordOf(f.orgs.teachers.id)).changes[0]).toMatchObject({
      kind: 'split',
      after: { newId: made.body.id, newName: '机械学院教工第二党支部' },
    })
  })
})

describe('what leaves the screen', () => {
  it('is found by pinyin and initials', async () => {
    const made = await admin.send<{ id: string }>('POST', '/orgs', {
      parentId: f.orgs.committee.id,
      kind: 'branch',
      name: '图书馆党支部',
      effectiveOn: '2026-10-31',
    })
    for (const search of ['tushuguan', 'tsg', '书馆', 'Tu Shu']) {
      const found = await admin.send<{ rows: { id: string }[] }>('GET', `/orgs?search=${encodeURIComponent(search)}`)
      expect(found.body.rows.map((row) => row.id)).toEqual([made.body.id])
    }
    expect((await admin.send<{ rows: object[] }>('GET', '/orgs?search=%25')).body.rows).toEqual([])
  })

  it('draws the chart of a subtree with secretaries', async () => {
    const chart = await admin.send<{ rows: { name: string; secretary: string | null }[] }>(
      'GET',
      `/orgs/${f.orgs.medicine.id}/chart`,
    )
    expect(chart.body.rows.map((row) => `${row.name} ${row.secretary}`)).toEqual([
      `${f.orgs.medicine.name} null`,
      `${f.orgs.nurses.name} 吴同志`,
    ])
  })

  it('refuses a chart that nobody could read', async () => {
    const parent = f.orgs.students
    const at = new Date('2026-01-01T00:00:00Z')
    const rows = Array.from({ length: 401 }, (_, n) => ({
      tenant_id: f.tenantId,
      id: crypto.randomUUID(),
      path: `${parent.path}.${String(n + 1).padStart(3, '0')}`,
      parent_id: parent.id,
      kind: 'group',
      name: `第${n + 1}党小组`,
      created_at: at,
      updated_at: at,
    }))
    await f.admin.insertInto('org_unit').values(rows).execute()
    expect(await admin.send('GET', `/orgs/${f.orgs.committee.id}/chart`)).toMatchObject(
      refusal(422, 'org.tree_too_large'),
    )
  })

  it('prints the form and exports the list, with the purpose in the audit', async () => {
    const form = await admin.send<string>('GET', `/orgs/${f.orgs.nurses.id}/form`)
    expect(form.headers['content-type']).toBe('application/pdf')
    expect(form.body.slice(0, 5)).toBe('%PDF-')
    const list = await admin.send<string>('POST', '/orgs/export', {
      language: 'zh-CN',
      purpose: '年报统计',
      kind: 'branch',
    })
    expect(list.body.slice(0, 2)).toBe('PK')
    const [event] = await f.admin.selectFrom('platform_event').selectAll().where('type', '=', 'org.exported').execute()
    expect(event).toMatchObject({ reason: '年报统计', payload: { rows: 5 } })
  })

  it('tells members about their own organisation without any post', async () => {
    const member = await f.signIn('member', 'nurses')
    const own = await member.send<object>('GET', '/my-org')
    expect(own.body).toMatchObject({
      name: f.orgs.nurses.name,
      contact: '赵干事',
      trail: [{ name: f.orgs.committee.name }, { name: f.orgs.medicine.name }],
      committee: [{ post: 'secretary', name: '吴同志' }, { post: 'organisation' }],
    })
    expect(await pathOf(f, f.orgs.nurses.id)).toBe(f.orgs.nurses.path)
    expect((await f.stranger.send('GET', '/my-org')).status).toBe(401)
  })
})
