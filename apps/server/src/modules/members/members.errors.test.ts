import type { CheckSampleRow, DrawnRow, ErrorRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { type Quality, qualityOf, UNKNOWN } from '../../test/quality-records.ts'
import { drawQuarter, rebuildScores } from './members.quality.jobs.ts'
import { drawnBy } from './service/samples.ts'

let f: Fixture
let q: Quality
let people: People
let approver: Client
let secretary: Client
let worker: Client

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  q = qualityOf(f, people)
  ;({ approver, secretary, worker } = people)
})

describe('an error in an approved record', () => {
  let memberId: string

  it('is reported with a right value that differs, once, by who may write', async () => {
    memberId = await q.one('罗有误', { workplace: '江弯大学' })
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await q.report(memberId, {}, leader)).status).toBe(403)
    expect(await q.report(UNKNOWN)).toMatchObject({ status: 404, body: { code: 'members.not_found' } })
    expect(await q.report(memberId, { rightValue: '江弯大学' })).toMatchObject({
      status: 422,
      body: { code: 'error.value_right', fields: [{ field: '/body/rightValue' }] },
    })
    expect(await q.report(memberId, { field: 'idNumber', rightValue: '123' })).toMatchObject({
      status: 422,
      body: { code: 'members.field_wrong', fields: [{ field: '/body/rightValue' }] },
    })
    const made = await q.report(memberId)
    expect(made).toMatchObject({ status: 200, body: { state: 'open' } })
    expect(await q.report(memberId)).toMatchObject({ status: 409, body: { code: 'error.already_open' } })
    expect(await q.errorOf(made.body.id)).toMatchObject({
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
    await q.settled()
    expect((await q.scores()).rows.at(-1)).toMatchObject({ wrong: 1 })
  })

  it('masks what is sensitive', async () => {
    const id = await q.one('罗有号', { phone: '13812340000' })
    const made = await q.report(id, { field: 'phone', rightValue: '13812349999' })
    expect(await q.errorOf(made.body.id)).toMatchObject({ wrongValue: '138****0000', rightValue: '138****9999' })
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
    await q.settled()
    expect(await q.kindsOf(worker)).toContain('error_reminder')
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
    expect(await q.errorOf(rows[0]?.id ?? '')).toMatchObject({
      responsible: null,
      row: { link: 'source', handling: 'none' },
    })
    expect((await worker.send<{ rows: ErrorRow[] }>('GET', '/me/member-errors')).body.rows).toEqual([])
    await q.settled()
    expect(await q.kindsOf(worker)).toContain('error_decided')
  })

  it('does not name a hand that there was not, nor lets who handled it decide the appeal', async () => {
    const id = await q.one('罗导入', { workplace: '江弯大学' })
    await f.admin
      .updateTable('members_version')
      .set({ source: 'import', source_id: null })
      .where('member_id', '=', id)
      .execute()
    const made = await q.report(id)
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
    await q.corrected(memberId, { workplace: '江湾大学' })
    expect(await close(closer)).toMatchObject({ status: 200, body: { state: 'closed' } })
    expect((await q.errorOf(rows[0]?.id ?? '')).steps.map(({ step }) => step)).toEqual([
      'found',
      'handled',
      'answered',
      'appealed',
      'upheld',
      'closed',
    ])
    await q.settled()
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
    expect(await q.errorOf(wrong.body.errorId ?? '', officer)).toMatchObject({ row: { foundHow: 'sample', field } })
    expect(await check({ verdict: 'right' })).toMatchObject({ status: 409, body: { code: 'quality.row_checked' } })
    await q.settled()
    const total = (await q.scores('', officer)).whole?.wrong
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
