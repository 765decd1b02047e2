import type {
  CheckSampleRow,
  DrawnRow,
  ErrorRow,
  FindingRow,
  MemberError,
  ScoredRecord,
  ScoreRow,
} from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { drawQuarter, lookAgain, rebuildScores, searchAllFindings } from './members.quality.jobs.ts'
import { drawnBy } from './service/samples.ts'

let f: Fixture
let people: People
let approver: Client
let secretary: Client
let worker: Client
let running = 0

const UNKNOWN = '00000000-0000-7000-8000-000000000009'
const DAY = 24 * 3600_000
type Scores = { rows: ScoreRow[]; whole: Omit<ScoreRow, 'orgId' | 'orgName' | 'countedOn'> | null }

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  ;({ approver, secretary, worker } = people)
})

/** A record without a telephone, born in 1977, unless told otherwise. */
async function one(name: string, more: object = {}): Promise<string> {
  running += 1
  return people.registered({ name, idNumber: idOf(`11010119770303${100 + running}`), phone: null, ...more })
}
async function corrected(memberId: string, facts: object): Promise<void> {
  const made = await secretary.send<Change>('POST', '/member-changes', { kind: 'correction', memberId, facts })
  expect(made.status).toBe(200)
  await people.approved(made.body.id)
}
const findings = async (query = '', by = approver) =>
  (await by.send<{ rows: FindingRow[] }>('GET', `/member-findings?${query}`)).body.rows
const scores = async (query = '', by = approver) => (await by.send<Scores>('GET', `/member-scores?${query}`)).body
const explain = (id: string, by = worker) => by.send('POST', `/member-findings/${id}/explain`, { reason: '已核对本人' })
const report = (memberId: string, more: object = {}, by = secretary) =>
  by.send<{ id: string; code: string; fields: object[] }>('POST', '/member-errors', {
    memberId,
    field: 'workplace',
    rightValue: '江湾大学',
    foundHow: 'reading',
    effect: 'statistics',
    note: '与劳动合同不符',
    ...more,
  })
const errorOf = async (id: string, by = approver) => (await by.send<MemberError>('GET', `/member-errors/${id}`)).body
/** Events delivered, and what they noted looked through, as the minute's job does. */
async function settled(): Promise<void> {
  await f.deliver()
  await lookAgain(f.platform, NOW)
}
const kindsOf = async (client: Client) =>
  (await client.send<{ rows: { kind: string }[] }>('GET', '/my/notices')).body.rows.map(({ kind }) => kind)

describe('a proposal', () => {
  it('that is returned is told to who made it as returned, not as approved', async () => {
    const memberId = await one('退回的')
    const made = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'correction',
      memberId,
      facts: { workplace: '江湾大学' },
    })
    await settled()
    expect(await kindsOf(secretary)).toEqual(['change_approved'])
    const payloadHash = await people.hashOf(worker, made.body.id)
    const path = `/member-changes/${made.body.id}/first-review`
    await worker.send('POST', path, { verdict: 'return', opinion: '请附证明', payloadHash })
    await settled()
    expect((await kindsOf(secretary)).sort()).toEqual(['change_approved', 'change_returned'])
  })
})

