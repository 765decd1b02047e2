import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { factsOf, Roads } from './development.fixture.ts'

let f: Fixture
let t: Roads
const ids: Record<string, string> = {}

type Row = { id: string; name: string; step: number; lamp: string; contacts: string[] }
const names = async (query: string) => {
  const { body } = await (await t.secretary()).send<{ rows: Row[] }>('GET', `/development-cases${query}`)
  return body.rows.map(({ name }) => name).sort()
}

beforeAll(async () => {
  f = await openFixture()
  t = await Roads.open(f)
  for (const [name, last] of [
    ['甲申请', 1],
    ['乙积极', 5],
    ['丙对象', 9],
  ] as const) {
    ids[name] = (await t.opened(await t.applicant(name), '2026-06-01')).id
    await t.driveTo(ids[name] as string, last)
  }
  t.at('2026-07-10')
}, 60_000)

describe('the lists', () => {
  it('are filtered by category, stage, step, lamp, contact, unit and words', async () => {
    expect(await names('')).toEqual(['丙对象', '乙积极', '甲申请'])
    expect(await names('?list=applicants')).toEqual(['甲申请'])
    expect(await names('?list=activists')).toEqual(['乙积极'])
    expect(await names('?list=objects')).toEqual(['丙对象'])
    expect(await names('?list=probationary')).toEqual([])
    expect(await names('?stage=activist')).toEqual(['乙积极'])
    expect(await names('?step=2')).toEqual(['甲申请'])
    expect(await names('?lamp=red')).toEqual(['甲申请'])
    expect(await names(`?contactId=${t.people.contacts[0]}`)).toEqual(['丙对象', '乙积极'])
    const contact = await f.admin
      .selectFrom('members_member')
      .select('name')
      .where('id', '=', t.people.contacts[0] ?? '')
      .executeTakeFirst()
    expect(await names(`?contact=${encodeURIComponent('没有这位')}`)).toEqual([])
    expect(await names(`?contact=${encodeURIComponent(contact?.name ?? '')}`)).toEqual(['丙对象', '乙积极'])
    expect(await names('?planYear=2028')).toEqual(['丙对象'])
    expect(await names('?search=%E4%B9%99')).toEqual(['乙积极'])
    expect(await names('?search=%25')).toEqual([])
    expect(await names(`?orgId=${f.orgs.teachers.id}&below=false`)).toHaveLength(3)
    expect(await names('?waitsAbove=true')).toEqual([])
  })

  it('are sorted and paged without losing or doubling anybody, cases without a clock last', async () => {
    const client = await t.secretary()
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const { body } = await client.send<{ rows: Row[]; next: string | null }>(
        'GET',
        `/development-cases?limit=1&sort=due${cursor}`,
      )
      seen.push(...body.rows.map(({ name }) => name))
      if (!body.next) break
      cursor = `&cursor=${body.next}`
    }
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(3)
    expect(seen[0]).toBe('甲申请')
    expect((await client.send('GET', '/development-cases?sort=secret')).status).toBe(400)
  })

  it('give figures by stage and lamp, and the workbench what is overdue', async () => {
    const client = await t.secretary()
    const figures = (await client.send<{ rows: object[] }>('GET', '/development-figures')).body.rows
    expect(figures).toContainEqual({ stage: 'application', lamp: 'red', cases: 1 })
    const waiting = (await client.send<{ rows: object[] }>('GET', '/workbench/waiting')).body.rows
    expect(waiting).toContainEqual({ module: 'development', key: 'overdue', count: 1, path: '/development?lamp=red' })
  })

  it('are exported as shown, with purpose and hash in the audit', async () => {
    const client = await t.secretary()
    const body = { filter: { list: 'activists' }, format: 'xlsx', language: 'zh-CN', purpose: '支委会研究' }
    const bare = await f.signIn('branch_secretary', 'teachers', { secondFactorAt: null })
    expect((await bare.send('POST', '/development-cases/export', body)).status).toBe(403)
    const csv = await client.send<string>('POST', '/development-cases/export', { ...body, format: 'csv' })
    expect(csv.body).toContain('乙积极')
    expect(csv.body).not.toContain('甲申请')
    expect(csv.body).toContain('培养乙、培养甲')
    expect((await client.send('POST', '/development-cases/export', body)).status).toBe(200)
    const event = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'development.exported')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ reason: '支委会研究', payload: { rows: 1, format: 'csv' } })
  })
})

