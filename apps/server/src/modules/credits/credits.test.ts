import { createHash, createPublicKey, verify } from 'node:crypto'
import type { CreditAccount, CreditEntry, OwnCredits, VerifiedTranscript } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf, markOf, textBlock } from '../../test/learning-cases.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'
import { stated } from '../../test/stated-facts.ts'
import { rebuildCredits } from './index.ts'

let f: Fixture
let secretary: Member
let recorder: Member
let reader: Member
let absent: Member
let worker: Client
let committee: Client
let stranger: Client
let meetingId = ''

const own = async (who: Member) => (await who.client.send<OwnCredits>('GET', '/my/credits')).body
const lines = async (who: Member) =>
  (await who.client.send<{ rows: CreditEntry[] }>('GET', '/my/credits/entries?year=2026')).body.rows

/** Files a meeting of an hour and a half at which these people checked in. */
async function filed(come: readonly Member[], more: object = {}): Promise<string> {
  f.setNow(NOW)
  const desk = secretary.client
  const id = await convened(
    desk,
    planBody(f, secretary.id, { recorderId: recorder.id, agenda: [{ title: '学习党章', votes: 'none' }], ...more }),
  )
  f.setNow(at(5))
  await desk.send('POST', `/meetings/${id}/open`, {})
  await desk.send('POST', `/meetings/${id}/check-ins`, { memberIds: come.map((one) => one.id), reason: '会场点名' })
  f.setNow(at(95))
  await desk.send('POST', `/meetings/${id}/close`, {})
  const read = (await desk.send<{ recordVersion: number }>('GET', `/meetings/${id}`)).body
  const minutes = { discussion: [], tasks: [], resolutions: [] }
  await desk.send('PUT', `/meetings/${id}/minutes`, minutes, { 'if-match': `"${read.recordVersion}"` })
  const { recordHash } = (await desk.send<{ recordHash: string }>('POST', `/meetings/${id}/submit`, {})).body
  await desk.send('POST', `/meetings/${id}/sign`, { recordHash })
  await recorder.client.send('POST', `/meetings/${id}/sign`, { recordHash })
  expect((await desk.send('POST', `/meetings/${id}/archive`, {})).body).toMatchObject({ state: 'archived' })
  await f.deliver()
  // Sessions of the desk end after half an hour.
  f.setNow(NOW)
  return id
}

const learned = (who: Member, verb: 'passed' | 'completed', kind: 'quiz' | 'micro', minutes = 0) =>
  stated(f, [
    {
      memberId: who.id,
      verb,
      activity: { kind, id: crypto.randomUUID(), name: '党章知识' },
      at: NOW,
      result: { minutes },
    },
  ])

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  recorder = await plantMember(f, 'teachers', '记录人')
  reader = await plantMember(f, 'teachers', '李学习')
  absent = await plantMember(f, 'teachers', '赵缺席')
  worker = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  stranger = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  meetingId = await filed([secretary, recorder, reader])
})