describe('findings', () => {
  it('are refused to who may not see records, and shown in reach only', async () => {
    expect((await f.stranger.send('GET', '/member-findings')).status).toBe(401)
    const auditor = await f.signIn('audit_admin', 'committee')
    expect((await auditor.send('GET', '/member-findings')).status).toBe(403)
    expect(await secretary.send('GET', `/member-findings?orgId=${UNKNOWN}`)).toMatchObject({
      status: 404,
      body: { code: 'members.org_not_found' },
    })
    const id = await one('龚少年', { joinedOn: '1990-01-01', convertedOn: '1991-06-01' })
    await settled()
    expect(await findings(`memberId=${id}`)).toMatchObject([
      { code: 'joined_before_eighteen', severity: 'stop', state: 'open', fields: ['joinedOn', 'bornOn'] },
    ])
    const nurse = await f.signIn('branch_secretary', 'nurses')
    expect(await findings('', nurse)).toEqual([])
  })

  it('and scores go out as files of what the list shows, each with its purpose on record', async () => {
    const order = { filter: {}, format: 'csv', language: 'zh-CN', purpose: '季度核对' } as const
    const auditor = await f.signIn('audit_admin', 'committee')
    for (const list of ['findings', 'scores']) {
      const send = (by: Client, body: object) => by.send<string>('POST', `/member-${list}/export`, body)
      expect((await send(auditor, order)).status).toBe(403)
      expect(await send(approver, { ...order, purpose: '' })).toMatchObject({ status: 400 })
      expect(await send(approver, { ...order, filter: { orgId: UNKNOWN } })).toMatchObject({
        body: { code: 'members.org_not_found', fields: [{ field: '/body/filter/orgId' }] },
      })
      expect((await send(approver, { ...order, format: 'xlsx' })).body.slice(0, 2)).toBe('PK')
      const { body } = await send(approver, order)
      expect(body).toContain(list === 'findings' ? '入党时未满十八岁' : '得分（%）')
      expect(body).toContain(f.orgs.teachers.name)
      const elsewhere = await send(approver, { ...order, filter: { orgId: f.orgs.medicine.id } })
      expect(elsewhere.body).not.toContain(f.orgs.teachers.name)
      const type = `members.${list}_exported`
      const told = await f.admin.selectFrom('platform_event').select('reason').where('type', '=', type).execute()
      expect(told).toEqual(Array(3).fill({ reason: '季度核对' }))
    }
  })

  it('that cannot be true are mended, never explained', async () => {
    const [finding] = await findings('code=joined_before_eighteen')
    expect(await explain(UNKNOWN)).toMatchObject({ status: 404, body: { code: 'quality.finding_not_found' } })
    expect(await explain(finding?.id ?? '')).toMatchObject({ status: 409, body: { code: 'quality.must_be_mended' } })
    await corrected(finding?.memberId ?? '', { joinedOn: '1999-01-01', convertedOn: '2000-06-01' })
    await settled()
    expect(await findings('code=joined_before_eighteen')).toMatchObject([{ state: 'mended', reason: null }])
  })

  it('count a telephone of more than two people, stay explained, and open when a fourth gives it', async () => {
    const phone = '13911112222'
    for (const name of ['同号一', '同号二']) await one(name, { phone })
    await settled()
    expect(await findings('code=phone_shared')).toEqual([])
    await one('同号三', { phone })
    await settled()
    const shared = await findings('code=phone_shared&state=open')
    expect(shared.map((row) => row.amount)).toEqual([3, 3, 3])
    for (const { id } of shared) expect((await explain(id)).status).toBe(200)
    expect(await explain(shared[0]?.id ?? '')).toMatchObject({ status: 409, body: { code: 'quality.finding_settled' } })
    await searchAllFindings(f.platform, NOW)
    expect(await findings('code=phone_shared&state=explained')).toMatchObject(
      Array.from({ length: 3 }, () => ({ settledBy: '总支干事', reason: '已核对本人' })),
    )
    await one('同号四', { phone })
    await settled()
    expect(await findings('code=phone_shared&state=open')).toHaveLength(4)
  })

  it('tell of more rows in a minute than anybody reads, which the one who entered does not explain', async () => {
    const clerk = await f.signIn('branch_officer', 'students', { name: '快手' })
    const enter = (at: number) =>
      clerk.send('POST', '/member-changes', {
        kind: 'new_record',
        orgId: f.orgs.students.id,
        facts: people.facts({ name: `快录${at}`, idNumber: idOf(`11010119890909${200 + at}`), phone: null }),
      })
    for (let at = 0; at < 10; at += 1) expect((await enter(at)).status).toBe(200)
    await settled()
    const mine = async () => (await findings('code=entered_too_fast')).filter(({ name }) => name === '快手')
    expect(await mine()).toEqual([])
    await enter(10)
    await settled()
    expect(await mine()).toMatchObject([{ amount: 11, memberId: null, severity: 'ask', minute: NOW.toISOString() }])
    const post = await f.signIn('branch_secretary', 'students')
    expect((await explain((await mine())[0]?.id ?? '', post)).status).toBe(200)
  })
})