describe('the forms', () => {
  it('are printed of every case as PDF and Word, in both languages', async () => {
    const client = await t.secretary()
    const forms = [
      'full_record',
      'activist',
      'publicity',
      'vetting_letter',
      'vetting_reply',
      'examination_request',
      'ballot',
      'vote_summary',
      'conversion',
      'oath',
      'file_list',
    ]
    for (const [at, form] of forms.entries()) {
      const [format, head] = at % 2 === 0 ? ['pdf', '%PDF'] : ['docx', 'PK']
      const language = at % 3 === 0 ? 'en' : 'zh-CN'
      const printed = await client.send<string>('POST', `/development-cases/${ids.丙对象}/print`, {
        form,
        format,
        language,
      })
      expect(printed.status, form).toBe(200)
      expect(printed.body.startsWith(head as string), form).toBe(true)
    }
    for (const form of ['names', 'vote_summary', 'oath']) {
      const printed = await client.send<string>('POST', '/development-cases/print', {
        form,
        filter: {},
        format: 'pdf',
        language: 'zh-CN',
      })
      expect(printed.body.startsWith('%PDF'), form).toBe(true)
    }
    const stranger = await f.signIn('branch_secretary', 'students')
    const body = { form: 'full_record', format: 'pdf', language: 'zh-CN' }
    expect((await stranger.send('POST', `/development-cases/${ids.丙对象}/print`, body)).status).toBe(404)
  }, 60_000)
})

describe('the yearly plan', () => {
  it('is set from above, counted, and warned of when it is used up', async () => {
    const quota = { orgId: f.orgs.teachers.id, year: 2027, number: 0, wishes: { upTo35: 1 }, reason: '年度计划' }
    const beside = await f.signIn('committee_admin', 'teachers')
    expect(await beside.send('PUT', '/development-quotas', quota)).toMatchObject({
      status: 403,
      body: { code: 'development.not_above' },
    })
    expect((await (await t.secretary()).send('PUT', '/development-quotas', quota)).status).toBe(403)
    const above = await t.above()
    expect(await above.send('PUT', '/development-quotas', { ...quota, orgId: crypto.randomUUID() })).toMatchObject({
      status: 404,
      body: { code: 'development.no_such_org' },
    })
    expect(await above.send('PUT', '/development-quotas', quota)).toMatchObject({ status: 200, body: { version: 1 } })
    const listed = await above.send<{ rows: { orgId: string }[] }>('GET', '/development-quotas?year=2027')
    expect(listed.body.rows.find(({ orgId }) => orgId === quota.orgId)).toMatchObject({
      number: 0,
      used: 0,
      planned: 0,
      wishes: { upTo35: 1, women: null },
    })
    const id = ids.丙对象 as string
    await t.take(id, 10, '2027-07-25')
    await t.take(id, 11, '2027-08-05')
    t.at('2027-08-10')
    expect(await t.send(id, 12)).toMatchObject({
      body: {
        code: 'development.warning_open',
        detail: { rules: ['DEV-1'] },
        fields: [{ code: 'development.quota_used' }],
      },
    })
    await t.take(id, 12, '2027-08-10', { acknowledged: [{ ruleId: 'DEV-1', reason: '已申请追加计划' }] })
    const more = await (await t.above()).send('PUT', '/development-quotas', { ...quota, number: 5 })
    expect(more).toMatchObject({ status: 200, body: { version: 2 } })
  })
})

