import { beforeAll, describe, expect, it } from 'vitest'
import { Roads } from '../modules/development/development.fixture.ts'
import { peopleOf as sendersOf } from '../modules/transfers/transfers.fixture.ts'
import { type Client, type Fixture, openFixture } from './fixture.ts'
import { idOf } from './invented-id.ts'
import { peopleOf } from './member-records.ts'

let f: Fixture
let memberId: string
let caseId: string
let transferId: string
let readers: Readonly<Record<'sibling' | 'parent' | 'concerned' | 'auditor' | 'applicant', Client>>

beforeAll(async () => {
  f = await openFixture()
  const people = await peopleOf(f)
  memberId = await people.registered({ workplace: '江湾大学', health: '良好', homeAddress: '江湾路 1 号' })
  const entry = { kind: 'award', fromOn: '2020-07-01', untilOn: null, facts: { title: '优秀党员' } }
  const made = await people.secretary.send<{ id: string }>('POST', '/member-changes', {
    kind: 'new_entry',
    memberId,
    entry,
  })
  await people.approved(made.body.id)
  const senders = await sendersOf(f)
  const { person_id: personId } = await f.admin
    .selectFrom('members_member')
    .select('person_id')
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow()
  transferId = await senders.issued({ id: memberId, personId })
  const roads = await Roads.open(f)
  const applicant = await roads.applicant('申请人')
  caseId = (await roads.opened(applicant, '2026-11-02')).id
  await f.deliver()
  readers = {
    sibling: await f.signIn('branch_secretary', 'students'),
    parent: await f.signIn('committee_admin', 'committee'),
    concerned: await actingAs(memberId),
    auditor: await f.signIn('audit_admin', 'committee'),
    applicant: await actingAs(applicant.id),
  }
})

/** The person of a record, signed in as what the implicit role allows. */
async function actingAs(id: string): Promise<Client> {
  const client = await f.signIn('member', 'teachers', { memberId: id })
  await f.admin.updateTable('members_member').set({ person_id: client.personId }).where('id', '=', id).execute()
  for (const table of ['transfers_transfer', 'development_case'] as const)
    await f.admin.updateTable(table).set({ person_id: client.personId }).where('member_id', '=', id).execute()
  return client
}

/** Every field of an answer by its path: `card.name`, `steps[].act`. */
function fieldsOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => fieldsOf(one, `${at}[]`)))]
  if (value === null || typeof value !== 'object') return at === '' ? [] : [at]
  const entries = Object.entries(value)
  return entries.length === 0
    ? [at]
    : entries.flatMap(([key, inner]) => fieldsOf(inner, at === '' ? key : `${at}.${key}`))
}

/** Fields as they are written here: by the part of the answer they stand in, the parts themselves under ''. */
const spelt = (parts: Readonly<Record<string, string>>): string[] =>
  Object.entries(parts)
    .flatMap(([part, names]) => names.split(' ').map((name) => (part === '' ? name : `${part}.${name}`)))
    .sort()

/** A record with an award; what it does not say is missing, what is sealed is masked. */
const RECORD = spelt({
  can: 'delete propose reveal',
  card: 'bornOn category completeness convertedOn education ethnic id idNumber joinedOn memberNo name orgId orgName phone recordState sex status updatedAt version',
  '': 'deletedAt inTransferSince missing[] photo version',
  'entries[]': 'endedReason facts.title fromOn id kind untilOn version',
  fields: 'bornOn category convertedOn health homeAddress idNumber joinedOn name phone sex status workplace',
})

/** A case after its first step, without the political review. */
const CASE = spelt({
  can: 'decide pause postpone record resume return stop vet',
  card: 'activistOn admittedOn appliedOn category dueOn id lamp memberId memberNo name objectOn orgId orgName planYear probationEnd stage state stateReason step updatedAt version waitsAbove',
  'clocks[]': 'dueOn kind lamp startsOn yellowOn',
  '': 'extensionMonths leavesOn postponedUntil round version vetted',
  next: 'actor decidedAbove dueOn earliestOn step waitsAbove',
  'steps[]':
    'attempt decidedBy decidedOn decision edition facts.appliedAt heldOn id lateReason meetingId meetingItemId recordedAt recordedBy returnedReason state step',
})

/** What the applicant sees of the own case: where, what next, who, why; nothing of ballots and opinions. */
const ROAD = spelt({
  '': 'canApply',
  road: 'canApplyForConversion canReport caseId next.actor next.dueOn next.earliestOn next.lamp next.rules[].citation.en next.rules[].citation.zh next.rules[].ruleId next.rules[].text.en next.rules[].text.zh next.step next.waitsAbove orgName probationEnd reportDueOn stage state steps[].actor steps[].name.en steps[].name.zh steps[].on steps[].stage steps[].state steps[].step',
})

/** A transfer whose letter is out, for those who act. */
const LETTER = spelt({
  'acts[]': 'act whyNot',
  '': 'batchId category committeeName contact createdAt daysLeft departmentDocument direction duesPaidUntil fromName id incoming issuedOn kind lamp letter memberId memberNo mostDays name needsDepartment number orgId printed reason receiptBy receivedOn renewedById renewsId reportedOn returnedReason settledOn settlement side state strandedOn toName toOrgId usualDays validDays validUntil version',
  'steps[]': 'act at by id note on',
})