describe('the quality of a branch', () => {
  it('is refused outside the scope', async () => {
    const nurse = await f.signIn('branch_secretary', 'nurses')
    const behind = `/member-scores/${f.orgs.teachers.id}/records?part=conflicts`
    expect(await nurse.send('GET', behind)).toMatchObject({ status: 404, body: { code: 'members.org_not_found' } })
    expect(await scores('', nurse)).toMatchObject({ rows: [], whole: null })
    expect((await approver.send('GET', behind.replace('conflicts', 'beauty'))).status).toBe(400)
  })

  it('is kept by events, and a rebuild gives the same figures', async () => {
    await settled()
    const { rows, whole } = await scores()
    const [teachers] = rows
    const open = new Set((await findings('state=open')).flatMap(({ memberId }) => memberId ?? []))
    expect(teachers).toMatchObject({ orgName: '机械学院教工党支部', doubtful: open.size, stale: 0, wrong: 0 })
    expect(teachers?.people).toBe(whole?.people)
    expect(await rebuildScores(f.platform, NOW)).toBe(0)
    await f.admin.updateTable('members_score').set({ doubtful: 77 }).execute()
    expect(await rebuildScores(f.platform, NOW)).toBe(1)
    expect((await scores()).rows).toEqual(rows)
  })

  it('opens the records behind each part, with the fields to mend', async () => {
    const behind = async (part: string) =>
      (
        await approver.send<{ rows: ScoredRecord[] }>(
          'GET',
          `/member-scores/${f.orgs.teachers.id}/records?part=${part}`,
        )
      ).body.rows
    const [teachers] = (await scores()).rows
    for (const [part, count] of [
      ['completeness', teachers?.incomplete],
      ['conflicts', teachers?.doubtful],
      ['freshness', 0],
      ['errors', 0],
    ] as const)
      expect(await behind(part)).toHaveLength(count ?? -1)
    const [incomplete] = await behind('completeness')
    expect(incomplete?.fields).toContain('workplace')
    expect((await behind('conflicts'))[0]).toMatchObject({ codes: ['phone_shared'], fields: ['phone'] })
  })

  it('goes stale by the day, weighs what the settings of the day say, and forgets a branch without people', async () => {
    const later = new Date(NOW.getTime() + 361 * DAY)
    expect(await rebuildScores(f.platform, later)).toBe(1)
    const { rows } = await scores()
    expect(rows[0]).toMatchObject({ freshness: 0, stale: rows[0]?.people })
    const admin = await f.signIn('committee_admin', 'committee')
    const set = await admin.send('POST', '/settings', {
      orgId: f.orgs.committee.id,
      code: 'quality.fresh_months',
      value: 24,
      effectiveFrom: '2026-11-02',
      reason: '两年核对一次',
    })
    expect(set.status).toBe(200)
    await f.deliver()
    await lookAgain(f.platform, later)
    expect((await scores()).rows[0]).toMatchObject({ freshness: 1000, stale: 0 })
    const gone = await people.registered({ name: '独一', idNumber: idOf('11010119660606166'), phone: null })
    await f.admin
      .updateTable('members_member')
      .set({ org_id: f.orgs.retired.id, org_path: f.orgs.retired.path })
      .where('id', '=', gone)
      .execute()
    await rebuildScores(f.platform, NOW)
    expect((await scores(`orgId=${f.orgs.retired.id}`)).rows).toMatchObject([{ people: 1 }])
    await approver.send('POST', `/members/${gone}/delete`, { reason: '登记错误' }, { 'if-match': '1' })
    await settled()
    expect((await scores(`orgId=${f.orgs.retired.id}`)).rows).toEqual([])
  })
})