describe('an export of more than twenty thousand cases', () => {
  it('is refused, and says how many it may be', async () => {
    const { id, path } = f.orgs.retired
    await sql`with people as (
        insert into members_member (tenant_id, id, person_id, org_id, org_path, member_no, name, given_name, pinyin, initials,
          category, record_state, created_at, updated_at)
        select ${f.tenantId}, gen_random_uuid(), gen_random_uuid(), ${id}, ${path}, 'M' || n, '批量', '量', 'piliang', 'pl',
          'applicant', 'approved', now(), now() from generate_series(1, 20001) n returning id, person_id)
      insert into development_case (tenant_id, id, person_id, member_id, org_id, org_path, stage, step, applied_on, opened_by,
        created_at, updated_at)
      select ${f.tenantId}, gen_random_uuid(), person_id, id, ${id}, ${path}, 'application', 1, '2026-01-01',
        gen_random_uuid(), now(), now() from people`.execute(f.admin)
    const body = {
      filter: { list: 'applicants', orgId: id },
      format: 'csv',
      language: 'zh-CN',
      purpose: '核对名单',
    }
    expect((await (await t.above()).send('POST', '/development-cases/export', body)).body).toMatchObject({
      code: 'development.export_too_large',
      detail: { limit: 20_000 },
    })
  })
})

describe('publicity', () => {
  it('is refused when too short or at one place for a floating person, before its end, and twice', async () => {
    const { id } = await t.opened(await t.applicant('丁公示'), '2026-06-01')
    const client = () => t.secretary()
    const path = `/development-cases/${id}/publicities`
    const body = {
      purpose: 'object',
      from: '2027-07-09',
      until: '2027-07-15',
      places: ['unit'],
      floating: false,
      channel: 'board',
    }
    expect(await (await client()).send('POST', path, body)).toMatchObject({ body: { code: 'development.wrong_state' } })
    await t.driveTo(id, 8)
    t.at('2027-07-09')
    const refused = async (more: object, code: string) =>
      expect(await (await client()).send('POST', path, { ...body, ...more }), code).toMatchObject({
        body: { code },
      })
    await refused({ until: '2027-07-14' }, 'development.publicity_short')
    await refused({ floating: true, places: ['origin'] }, 'development.publicity_short')
    await refused({ from: '2027-07-07' }, 'development.before_last_step')
    const posted = await (await client()).send<{ id: string }>('POST', path, body)
    expect(posted.status).toBe(200)
    await refused({}, 'development.publicity_open')
    const close = `${path}/${posted.body.id}/close`
    const end = { closedOn: '2027-07-15', feedback: 1, passed: true }
    t.at('2027-07-15')
    expect(await (await client()).send('POST', close, end)).toMatchObject({
      body: { code: 'development.publicity_open' },
    })
    t.at('2027-07-16')
    const late = { ...end, closedOn: '2027-07-16' }
    expect(await (await client()).send('POST', close, late)).toMatchObject({
      body: { code: 'development.reason_missing' },
    })
    expect(await (await client()).send('POST', close, { ...late, verification: '经核实不属实' })).toMatchObject({
      status: 200,
    })
    expect(await (await client()).send('POST', close, late)).toMatchObject({
      body: { code: 'development.publicity_closed' },
    })
    expect(await (await client()).send('POST', `${path}/${crypto.randomUUID()}/close`, late)).toMatchObject({
      body: { code: 'development.no_such_publicity' },
    })
    expect(await names('?list=objects')).toContain('丁公示')
  }, 30_000)
})

