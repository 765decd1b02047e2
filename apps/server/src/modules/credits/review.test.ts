import type { CertificateRow, Events, EventType, HonourRow, OwnCredits } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { publishAll } from '../../platform/events.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { stated } from '../../test/stated-facts.ts'
import { remindOfShortfall } from './credits.jobs.ts'

let f: Fixture
let secretary: Member
let reader: Member
let worker: Client
let committee: Client
let second: Client

type Changed = { id: string; state: string; code?: string }
const own = async (who: Member, year = 2026) =>
  (await who.client.send<OwnCredits>('GET', `/my/credits?year=${year}`)).body

/** A checked upload of the client, over tus. */
async function uploaded(client: Client): Promise<string> {
  const bytes = pdf(`% certificate ${client.personId} ${Math.random()}`)
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const base = { 'tus-resumable': '1.0.0', cookie: client.cookie }
  const described = `filename ${encoded('结业证书.pdf')},purpose ${encoded('document')}`
  const created = await fetch(`${f.app.http.listeningOrigin}/api/v1/files`, {
    method: 'POST',
    headers: { ...base, 'upload-length': String(bytes.length), 'upload-metadata': described },
  })
  const fileId = created.headers.get('location')?.split('/').at(-1) ?? ''
  await fetch(`${f.app.http.listeningOrigin}/api/v1/files/${fileId}`, {
    method: 'PATCH',
    headers: { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  return fileId
}

const TRAINING = { title: '全市支部书记培训班', issuer: '市委党校', heldOn: '2026-05-20', unit: 'full_day', amount: 1 }
const submitted = async (who: Member, more: object = {}) =>
  who.client.send<Changed>('POST', '/my/credits/certificates', {
    ...TRAINING,
    ...more,
    fileId: await uploaded(who.client),
  })
const quiz = (who: Member) =>
  stated(f, [
    {
      memberId: who.id,
      verb: 'passed',
      activity: { kind: 'quiz', id: crypto.randomUUID(), name: '党章知识' },
      at: new Date('2026-10-10T02:00:00Z'),
    },
  ])

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  reader = await plantMember(f, 'teachers', '李学习')
  worker = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  second = await f.signIn('party_worker', 'committee', { name: '组织部干事' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
})

describe('certificates of trainings elsewhere', () => {
  const check = (id: string, hundredths: number, by = secretary.client) =>
    by.send<Changed>('POST', `/credits/certificates/${id}/check`, { hundredths })

  it('are refused in the future, with files of others, from other branches and from oneself', async () => {
    expect((await submitted(reader, { heldOn: '2026-12-01' })).body).toMatchObject({
      code: 'credits.certificate_in_future',
    })
    const fileId = await uploaded(secretary.client)
    const foreign = await reader.client.send('POST', '/my/credits/certificates', { ...TRAINING, fileId })
    expect(foreign.body).toMatchObject({ code: 'files.not_found' })
    const { id } = (await submitted(reader)).body
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await check(id, 800, nurses)).body).toMatchObject({ code: 'credits.certificate_not_found' })
    const mine = (await submitted(secretary)).body.id
    expect((await check(mine, 800)).body).toMatchObject({ code: 'credits.own_matter' })
  })

  it('count at once up to the limit, on the day of the training, once', async () => {
    const { id } = (await submitted(reader)).body
    const listed = await secretary.client.send<{ rows: CertificateRow[] }>('GET', '/credits/certificates?waiting=true')
    expect(listed.body.rows.find((row) => row.id === id)).toMatchObject({
      claimed: 800,
      can: { check: true, accept: false },
    })
    expect((await check(id, 800)).body).toMatchObject({ state: 'accepted' })
    expect((await check(id, 800)).body).toMatchObject({ code: 'credits.certificate_decided' })
    expect(await own(reader)).toMatchObject({
      account: { earned: 800, elective: 800 },
      months: [0, 0, 0, 0, 800, 0, 0, 0, 0, 0, 0, 0],
    })
  })

  it('need a second person above the limit, and go back with a reason', async () => {
    const { id } = (await submitted(reader, { amount: 3 })).body
    expect((await check(id, 2400, worker)).body).toMatchObject({ state: 'checked' })
    const accept = (by: Client) => by.send<Changed>('POST', `/credits/certificates/${id}/accept`, {})
    expect((await accept(secretary.client)).status).toBe(403)
    expect((await accept(worker)).body).toMatchObject({ code: 'credits.not_by_the_same' })
    expect((await own(reader)).account.earned).toBe(800)
    expect((await accept(second)).body).toMatchObject({ state: 'accepted' })
    expect((await own(reader)).account).toMatchObject({ earned: 3200, standing: 'reached', missing: 0 })
    const other = (await submitted(reader)).body.id
    const back = await secretary.client.send('POST', `/credits/certificates/${other}/return`, { reason: '看不清公章' })
    expect(back.body).toMatchObject({ state: 'returned' })
    expect((await reader.client.send('GET', '/my/credits/certificates')).body).toMatchObject({
      rows: [{ id: other, state: 'returned', reason: '看不清公章' }, {}, {}, {}],
    })
    const last = (await submitted(reader)).body.id
    const withdraw = () => reader.client.send('POST', `/my/credits/certificates/${last}/withdraw`, {})
    expect((await withdraw()).body).toMatchObject({ state: 'withdrawn' })
    expect((await withdraw()).body).toMatchObject({ code: 'credits.certificate_decided' })
  })
})

describe('exemptions', () => {
  it('are decided by a second person, read with a purpose, and free the year (EDU-4)', async () => {
    const old = await plantMember(f, 'teachers', '周年高')
    const body = { year: 2026, ground: 'age', reason: '年满八十，行动不便' }
    const guest = await plantMember(f, 'teachers', '积极分子', { category: 'activist' })
    expect((await guest.client.send('POST', '/my/credits/exemptions', body)).body).toMatchObject({
      code: 'credits.exemption_not_obliged',
    })
    const { id } = (await old.client.send<Changed>('POST', '/my/credits/exemptions', body)).body
    const again = { ...body, memberId: old.id }
    expect((await secretary.client.send('POST', '/credits/exemptions', again)).body).toMatchObject({
      code: 'credits.exemption_open',
    })
    const decide = (by: Client, of = id) =>
      by.send<Changed>('POST', `/credits/exemptions/${of}/decide`, { isApproved: true, answer: '情况属实' })
    expect((await decide(secretary.client)).status).toBe(403)
    const elsewhere = await f.signIn('party_worker', 'medicine')
    expect((await decide(elsewhere)).body).toMatchObject({ code: 'credits.exemption_not_found' })
    const listed = await worker.send('GET', '/credits/exemptions?year=2026')
    expect(JSON.stringify(listed.body)).not.toContain('年满八十')
    const opened = await worker.send('POST', `/credits/exemptions/${id}/open`, { purpose: '审批' })
    expect(opened.body).toEqual({ reason: body.reason })
    expect((await decide(worker)).body).toMatchObject({ state: 'approved' })
    expect((await decide(second)).body).toMatchObject({ code: 'credits.exemption_decided' })
    expect((await own(old)).account).toMatchObject({ standing: 'exempt', missing: 0 })
    const ended = await old.client.send('POST', `/my/credits/exemptions/${id}/withdraw`, {})
    expect(ended.body).toMatchObject({ state: 'ended' })
    expect((await own(old)).account).toMatchObject({ standing: 'short' })
    const made = (await worker.send<Changed>('POST', '/credits/exemptions', again)).body.id
    expect((await decide(worker, made)).body).toMatchObject({ code: 'credits.not_by_the_same' })
  })
})

describe('honours', () => {
  it('need three people, a reached year and a number; nothing follows by itself', async () => {
    const short = await plantMember(f, 'teachers', '吴未达')
    await quiz(short)
    const found = await secretary.client.send('GET', '/credits/honours/candidates?year=2026')
    expect(found.body).toMatchObject({ rows: [{ name: '李学习', hundredths: 3200 }], isCut: false })
    const propose = (memberIds: string[], by = worker) =>
      by.send('POST', '/credits/honours', { year: 2026, title: '学习之星', memberIds, reason: '按时完成全部学习' })
    expect((await propose([short.id])).body).toMatchObject({ code: 'credits.honour_not_reached' })
    expect((await propose([reader.id], await f.signIn('branch_secretary', 'nurses'))).body).toMatchObject({
      code: 'credits.no_such_member',
    })
    expect((await propose([reader.id])).body).toEqual({ people: 1 })
    expect((await propose([reader.id])).body).toMatchObject({ code: 'credits.honour_proposed' })
    const [one] = (await worker.send<{ rows: HonourRow[] }>('GET', '/credits/honours?year=2026')).body.rows
    const act = (by: Client, step: 'review' | 'decide', body: object) =>
      by.send<Changed>('POST', `/credits/honours/${one?.id}/${step}`, body)
    const elsewhere = await f.signIn('party_worker', 'medicine')
    expect((await act(elsewhere, 'review', { passes: true })).body).toMatchObject({ code: 'credits.honour_not_found' })
    expect((await act(worker, 'review', { passes: true })).body).toMatchObject({ code: 'credits.not_by_the_same' })
    expect((await act(second, 'review', { passes: false })).body).toMatchObject({ code: 'credits.reason_missing' })
    expect((await act(committee, 'decide', { isConfirmed: true, certificateNo: '1' })).body).toMatchObject({
      code: 'credits.honour_decided',
    })
    expect((await act(second, 'review', { passes: true })).body).toMatchObject({ state: 'reviewed' })
    expect((await act(committee, 'decide', { isConfirmed: true })).body).toMatchObject({
      code: 'credits.number_missing',
    })
    expect((await reader.client.send('GET', '/my/credits/honours')).body).toEqual({ rows: [] })
    const confirmed = await act(committee, 'decide', { isConfirmed: true, certificateNo: '学〔2026〕1号' })
    expect(confirmed.body).toMatchObject({ state: 'confirmed' })
    expect((await reader.client.send('GET', '/my/credits/honours')).body).toMatchObject({
      rows: [{ title: '学习之星', certificateNo: '学〔2026〕1号' }],
    })
  })
})

describe('a rule that changes', () => {
  it('is previewed, refused when the preview is old, and applied by reversals', async () => {
    await quiz(reader)
    const tenant_id = f.tenantId
    await f.admin
      .insertInto('settings_value')
      .values({
        tenant_id,
        id: crypto.randomUUID(),
        org_id: f.orgs.committee.id,
        org_path: 'r00',
        code: 'education.quizHundredths',
        value: JSON.stringify(75),
        effective_from: '2026-01-01',
        state: 'in_force',
        reason: '按新规定',
        proposed_by: secretary.personId,
        proposed_at: new Date(),
      } as never)
      .execute()
    const preview = () => committee.send<{ hash: string; entries: number }>('GET', '/credits/recount?year=2026')
    const before = (await preview()).body
    expect(before).toMatchObject({ entries: 2, people: 2, hundredths: 50, rows: [{ before: 50, after: 75 }, {}] })
    const apply = (hash: string) => committee.send('POST', '/credits/recount', { year: 2026, hash, reason: '规则调整' })
    expect((await apply('0'.repeat(64))).body).toMatchObject({ code: 'credits.recount_stale' })
    expect((await apply(before.hash)).body).toMatchObject({ entries: 2, hundredths: 50 })
    expect((await own(reader)).account.earned).toBe(3275)
    expect((await preview()).body).toMatchObject({ entries: 0 })
    await sql`insert into credits_entry (tenant_id, id, member_id, person_id, org_path, year, on_date, source, source_id, title,
        part, rule, rule_version, fact, hundredths, at)
      select ${f.tenantId}::uuid, gen_random_uuid(), ${reader.id}::uuid, ${reader.personId}::uuid, 'r00.001.001', 2026,
        '2026-01-05', 'quiz', gen_random_uuid(), '测验', 'elective', 'quiz.passed', '0001-01-01', '{"kind":"quiz"}', 50, now()
      from generate_series(1, 2001)`.execute(f.admin)
    expect((await preview()).body).toMatchObject({ code: 'credits.recount_too_many', detail: { most: 2000 } })
    await f.admin.deleteFrom('credits_entry').where('on_date', '=', '2026-01-05').execute()
  })
})

describe('time and place', () => {
  it('remind each person and branch once a quarter, from two weeks before its end', async () => {
    const told = async (type: string) =>
      (
        await f.admin
          .selectFrom('platform_event')
          .select('payload')
          .where('tenant_id', '=', f.tenantId)
          .where('type', '=', type)
          .execute()
      ).map(({ payload }) => payload)
    const remind = (day: string) =>
      remindOfShortfall({
        platform: f.platform,
        now: new Date(`${day}T01:00:00Z`),
        signal: new AbortController().signal,
      })
    await remind('2026-12-10')
    expect(await told('credits.shortfall_due')).toEqual([])
    await remind('2026-12-20')
    await remind('2026-12-21')
    const due = await told('credits.shortfall_due')
    expect(due).toHaveLength(2)
    expect(due).toContainEqual(expect.objectContaining({ quarter: 4, missing: 3125 }))
    expect(await told('credits.shortfalls_listed')).toMatchObject([{ people: 2, quarter: 4 }])
    await f.deliver()
    const notices = await f.admin
      .selectFrom('notices_notice')
      .select(['kind', 'path'])
      .where('tenant_id', '=', f.tenantId)
      .where('kind', 'in', ['credits_short', 'credits_short_list'])
      .execute()
    expect(notices.map(({ kind }) => kind).sort()).toEqual(['credits_short', 'credits_short', 'credits_short_list'])
  })

  const tell = async <T extends EventType>(type: T, orgPath: string, payload: Events[T]) => {
    await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
      publishAll(tx, { tenantId: f.tenantId, now: f.platform.clock() }, type, [
        { subject: { kind: 'member', id: null, orgPath }, payload },
      ]),
    )
    await f.deliver()
  }
  const peopleOfUnit = async (org: 'teachers' | 'students') =>
    (await committee.send<{ unit: { people: number } }>('GET', `/credits/overview?year=2026&orgId=${f.orgs[org].id}`))
      .body.unit.people

  it('takes the account along when the member goes to another branch', async () => {
    const { id, path } = f.orgs.students
    const before = await peopleOfUnit('teachers')
    const place = { org_id: id, org_path: path }
    await f.admin.updateTable('members_member').set(place).where('id', '=', reader.id).execute()
    const standing = { category: 'formal', status: 'normal', source: 'transfer' }
    const payload = { memberId: reader.id, fromOrgId: f.orgs.teachers.id, toOrgId: id, ...standing }
    await tell('members.placed', path, payload)
    expect(await peopleOfUnit('teachers')).toBe(before - 1)
    expect(await peopleOfUnit('students')).toBe(1)
    const list = await committee.send('GET', `/credits/certificates?orgId=${id}`)
    expect(list.body).toMatchObject({ rows: [{ orgName: '机械学院学生党支部' }, {}, {}, {}, {}] })
  })

  it('counts for the kept record what the closed one earned, and takes it back when the merge is undone', async () => {
    const kept = await plantMember(f, 'teachers', '郑保留')
    const gone = await plantMember(f, 'teachers', '郑重复')
    await quiz(kept)
    await quiz(gone)
    type Overview = { unit: { people: number; hundredths: number }; mastery: { passed: number; people: number } }
    const overview = async () =>
      (await committee.send<Overview>('GET', `/credits/overview?year=2026&orgId=${f.orgs.teachers.id}`)).body
    const two = await overview()
    const merge = { mergeId: crypto.randomUUID(), memberId: kept.id, goneId: gone.id }
    await tell('members.merged', f.orgs.teachers.path, { ...merge, fields: [], rows: 0 })
    expect((await own(kept)).account.earned).toBe(150)
    const { people, hundredths } = two.unit
    // One person, and nothing that one account hands on to the other is counted in both.
    expect(await overview()).toMatchObject({
      unit: { people: people - 1, hundredths },
      mastery: { passed: 3, people: 2 },
    })
    await tell('members.merge_undone', f.orgs.teachers.path, merge)
    expect((await own(kept)).account.earned).toBe(75)
    expect(await overview()).toMatchObject({ unit: two.unit, mastery: two.mastery })
  })
})