describe('the account of a year', () => {
  it('is refused for years to come, without a record, and for people out of reach', async () => {
    expect(await reader.client.send('GET', '/my/credits?year=2027')).toMatchObject({
      status: 422,
      body: { code: 'credits.year_in_future', fields: [{ field: '/query/year' }] },
    })
    expect(await worker.send('GET', '/my/credits')).toMatchObject({ body: { code: 'credits.not_a_member' } })
    expect(await stranger.send('GET', `/credits/accounts/${reader.id}?year=2026`)).toMatchObject({
      status: 404,
      body: { code: 'credits.no_such_member' },
    })
    expect((await reader.client.send('GET', '/credits/accounts?year=2026')).status).toBe(403)
    const elsewhere = `/credits/overview?year=2026&orgId=${f.orgs.teachers.id}`
    expect((await stranger.send('GET', elsewhere)).body).toMatchObject({ code: 'credits.no_such_org' })
  })

  it('counts the meeting for those who were there, by its minutes, and nobody who stayed away', async () => {
    expect(await lines(reader)).toMatchObject([
      { source: 'meeting', hundredths: 150, minutes: 90, rule: 'study.minutes', part: 'required', on: '2026-11-02' },
    ])
    expect((await own(reader)).account).toMatchObject({
      post: 'member',
      target: 3200,
      earned: 150,
      required: 150,
      missing: 3050,
      standing: 'short',
    })
    expect((await own(reader)).articles.map(({ ruleId }) => ruleId)).toEqual(['EDU-1', 'EDU-5'])
    expect(await lines(absent)).toEqual([])
    expect((await own(absent)).account).toMatchObject({ target: 3200, earned: 0, standing: 'short' })
  })

  it('counts a source once, whatever is delivered again', async () => {
    const event = await f.admin
      .selectFrom('platform_event')
      .selectAll()
      .where('tenant_id', '=', f.tenantId)
      .where('type', '=', 'meetings.archived')
      .executeTakeFirstOrThrow()
    const { xid: _, ...again } = event as typeof event & { xid: unknown }
    for (const type of ['meetings.archived', 'xapi.stated'] as const) {
      const rows = await f.admin
        .selectFrom('platform_event')
        .select(['payload', 'subject_id as id'])
        .where('tenant_id', '=', f.tenantId)
        .where('type', '=', type)
        .execute()
      for (const { payload, id } of rows)
        await f.admin
          .insertInto('platform_event')
          .values({ ...again, id: crypto.randomUUID(), type, payload: JSON.stringify(payload), subject_id: id })
          .execute()
    }
    await f.deliver()
    expect(await lines(reader)).toHaveLength(1)
    expect((await own(reader)).account.earned).toBe(150)
  })

  it('counts quizzes and micro-lessons by the rules, and never a meeting of the committee', async () => {
    await learned(reader, 'passed', 'quiz')
    await learned(reader, 'completed', 'micro', 12)
    expect((await own(reader)).account).toMatchObject({ earned: 225, elective: 75 })
    await filed([secretary, recorder], { kinds: ['committeeMeeting'], title: '支委会' })
    expect(await lines(recorder)).toHaveLength(1)
  })

  it('takes a line back with a reason and never twice, never by whom it concerns', async () => {
    const [quiz] = (await lines(reader)).filter(({ source }) => source === 'quiz')
    const path = `/credits/entries/${quiz?.id}/reverse`
    expect((await secretary.client.send('POST', path, { reason: '成绩有误' })).status).toBe(403)
    expect((await stranger.send('POST', path, { reason: '成绩有误' })).status).toBe(403)
    const elsewhere = await f.signIn('party_worker', 'medicine')
    expect((await elsewhere.send('POST', path, { reason: '成绩有误' })).body).toMatchObject({
      code: 'credits.entry_not_found',
    })
    const self = await plantMember(f, 'teachers', '干事本人', { role: 'party_worker' })
    await learned(self, 'passed', 'quiz')
    const [mine] = await lines(self)
    expect(
      (await self.client.send('POST', `/credits/entries/${mine?.id}/reverse`, { reason: '自己' })).body,
    ).toMatchObject({
      code: 'credits.own_matter',
    })
    expect((await worker.send('POST', path, { reason: '成绩有误' })).status).toBe(200)
    expect((await worker.send('POST', path, { reason: '成绩有误' })).body).toMatchObject({
      code: 'credits.entry_reversed',
    })
    const back = (await lines(reader)).find(({ reverses }) => reverses === quiz?.id)
    expect(back).toMatchObject({ hundredths: -50, reason: '成绩有误' })
    expect((await worker.send('POST', `/credits/entries/${back?.id}/reverse`, { reason: '再冲' })).body).toMatchObject({
      code: 'credits.entry_is_reversal',
    })
    expect((await own(reader)).account).toMatchObject({ earned: 175, elective: 25 })
  })
})