describe('what is refused for want of something', () => {
  it('names the step, the person, the review out of time and the paper of no step', async () => {
    t.at('2026-06-01')
    const client = await t.secretary()
    const body = { memberId: crypto.randomUUID(), heldOn: '2026-06-01', facts: factsOf(1, t.people) }
    expect(await client.send('POST', '/development-cases', body)).toMatchObject({
      status: 404,
      body: { code: 'development.no_such_member' },
    })
    const { id } = await t.opened(await t.applicant('戊缺项'), '2026-06-01')
    expect(await t.decide(id, crypto.randomUUID(), 1)).toMatchObject({
      status: 404,
      body: { code: 'development.no_such_step' },
    })
    const review = { kind: 'half_year', heldOn: '2026-06-01', opinion: '好' }
    expect(await client.send('POST', `/development-cases/${id}/reviews`, review)).toMatchObject({
      body: { code: 'development.wrong_state' },
    })
    const proof = { step: 2, kind: 'talk_record', fileId: crypto.randomUUID() }
    expect(await client.send('POST', `/development-cases/${id}/proofs`, proof)).toMatchObject({
      body: { code: 'development.no_such_step' },
    })
    expect(await client.send('POST', `/development-cases/${id}/proofs`, { ...proof, step: 1 })).toMatchObject({
      body: { code: 'files.not_found' },
    })
    await t.take(id, 2, '2026-06-02')
    t.at('2026-06-03')
    expect(
      await t.post(await t.secretary(), id, '/steps', { step: 16, heldOn: '2026-06-03', facts: {} }),
    ).toMatchObject({ status: 403, body: { code: 'development.above_acts' } })
    expect(await t.send(id, 16)).toMatchObject({
      status: 409,
      body: { code: 'development.not_next', detail: { next: 3 } },
    })
    expect(await (await t.secretary()).send('GET', '/development-steps?on=2026-05-10')).toMatchObject({
      status: 200,
      body: {
        rows: expect.arrayContaining([
          expect.objectContaining({ number: 8, edition: '2014', effectiveUntil: '2026-05-10' }),
        ]),
      },
    })
    const check = { step: 3, heldOn: '2026-06-03', facts: {} }
    expect(await (await t.secretary()).send('POST', `/development-cases/${id}/steps/check`, check)).toMatchObject({
      status: 200,
      body: { verdicts: [{ code: 'committee_vote_lost', severity: 'block' }] },
    })
  })

  it('leaves the talk of the committee to the committee, and a temporary branch without admissions', async () => {
    const { id } = await t.opened(await t.applicant('己临时'), '2026-06-01')
    await t.driveTo(id, 11)
    await f.admin
      .updateTable('org_unit')
      .set({ kind: 'temporary_branch' })
      .where('id', '=', f.orgs.teachers.id)
      .execute()
    t.at('2027-08-10')
    expect(await t.send(id, 12)).toMatchObject({
      status: 422,
      body: { code: 'development.temporary_branch', detail: { ruleId: 'DEV-20' } },
    })
    await f.admin.updateTable('org_unit').set({ kind: 'branch' }).where('id', '=', f.orgs.teachers.id).execute()
    for (const [step, date] of [
      [12, '2027-08-10'],
      [13, '2027-08-20'],
      [14, '2027-08-25'],
      [15, '2027-09-10'],
    ] as const)
      await t.take(id, step, date)
    const talk = { step: 16, heldOn: '2027-09-10', facts: factsOf(16, t.people) }
    expect(await t.post(await t.secretary(), id, '/steps', talk)).toMatchObject({
      status: 403,
      body: { code: 'development.above_acts' },
    })
  }, 30_000)
})

describe('papers of a step', () => {
  it('are the own upload of who enters it, then read with the case, and listed with it', async () => {
    t.at('2026-06-01')
    const { id } = await t.opened(await t.applicant('庚材料'), '2026-06-01')
    t.at('2026-06-10')
    const client = await t.secretary()
    const fileId = crypto.randomUUID()
    await f.admin
      .insertInto('files_file')
      .values({
        tenant_id: f.tenantId,
        id: fileId,
        owner_id: client.personId,
        org_id: f.orgs.teachers.id,
        org_path: f.orgs.teachers.path,
        purpose: 'document',
        name: '谈话记录.pdf',
        declared_bytes: 10,
        bytes: 10,
        kind: 'pdf',
        sha256: 'a'.repeat(64),
        state: 'clean',
        created_at: f.platform.clock(),
      })
      .execute()
    const proofs = [{ kind: 'talk_record', fileId }]
    const body = { step: 2, heldOn: '2026-06-10', facts: factsOf(2, t.people), proofs }
    const beside = await t.secretary()
    expect(await t.post(beside, id, '/steps', body)).toMatchObject({ status: 404, body: { code: 'files.not_found' } })
    expect(await t.post(client, id, '/steps', body)).toMatchObject({ status: 200 })
    const read = await beside.send<{ proofs: object[] }>('GET', `/development-cases/${id}`)
    expect(read.body.proofs).toMatchObject([{ step: 2, kind: 'talk_record', fileId, name: '谈话记录.pdf' }])
    expect((await beside.send('GET', `/files/${fileId}`)).status).toBe(200)
    const stranger = await f.signIn('branch_secretary', 'students')
    expect((await stranger.send('GET', `/files/${fileId}`)).status).toBe(404)
  })
})