describe('an error in an approved record', () => {
  let memberId: string

  it('is reported with a right value that differs, once, by who may write', async () => {
    memberId = await one('罗有误', { workplace: '江弯大学' })
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await report(memberId, {}, leader)).status).toBe(403)
    expect(await report(UNKNOWN)).toMatchObject({ status: 404, body: { code: 'members.not_found' } })
    expect(await report(memberId, { rightValue: '江弯大学' })).toMatchObject({
      status: 422,
      body: { code: 'error.value_right', fields: [{ field: '/body/rightValue' }] },
    })
    expect(await report(memberId, { field: 'idNumber', rightValue: '123' })).toMatchObject({
      status: 422,
      body: { code: 'members.field_wrong', fields: [{ field: '/body/rightValue' }] },
    })
    const made = await report(memberId)
    expect(made).toMatchObject({ status: 200, body: { state: 'open' } })
    expect(await report(memberId)).toMatchObject({ status: 409, body: { code: 'error.already_open' } })
    expect(await errorOf(made.body.id)).toMatchObject({
      wrongValue: '江弯大学',
      rightValue: '江湾大学',
      presentValue: '江弯大学',
      row: { name: '罗有误', state: 'open', isMended: false },
      hands: [
        { link: 'entry', name: '支部书记' },
        { link: 'first', name: '总支干事' },
        { link: 'second', name: '组织部' },
      ],
    })
    const nurse = await f.signIn('branch_secretary', 'nurses')
    expect(await nurse.send('GET', `/member-errors/${made.body.id}`)).toMatchObject({
      status: 404,
      body: { code: 'error.not_found' },
    })
    await settled()
    expect((await scores()).rows.at(-1)).toMatchObject({ wrong: 1 })
  })

  it('masks what is sensitive', async () => {
    const id = await one('罗有号', { phone: '13812340000' })
    const made = await report(id, { field: 'phone', rightValue: '13812349999' })
    expect(await errorOf(made.body.id)).toMatchObject({ wrongValue: '138****0000', rightValue: '138****9999' })
    const { values } = await f.admin
      .selectFrom('members_error')
      .select('values')
      .where('id', '=', made.body.id)
      .executeTakeFirstOrThrow()
    expect(values.includes('13812349999')).toBe(false)
  })

  it('is handled by somebody who had no hand in it, answered and appealed by the one named', async () => {
    const { rows } = (await approver.send<{ rows: ErrorRow[] }>('GET', `/member-errors?memberId=${memberId}`)).body
    const path = `/member-errors/${rows[0]?.id}`
    const handling = { link: 'first', handling: 'reminder', note: '一审时未对照合同' }
    const handler = await f.signIn('party_worker', 'faculty', { name: '另一干事' })
    expect(await worker.send('POST', `${path}/handle`, handling)).toMatchObject({
      status: 403,
      body: { code: 'error.own_step' },
    })
    expect(await worker.send('POST', `${path}/answer`, { text: '我没有看过', appeal: false })).toMatchObject({
      status: 403,
      body: { code: 'error.not_concerned' },
    })
    expect((await handler.send('POST', `${path}/handle`, handling)).status).toBe(200)
    expect(await handler.send('POST', `${path}/handle`, handling)).toMatchObject({
      status: 409,
      body: { code: 'error.wrong_state' },
    })
    await settled()
    expect(await kindsOf(worker)).toContain('error_reminder')
    const mine = await worker.send<{ rows: ErrorRow[] }>('GET', '/me/member-errors')
    expect(mine.body.rows).toMatchObject([{ field: 'workplace', link: 'first', handling: 'reminder' }])
    expect((await secretary.send<{ rows: ErrorRow[] }>('GET', '/me/member-errors')).body.rows).toEqual([])
    expect((await worker.send('POST', `${path}/answer`, { text: '合同是后补的', appeal: false })).status).toBe(200)
    expect(await worker.send('POST', `${path}/answer`, { text: '当时没有合同', appeal: true })).toMatchObject({
      body: { state: 'appealed' },
    })
    const decide = (by: Client) => by.send('POST', `${path}/decision`, { upheld: true, reason: '合同确为后补' })
    expect((await handler.send('POST', `${path}/decision`, { upheld: true, reason: '合同后补' })).status).toBe(403)
    expect(await decide(await f.signIn('committee_admin', 'medicine'))).toMatchObject({
      status: 404,
      body: { code: 'error.not_found' },
    })
    expect(await decide(approver), 'the second review of that entry').toMatchObject({
      status: 403,
      body: { code: 'error.own_step' },
    })
    const uninvolved = await f.signIn('committee_admin', 'committee', { name: '裁定人' })
    expect(await decide(uninvolved)).toMatchObject({ status: 200, body: { state: 'handled' } })
    expect(await errorOf(rows[0]?.id ?? '')).toMatchObject({
      responsible: null,
      row: { link: 'source', handling: 'none' },
    })
    expect((await worker.send<{ rows: ErrorRow[] }>('GET', '/me/member-errors')).body.rows).toEqual([])
    await settled()
    expect(await kindsOf(worker)).toContain('error_decided')
  })

  it('does not name a hand that there was not, nor lets who handled it decide the appeal', async () => {
    const id = await one('罗导入', { workplace: '江弯大学' })
    await f.admin
      .updateTable('members_version')
      .set({ source: 'import', source_id: null })
      .where('member_id', '=', id)
      .execute()
    const made = await report(id)
    const path = `/member-errors/${made.body.id}`
    const handler = await f.signIn('committee_admin', 'committee', { name: '又一组织部' })
    expect(
      await handler.send('POST', `${path}/handle`, { link: 'second', handling: 'notice', note: '没有二审' }),
    ).toMatchObject({ status: 422, body: { code: 'error.no_such_hand' } })
    const handled = await handler.send('POST', `${path}/handle`, {
      link: 'entry',
      handling: 'notice',
      note: '导入时未核',
    })
    expect(handled.status).toBe(200)
    expect((await approver.send('POST', `${path}/answer`, { text: '原表如此', appeal: true })).status).toBe(200)
    const decide = (by: Client) => by.send('POST', `${path}/decision`, { upheld: false, reason: '原表无误' })
    expect(await decide(handler)).toMatchObject({ status: 403, body: { code: 'error.own_handling' } })
    expect(await decide(approver)).toMatchObject({ status: 403, body: { code: 'error.own_step' } })
    expect(await decide(await f.signIn('committee_admin', 'committee'))).toMatchObject({ body: { state: 'handled' } })
    expect(await approver.send('POST', `${path}/answer`, { text: '再申诉', appeal: true })).toMatchObject({
      status: 409,
      body: { code: 'error.wrong_state' },
    })
  })

  it('is closed by another person when the ordinary change has mended the record', async () => {
    const { rows } = (await approver.send<{ rows: ErrorRow[] }>('GET', `/member-errors?memberId=${memberId}`)).body
    const path = `/member-errors/${rows[0]?.id}`
    const closer = await f.signIn('party_worker', 'faculty')
    const close = (by: Client) => by.send('POST', `${path}/close`, { outcome: 'mended', reason: '已按合同更正' })
    expect(await close(secretary)).toMatchObject({ status: 403, body: { code: 'error.finder_closes' } })
    expect(await close(worker)).toMatchObject({ status: 403, body: { code: 'error.own_step' } })
    expect(await close(closer)).toMatchObject({ status: 409, body: { code: 'error.not_mended' } })
    await corrected(memberId, { workplace: '江湾大学' })
    expect(await close(closer)).toMatchObject({ status: 200, body: { state: 'closed' } })
    expect((await errorOf(rows[0]?.id ?? '')).steps.map(({ step }) => step)).toEqual([
      'found',
      'handled',
      'answered',
      'appealed',
      'upheld',
      'closed',
    ])
    await settled()
    expect(await rebuildScores(f.platform, NOW)).toBe(0)
  })
})