describe('make-up study', () => {
  it('is never presence, and counts nothing until a rule says so', async () => {
    await stated(f, [
      { memberId: absent.id, verb: 'completed', activity: { kind: 'meeting', id: meetingId, name: '会' }, at: at(0) },
    ])
    expect(await lines(absent)).toEqual([])
  })
})

describe('lists and figures', () => {
  it('list who is short by name only, and cut averages of fewer than five', async () => {
    expect((await worker.send('GET', '/credits/accounts?year=2026&sort=earned')).status).toBe(400)
    const list = await worker.send<{ rows: CreditAccount[] }>('GET', '/credits/accounts?year=2026&standing=short')
    expect(list.body.rows.map(({ name }) => name)).toContain('李学习')
    const few = await worker.send('GET', `/credits/overview?year=2026&orgId=${f.orgs.teachers.id}`)
    expect(few.body).toMatchObject({ unit: { people: 4, short: 4, reached: 0, average: null } })
    expect((await worker.send('GET', '/credits/overview?year=2026')).body).toMatchObject({
      unit: { people: 4 },
      below: [{ orgName: '机械学院教工党支部', hundredths: 525 }, { people: 0 }],
      // What was taken back is not mastered.
      mastery: { passed: 1, people: 1 },
      liked: [],
    })
  })

  it('are the same when they are counted again from the entries', async () => {
    const read = () =>
      sql`select json_agg(t order by t.key) as all from (
        select 'a' || member_id as key, earned, elective, months::text from credits_account where year = 2026
        union all select 'u' || unit_id, hundredths, people, months::text from credits_unit where year = 2026) t`.execute(
        f.admin,
      )
    const before = await read()
    await f.admin
      .updateTable('credits_account')
      .set({ earned: 1, elective: 1 })
      .where('tenant_id', '=', f.tenantId)
      .execute()
    await rebuildCredits({ platform: f.platform, now: at(100), signal: new AbortController().signal })
    expect((await read()).rows).toEqual(before.rows)
  })

  it('go out as a table and as a register, with an event', async () => {
    const csv = await worker.send<string>('POST', '/credits/accounts/export', { filter: { year: 2026 }, format: 'csv' })
    expect(csv.status).toBe(200)
    expect(csv.body).toContain('李学习')
    expect(csv.body).toContain('1.75')
    await sql`insert into credits_account (tenant_id, member_id, year, person_id, name, unit_id, org_path, unit_name, post, updated_at)
      select ${f.tenantId}::uuid, gen_random_uuid(), 2020, gen_random_uuid(), '旧人', ${f.orgs.teachers.id}::uuid,
        ${f.orgs.teachers.path}, '支部', 'member', ${NOW} from generate_series(1, 10001)`.execute(f.admin)
    const many = await worker.send('POST', '/credits/accounts/export', { filter: { year: 2020 }, format: 'csv' })
    expect(many.body).toMatchObject({ code: 'credits.too_many_rows' })
    const pdf = await worker.send('POST', '/credits/accounts/export', { filter: { year: 2026 }, format: 'pdf' })
    expect(pdf.status).toBe(200)
  })
})