/** The same for the person who goes. */
const OWN_LETTER = spelt({
  'rows[]':
    'committeeName contact daysLeft direction duesPaidUntil fromName id issuedOn lamp mayReport needsDepartment number receivedOn reportedOn returnedReason state steps[].act steps[].at steps[].on toName validUntil version',
})

/** An event about a record, as the audit administrator reads it: names of fields, never their values. */
const EVENT = spelt({
  '': 'actorId actorName at id orgName orgPath personId personName reason requestId subjectId subjectKind type',
  payload:
    'category categoryFrom categoryTo change changeId entryId fields[] kind makerId memberId orgId source status statusFrom statusTo step verdict version',
})

/** What nobody is shown without a purpose. */
const WHOLE = { idNumber: idOf('11010119900307123'), phone: '13800001234' }
type Told = { status: number; code?: string; fields?: string[] }

async function told(client: Client, path: string): Promise<Told> {
  const { status, body } = await client.send<{ code: string }>('GET', path)
  return status === 200 ? { status, fields: fieldsOf(body).sort() } : { status, code: body.code }
}
const NOT_PERMITTED = { status: 403, code: 'request.not_permitted' }

describe('a member record', () => {
  it('is not there for a sibling branch, and not for the audit administrator or the person by the desk', async () => {
    const path = `/members/${memberId}`
    expect(await told(readers.sibling, path)).toEqual({ status: 404, code: 'members.not_found' })
    expect(await told(readers.auditor, path)).toEqual(NOT_PERMITTED)
    expect(await told(readers.concerned, path)).toEqual(NOT_PERMITTED)
    for (const one of ['sibling', 'auditor', 'parent'] as const)
      expect(await told(readers[one], '/me/record')).toEqual({ status: 404, code: 'members.no_record' })
  })

  it('shows the level above and the person the same fields, sealed ones masked', async () => {
    expect(await told(readers.parent, `/members/${memberId}`)).toEqual({ status: 200, fields: RECORD })
    expect(await told(readers.concerned, '/me/record')).toEqual({ status: 200, fields: RECORD })
    type Read = { fields: Record<string, string>; can: object }
    const above = (await readers.parent.send<Read>('GET', `/members/${memberId}`)).body
    const own = (await readers.concerned.send<Read>('GET', '/me/record')).body
    for (const read of [above, own]) {
      expect(read.fields.phone).toBe('138****1234')
      for (const value of Object.values(WHOLE)) expect(JSON.stringify(read)).not.toContain(value)
    }
    expect(above.can).toEqual({ propose: true, reveal: true, delete: true })
    expect(own.can).toMatchObject({ reveal: false, delete: false })
  })
})

describe('a development case', () => {
  it('is not there for a sibling branch, the audit administrator, or by the desk for the applicant', async () => {
    const path = `/development-cases/${caseId}`
    expect(await told(readers.sibling, path)).toEqual({ status: 404, code: 'development.not_found' })
    expect(await told(readers.auditor, path)).toEqual(NOT_PERMITTED)
    expect(await told(readers.applicant, path)).toEqual(NOT_PERMITTED)
  })

  it('shows the level above the case, and the applicant the own road', async () => {
    expect(await told(readers.parent, `/development-cases/${caseId}`)).toEqual({ status: 200, fields: CASE })
    expect(await told(readers.applicant, '/my/development')).toEqual({ status: 200, fields: ROAD })
    for (const one of ['sibling', 'auditor', 'parent'] as const)
      expect(await told(readers[one], '/my/development')).toEqual({ status: 200, fields: ['canApply', 'road'] })
  })
})

describe('a transfer letter', () => {
  it('is not there for a sibling branch, the audit administrator, or by the desk for the person', async () => {
    const path = `/transfers/${transferId}`
    expect(await told(readers.sibling, path)).toEqual({ status: 404, code: 'transfers.not_found' })
    expect(await told(readers.auditor, path)).toEqual(NOT_PERMITTED)
    expect(await told(readers.concerned, path)).toEqual(NOT_PERMITTED)
    for (const one of ['sibling', 'auditor', 'parent'] as const)
      expect((await readers[one].send('GET', '/my/transfers')).body).toEqual({ rows: [] })
  })

  it('shows the level above everything of it, and the person where it is', async () => {
    expect(await told(readers.parent, `/transfers/${transferId}`)).toEqual({ status: 200, fields: LETTER })
    expect(await told(readers.concerned, '/my/transfers')).toEqual({ status: 200, fields: OWN_LETTER })
  })
})

describe('the audit', () => {
  it('tells the audit administrator what was done, never what is written in a record', async () => {
    const { status, body } = await readers.auditor.send<{ rows: { type: string }[] }>('POST', '/audit/search', {
      filter: {},
      limit: 100,
    })
    expect(status).toBe(200)
    const rows = body.rows.filter(({ type }) => type.startsWith('members.'))
    expect(
      fieldsOf(rows)
        .map((field) => field.replace('[].', ''))
        .sort(),
    ).toEqual(EVENT)
    for (const value of [...Object.values(WHOLE), '江湾大学', '江湾路 1 号', '良好', '优秀党员'])
      expect(JSON.stringify(body)).not.toContain(value)
    for (const one of ['sibling', 'parent', 'concerned'] as const)
      expect((await readers[one].send('POST', '/audit/search', { filter: {} })).status).toBe(403)
  })
})