describe('a sample of approved rows', () => {
  it('is drawn once, of a quarter that is over, by a seed with which anybody draws the same', async () => {
    const drawBy = (by: Client, quarter: string) => by.send<{ id: string }>('POST', '/member-samples', { quarter })
    expect((await drawBy(worker, '2026Q3')).status).toBe(403)
    expect(await drawBy(approver, '2026Q4')).toMatchObject({ status: 422, body: { code: 'quality.quarter_running' } })
    expect(await drawBy(approver, '2026Q3')).toMatchObject({ status: 409, body: { code: 'quality.nothing_approved' } })
    const january = new Date('2027-01-04T01:00:00Z')
    f.setNow(january)
    expect(await drawQuarter(f.platform, january)).toBeGreaterThan(0)
    expect(await drawQuarter(f.platform, january)).toBe(0)
    const officer = await f.signIn('committee_admin', 'committee', { name: '抽查人' })
    expect(await drawBy(officer, '2026Q4')).toMatchObject({ status: 409, body: { code: 'quality.drawn_already' } })
    const { rows } = (await officer.send<{ rows: CheckSampleRow[] }>('GET', '/member-samples')).body
    expect(rows).toMatchObject([{ quarter: '2026Q4', percent: 5, drawnBy: null }])
    const sample = rows[0] as CheckSampleRow
    const drawn = (await officer.send<{ rows: DrawnRow[] }>('GET', `/member-samples/${sample.id}/rows`)).body.rows
    // Of records that stand: a record that was thrown away has nothing to be compared with.
    const approved = await f.admin
      .selectFrom('members_change as c')
      .innerJoin('members_member as m', 'm.id', 'c.member_id')
      .select('c.id')
      .where('c.state', '=', 'approved')
      .where('m.deleted_at', 'is', null)
      .execute()
    expect(sample.approved).toBe(approved.length)
    expect(drawn.map((row) => row.changeId)).toEqual(drawnBy(sample.seed, approved, 5).map((row) => row.id))
    const event = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'members.sample_drawn')
      .executeTakeFirstOrThrow()
    expect(event.payload).toMatchObject({ seed: sample.seed, drawn: drawn.length })
  })

  it('is checked by none of the three, and what is wrong becomes an error', async () => {
    const officer = await f.signIn('committee_admin', 'committee', { name: '抽查人' })
    const [sample] = (await officer.send<{ rows: CheckSampleRow[] }>('GET', '/member-samples')).body.rows
    const rowsBy = async (by: Client) =>
      (await by.send<{ rows: DrawnRow[] }>('GET', `/member-samples/${sample?.id}/rows`)).body.rows
    const [row] = (await rowsBy(officer)) as [DrawnRow]
    const check = (body: object, by = officer, id = row.id) =>
      by.send<{ errorId: string | null }>('POST', `/member-sample-rows/${id}/check`, { note: '对照原件', ...body })
    expect(await officer.send('GET', `/member-samples/${UNKNOWN}/rows`)).toMatchObject({
      status: 404,
      body: { code: 'quality.sample_not_found' },
    })
    expect(await check({ verdict: 'right' }, officer, UNKNOWN)).toMatchObject({
      status: 404,
      body: { code: 'quality.row_not_found' },
    })
    const hand = await f.admin
      .selectFrom('members_change')
      .select('second_by')
      .where('id', '=', row.changeId)
      .executeTakeFirstOrThrow()
    expect(hand.second_by).toBe(approver.personId)
    expect(row.canCheck).toBe(true)
    expect(await check({ verdict: 'wrong' })).toMatchObject({ status: 422, body: { code: 'quality.field_needed' } })
    expect(await check({ verdict: 'wrong', field: 'health', rightValue: '良好' })).toMatchObject({
      status: 422,
      body: { code: 'quality.not_drawn_field' },
    })
    const field = row.fields.includes('joinedOn') ? 'joinedOn' : (row.fields[0] as string)
    const wrong = await check({
      verdict: 'wrong',
      field,
      rightValue: field === 'joinedOn' ? '2001-02-03' : '江湾师范大学',
    })
    expect(wrong.status).toBe(200)
    expect(await errorOf(wrong.body.errorId ?? '', officer)).toMatchObject({ row: { foundHow: 'sample', field } })
    expect(await check({ verdict: 'right' })).toMatchObject({ status: 409, body: { code: 'quality.row_checked' } })
    await settled()
    const total = (await scores('', officer)).whole?.wrong
    expect(total).toBeGreaterThan(0)
  })

  it('is not checked by a hand that made it', async () => {
    const made = await f.signIn('branch_secretary', 'students', { name: '经手人' })
    const first = await f.signIn('party_worker', 'faculty')
    const second = await f.signIn('committee_admin', 'committee')
    const { body } = await made.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.students.id,
      facts: people.facts({ name: '抽中', idNumber: idOf('11010119920202999'), phone: null }),
    })
    const payloadHash = await people.hashOf(first, body.id)
    await first.send('POST', `/member-changes/${body.id}/first-review`, { verdict: 'pass', payloadHash })
    await second.send('POST', `/member-changes/${body.id}/second-review`, { verdict: 'pass', payloadHash })
    f.setNow(new Date('2027-04-02T01:00:00Z'))
    const officer = await f.signIn('committee_admin', 'committee')
    await officer.send('POST', '/member-samples', { quarter: '2027Q1' })
    const row = await f.admin
      .selectFrom('members_sample_row')
      .select('id')
      .where('change_id', '=', body.id)
      .executeTakeFirstOrThrow()
    await f.admin
      .updateTable('access_session')
      .set({ last_seen_at: new Date('2027-04-02T00:59:00Z'), expires_at: new Date('2027-04-03T00:00:00Z') })
      .execute()
    const answer = await first.send('POST', `/member-sample-rows/${row.id}/check`, {
      verdict: 'right',
      note: '自己看过',
    })
    expect(answer).toMatchObject({ status: 403, body: { code: 'quality.own_hands' } })
  })
})