describe('a transcript', () => {
  const issue = (client: Client) =>
    f.app.http.inject({
      method: 'POST',
      url: '/api/v1/my/credits/transcript',
      headers: { cookie: client.cookie },
      payload: { year: 2026 },
    })
  const verified = (code: string) =>
    f.stranger.send<VerifiedTranscript & { code: string }>('POST', '/transcripts/verify', { code })

  it('is not known by a code that nobody was given', async () => {
    expect((await verified('0000-0000-0000-0000')).body).toMatchObject({ code: 'credits.transcript_unknown' })
    expect((await f.stranger.send('POST', '/transcripts/verify', { code: 'short' })).status).toBe(400)
    expect((await stranger.send('POST', `/credits/accounts/${reader.id}/transcript`, { year: 2026 })).status).toBe(404)
  })

  it('is signed over its file, shows a masked name, and is superseded by the next line', async () => {
    const file = await issue(reader.client)
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-type']).toBe('application/pdf')
    const row = await f.admin
      .selectFrom('credits_transcript')
      .select(['signed_text as text', 'sha256'])
      .where('member_id', '=', reader.id)
      .executeTakeFirstOrThrow()
    expect(row.sha256).toBe(createHash('sha256').update(file.rawPayload).digest('hex'))
    const code = row.text.split('\n')[1] ?? ''
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
    const { body } = await verified(
      code
        .toLowerCase()
        .replace(/(.{4})/g, '$1 ')
        .trim(),
    )
    expect(body).toMatchObject({ name: '李**', year: 2026, hundredths: 175, isSuperseded: false, sha256: row.sha256 })
    expect(JSON.stringify(body)).not.toContain('李学习')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: body.publicKey }, format: 'jwk' })
    expect(verify(null, Buffer.from(body.signedText), key, Buffer.from(body.signature, 'base64url'))).toBe(true)
    await learned(reader, 'passed', 'quiz')
    expect((await verified(code)).body).toMatchObject({ isSuperseded: true, hundredths: 175 })
    expect((await reader.client.send('GET', '/my/credits/transcripts')).body).toMatchObject({
      rows: [{ year: 2026, isSuperseded: true }],
    })
  })

  it('is not printed without end', async () => {
    const [sample] = await f.admin
      .selectFrom('credits_transcript')
      .selectAll()
      .where('member_id', '=', reader.id)
      .execute()
    for (let at = 0; at < 19; at += 1)
      await f.admin
        .insertInto('credits_transcript')
        .values({
          ...(sample as NonNullable<typeof sample>),
          shown: JSON.stringify(sample?.shown),
          code_hash: Buffer.from(`spare ${at}`),
        })
        .execute()
    expect((await issue(reader.client)).json()).toMatchObject({ code: 'credits.transcripts_enough', status: 429 })
  })
})

describe('reading an account at the desk', () => {
  it('shows the lines, and the whole committee what is below it', async () => {
    const read = await committee.send<{ entries: CreditEntry[] }>('GET', `/credits/accounts/${reader.id}?year=2026`)
    expect(read.body).toMatchObject({ account: { earned: 225 } })
    expect(read.body.entries).toHaveLength(5)
    expect(read.body.entries.filter(({ isReversed }) => isReversed)).toHaveLength(1)
  })
})

describe('courses', () => {
  it('count their reviewed hours once they are finished, and required ones are left until then', async () => {
    const desk = await coursesOf(f)
    const block = textBlock()
    const courseId = await desk.open('必修课', { chapters: chaptersOf([block]) })
    const learner = await plantMember(f, 'students', '孙同学')
    const plan = await desk.author.send<{ id: string; version: number }>('POST', '/learning-plans', {
      kind: 'annual',
      year: 2026,
      orgId: f.orgs.committee.id,
      title: '年度计划',
      note: '',
      audience: { orgId: f.orgs.students.id, kinds: ['formal'], posts: [], levels: [] },
      courses: [{ courseId, isRequired: true, dueOn: null }],
    })
    const { id, version } = plan.body
    await desk.author.send('POST', `/learning-plans/${id}/publish`, {}, { 'if-match': `"${version}"` })
    expect((await own(learner)).account).toMatchObject({ requiredLeft: 1, earned: 0, standing: 'short' })
    await learner.client.send('POST', `/my/courses/${courseId}/start`, {})
    await learner.client.send('POST', '/my/learning/progress', { marks: [markOf(courseId, block.id)] })
    await f.deliver()
    expect(await lines(learner)).toMatchObject([{ source: 'course', title: '必修课' }])
    expect((await own(learner)).account).toMatchObject({ requiredLeft: 0 })
  })
})
