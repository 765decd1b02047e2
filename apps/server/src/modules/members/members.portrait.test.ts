import type { MemberPortrait } from '@tongxin/contract'
import { strFromU8, unzipSync } from 'fflate'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { at, convened, planBody, plantMember } from '../../test/meeting-cases.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { pdfText } from '../../test/pdf-text.ts'

let f: Fixture
let people: People
let memberId: string
let self: Client
let parent: Client

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  people = await peopleOf(f)
  memberId = await people.registered({
    name: '画像甲',
    idNumber: idOf('11010119850505211'),
    workplace: '江湾大学图书馆',
    appliedOn: '2010-05-04',
    activistOn: '2010-12-01',
  })
  await entered('award', '2020-07-01', { title: '优秀共产党员', awardedBy: '校党委' })
  await entered('penalty', '2018-03-01', { type: '党内警告', decidedBy: '校纪委', grounds: '不予印出的事由' })
  self = await f.signIn('member', 'teachers', { memberId })
  const who = { person_id: self.personId }
  await f.admin.updateTable('members_member').set(who).where('id', '=', memberId).execute()
  await f.admin.updateTable('members_entry').set(who).where('member_id', '=', memberId).execute()
  // The meetings last longer than the half hour after which an idle session ends.
  const kept = { idle_minutes: 32_000, expires_at: new Date('2027-01-01T00:00:00Z') }
  await f.admin.updateTable('access_session').set(kept).where('person_id', '=', self.personId).execute()
  await plantFacts()
  await holdMeetings()
  parent = await f.signIn('committee_admin', 'committee')
})

/** An entry of the record, proposed and approved by two. */
async function entered(kind: string, fromOn: string, facts: object): Promise<void> {
  const made = await people.secretary.send<Change>('POST', '/member-changes', {
    kind: 'new_entry',
    memberId,
    entry: { kind, fromOn, untilOn: null, facts },
  })
  expect(made).toMatchObject({ status: 200 })
  await people.approved(made.body.id)
}

/** A post held, a year of learning with an honour, a decision that stands and one that only was proposed. */
async function plantFacts(): Promise<void> {
  const { id: unit_id, path: org_path, name } = f.orgs.teachers
  const moment = new Date('2026-01-02T00:00:00Z')
  const whose = { tenant_id: f.tenantId, member_id: memberId, org_path }
  const mine = { ...whose, person_id: self.personId, name: '画像甲', unit_id }
  const year = { year: 2026, unit_name: name }
  await f.admin
    .insertInto('org_post')
    .values({
      ...whose,
      id: uuidv7(),
      unit_id,
      post: 'publicity',
      name: '画像甲',
      from_on: '2024-01-05',
      created_at: moment,
    })
    .execute()
  await f.admin
    .insertInto('credits_account')
    .values({
      ...mine,
      ...year,
      post: 'member',
      target: 3200,
      earned: 1250,
      elective: 250,
      updated_at: moment,
    } as never)
    .onConflict((c) => c.columns(['tenant_id', 'member_id', 'year']).doUpdateSet({ earned: 1250, elective: 250 }))
    .execute()
  const [proposed_by, reviewed_by, decided_by] = [uuidv7(), uuidv7(), uuidv7()]
  await f.admin
    .insertInto('credits_honour')
    .values({
      ...mine,
      ...year,
      id: uuidv7(),
      title: '学习标兵',
      state: 'confirmed',
      proposal: '学时第一',
      proposed_by,
      proposed_name: '甲',
      reviewed_by,
      decided_by,
      certificate_no: '2026-1',
      created_at: moment,
      updated_at: moment,
    })
    .execute()
  const decision = { ...mine, reason: Buffer.from('-'), status_before: 'normal', proposed_by, proposed_at: moment }
  const approved = { approved_by: decided_by, document_number: '校党〔2026〕1号', effective_on: '2026-02-01' }
  await f.admin
    .insertInto('membership_decision')
    .values([
      {
        ...decision,
        ...approved,
        id: uuidv7(),
        kind: 'restore',
        state: 'served',
        approving_org: '校党委',
        updated_at: moment,
      },
      { ...decision, id: uuidv7(), kind: 'expulsion', state: 'withdrawn', updated_at: moment } as never,
    ])
    .execute()
}

/** Two meetings that were held: the person came to one, and was on leave from the other, which was of two kinds. */
async function holdMeetings(): Promise<void> {
  const secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  const desk = (path: string, body: object = {}) => secretary.client.send('POST', path, body)
  const agenda = [{ title: '学习', votes: 'none' }]
  for (const [hours, kinds, comes] of [
    [0, ['generalMeeting'], true],
    [3, ['themeDay', 'partyLesson'], false],
  ] as const) {
    const span = { startsAt: at(hours * 60).toISOString(), endsAt: at(hours * 60 + 90).toISOString() }
    const id = await convened(secretary.client, planBody(f, secretary.id, { kinds, agenda, ...span }))
    if (!comes)
      await f.admin
        .updateTable('meetings_attendee')
        .set({ answer: 'leave_approved', leave_reason: 'illness' })
        .where('meeting_id', '=', id)
        .where('member_id', '=', memberId)
        .execute()
    f.setNow(at(hours * 60 + 5))
    expect(await desk(`/meetings/${id}/open`)).toMatchObject({ status: 200 })
    const memberIds = comes ? [secretary.id, memberId] : [secretary.id]
    expect(await desk(`/meetings/${id}/check-ins`, { memberIds, reason: '会场点名' })).toMatchObject({ status: 200 })
    f.setNow(at(hours * 60 + 95))
    expect(await desk(`/meetings/${id}/close`)).toMatchObject({ status: 200 })
  }
}

