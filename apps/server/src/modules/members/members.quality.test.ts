import type { ScoredRecord } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { type Quality, qualityOf, UNKNOWN } from '../../test/quality-records.ts'
import { lookAgain, rebuildScores, searchAllFindings } from './members.quality.jobs.ts'

let f: Fixture
let q: Quality
let people: People
let approver: Client
let secretary: Client
let worker: Client

const DAY = 24 * 3600_000

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  q = qualityOf(f, people)
  ;({ approver, secretary, worker } = people)
})

describe('a proposal', () => {
  it('that is returned is told to who made it as returned, not as approved', async () => {
    const memberId = await q.one('退回的')
    const made = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'correction',
      memberId,
      facts: { workplace: '江湾大学' },
    })
    await q.settled()
    expect(await q.kindsOf(secretary)).toEqual(['change_approved'])
    const payloadHash = await people.hashOf(worker, made.body.id)
    const path = `/member-changes/${made.body.id}/first-review`
    await worker.send('POST', path, { verdict: 'return', opinion: '请附证明', payloadHash })
    await q.settled()
    expect((await q.kindsOf(secretary)).sort()).toEqual(['change_approved', 'change_returned'])
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
    const id = await q.one('龚少年', { joinedOn: '1990-01-01', convertedOn: '1991-06-01' })
    await q.settled()
    expect(await q.findings(`memberId=${id}`)).toMatchObject([
      { code: 'joined_before_eighteen', severity: 'stop', state: 'open', fields: ['joinedOn', 'bornOn'] },
    ])
    const nurse = await f.signIn('branch_secretary', 'nurses')
    expect(await q.findings('', nurse)).toEqual([])
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
    const [finding] = await q.findings('code=joined_before_eighteen')
    expect(await q.explain(UNKNOWN)).toMatchObject({ status: 404, body: { code: 'quality.finding_not_found' } })
    expect(await q.explain(finding?.id ?? '')).toMatchObject({ status: 409, body: { code: 'quality.must_be_mended' } })
    await q.corrected(finding?.memberId ?? '', { joinedOn: '1999-01-01', convertedOn: '2000-06-01' })
    await q.settled()
    expect(await q.findings('code=joined_before_eighteen')).toMatchObject([{ state: 'mended', reason: null }])
  })

  it('count a telephone of more than two people, stay explained, and open when a fourth gives it', async () => {
    const phone = '13911112222'
    for (const name of ['同号一', '同号二']) await q.one(name, { phone })
    await q.settled()
    expect(await q.findings('code=phone_shared')).toEqual([])
    await q.one('同号三', { phone })
    await q.settled()
    const shared = await q.findings('code=phone_shared&state=open')
    expect(shared.map((row) => row.amount)).toEqual([3, 3, 3])
    for (const { id } of shared) expect((await q.explain(id)).status).toBe(200)
    expect(await q.explain(shared[0]?.id ?? '')).toMatchObject({
      status: 409,
      body: { code: 'quality.finding_settled' },
    })
    await searchAllFindings(f.platform, NOW)
    expect(await q.findings('code=phone_shared&state=explained')).toMatchObject(
      Array.from({ length: 3 }, () => ({ settledBy: '总支干事', reason: '已核对本人' })),
    )
    await q.one('同号四', { phone })
    await q.settled()
    expect(await q.findings('code=phone_shared&state=open')).toHaveLength(4)
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
    await q.settled()
    const mine = async () => (await q.findings('code=entered_too_fast')).filter(({ name }) => name === '快手')
    expect(await mine()).toEqual([])
    await enter(10)
    await q.settled()
    expect(await mine()).toMatchObject([{ amount: 11, memberId: null, severity: 'ask', minute: NOW.toISOString() }])
    const post = await f.signIn('branch_secretary', 'students')
    expect((await q.explain((await mine())[0]?.id ?? '', post)).status).toBe(200)
  })
})

describe('the quality of a branch', () => {
  it('is refused outside the scope', async () => {
    const nurse = await f.signIn('branch_secretary', 'nurses')
    const behind = `/member-scores/${f.orgs.teachers.id}/records?part=conflicts`
    expect(await nurse.send('GET', behind)).toMatchObject({ status: 404, body: { code: 'members.org_not_found' } })
    expect(await q.scores('', nurse)).toMatchObject({ rows: [], whole: null })
    expect((await approver.send('GET', behind.replace('conflicts', 'beauty'))).status).toBe(400)
  })

  it('is kept by events, and a rebuild gives the same figures', async () => {
    await q.settled()
    const { rows, whole } = await q.scores()
    const [teachers] = rows
    const open = new Set((await q.findings('state=open')).flatMap(({ memberId }) => memberId ?? []))
    expect(teachers).toMatchObject({ orgName: '机械学院教工党支部', doubtful: open.size, stale: 0, wrong: 0 })
    expect(teachers?.people).toBe(whole?.people)
    expect(await rebuildScores(f.platform, NOW)).toBe(0)
    await f.admin.updateTable('members_score').set({ doubtful: 77 }).execute()
    expect(await rebuildScores(f.platform, NOW)).toBe(1)
    expect((await q.scores()).rows).toEqual(rows)
  })

  it('opens the records behind each part, with the fields to mend', async () => {
    const behind = async (part: string) =>
      (
        await approver.send<{ rows: ScoredRecord[] }>(
          'GET',
          `/member-scores/${f.orgs.teachers.id}/records?part=${part}`,
        )
      ).body.rows
    const [teachers] = (await q.scores()).rows
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
    const { rows } = await q.scores()
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
    expect((await q.scores()).rows[0]).toMatchObject({ freshness: 1000, stale: 0 })
    const gone = await people.registered({ name: '独一', idNumber: idOf('11010119660606166'), phone: null })
    await f.admin
      .updateTable('members_member')
      .set({ org_id: f.orgs.retired.id, org_path: f.orgs.retired.path })
      .where('id', '=', gone)
      .execute()
    await rebuildScores(f.platform, NOW)
    expect((await q.scores(`orgId=${f.orgs.retired.id}`)).rows).toMatchObject([{ people: 1 }])
    await approver.send('POST', `/members/${gone}/delete`, { reason: '登记错误' }, { 'if-match': '1' })
    await q.settled()
    expect((await q.scores(`orgId=${f.orgs.retired.id}`)).rows).toEqual([])
  })
})