const portrait = (client: Client, path = `/members/${memberId}/portrait`) =>
  client.send<MemberPortrait & { code: string }>('GET', path)

async function printed(client: Client, body: object): Promise<{ status: number; bytes: Uint8Array }> {
  const answer = await fetch(`${f.app.http.listeningOrigin}/api/v1/members/print`, {
    method: 'POST',
    headers: { cookie: client.cookie, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: JSON.stringify({ form: 'portrait', language: 'zh-CN', ...body }),
  })
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

describe('the page about one member', () => {
  it('is not there for a sibling branch, the audit administrator, the person by the desk, or who has no record', async () => {
    const sibling = await f.signIn('branch_secretary', 'students')
    expect(await portrait(sibling)).toMatchObject({ status: 404, body: { code: 'members.not_found' } })
    expect((await printed(sibling, { memberId, format: 'pdf' })).status).toBe(404)
    const auditor = await f.signIn('audit_admin', 'committee')
    for (const one of [auditor, self])
      expect(await portrait(one)).toMatchObject({ status: 403, body: { code: 'request.not_permitted' } })
    expect(await portrait(auditor, '/me/portrait')).toMatchObject({ status: 404, body: { code: 'members.no_record' } })
    expect((await portrait(f.stranger, '/me/portrait')).status).toBe(401)
    expect((await printed(self, { memberId, format: 'pdf' })).status).toBe(403)
    expect((await printed(parent, { format: 'pdf' })).status).toBe(400)
  })

  it('gathers what the modules hold, masked, for the level above and the same for the person', async () => {
    const { body } = await portrait(parent)
    expect(body).toMatchObject({
      card: { name: '画像甲' },
      workplace: '江湾大学图书馆',
      road: {
        days: [
          { key: 'appliedOn', on: '2010-05-04' },
          { key: 'activistOn', on: '2010-12-01' },
          { key: 'joinedOn', on: '2012-06-01' },
          { key: 'convertedOn', on: '2013-06-01' },
        ],
        running: null,
      },
      posts: { rows: [{ post: 'publicity', fromOn: '2024-01-05', untilOn: null }], hasMore: false },
      life: { called: 2, present: 1, onLeave: 1 },
      learning: { year: 2026, earned: 1250, required: 1000, elective: 250 },
      honours: {
        rows: [
          { on: '2026', title: '学习标兵' },
          { on: '2020-07-01', title: '优秀共产党员', by: '校党委' },
        ],
      },
      decisions: {
        rows: [
          { on: '2026-02-01', kind: 'restore', by: '校党委' },
          { on: '2018-03-01', title: '党内警告', by: '校纪委' },
        ],
        hasMore: false,
      },
      withheld: [],
    })
    expect(body.life?.kinds).toEqual(
      expect.arrayContaining([
        { kind: 'generalMeeting', called: 1, present: 1, onLeave: 0 },
        { kind: 'partyLesson', called: 1, present: 0, onLeave: 1 },
        { kind: 'themeDay', called: 1, present: 0, onLeave: 1 },
      ]),
    )
    expect(body.card.idNumber).toContain('*')
    expect(JSON.stringify(body)).not.toContain('不予印出的事由')
    const own = await portrait(self, '/me/portrait')
    expect(own.status).toBe(200)
    expect(own.body.posts).toEqual(body.posts)
  })

  it('leaves out what the post does not see, and says so', async () => {
    const leader = await f.signIn('group_leader', 'teachers')
    const { body } = await portrait(leader)
    expect(body).toMatchObject({
      life: { called: 2 },
      learning: null,
      withheld: ['learning', 'development', 'membership', 'transfers'],
    })
    expect(body.honours.rows.map(({ title }) => title)).toEqual(['优秀共产党员'])
    expect(body.decisions.rows.map(({ kind }) => kind)).toEqual([null])
  })

  it('is printed on one page and as a Word file, and leaves its event', async () => {
    const pdf = await printed(parent, { memberId, format: 'pdf' })
    expect(pdf.status).toBe(200)
    const text = (await pdfText(pdf.bytes)).replaceAll(/\s/g, '')
    for (const words of ['党员一页画像', '画像甲', '宣传委员', '支部党员大会', '12.5', '学习标兵', '恢复党籍', '共1页'])
      expect(text).toContain(words)
    expect(text).not.toContain('不予印出的事由')
    const docx = await printed(parent, { memberId, format: 'docx' })
    const parts = unzipSync(docx.bytes)
    expect(strFromU8(parts['word/document.xml'] ?? new Uint8Array())).toContain('优秀共产党员')
    const events = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'members.printed')
      .execute()
    expect(events.map(({ payload }) => payload)).toEqual([
      { form: 'portrait', rows: 1, format: 'pdf' },
      { form: 'portrait', rows: 1, format: 'docx' },
    ])
  })
})
