import type { CongressDelegate, CongressUnit, ElectionRecord, MyCongress } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/org-people.ts'
import { boxOf, type Member, PUBLICITY } from './elections.fixture.ts'

/**
 * A committee is elected by a congress: seats are allotted, a branch elects its delegates, credentials are examined, the
 * delegates elect the committee, its plenum the standing committee and from that the secretary (ELEC-2, 6, 8, 13, 23).
 */
type Congress = { units: CongressUnit[]; people: CongressDelegate[]; confirmed: number; mayAllot: boolean }
let f: Fixture
let teachers: Member[] = []
let students: Member[] = []
let maker: Client
let approver: Client
let secretary: Client
let congressId = ''
let branchId = ''

const many = async (org: 'teachers' | 'students', names: string) => {
  const people: Member[] = []
  for (const name of names.split(' ')) people.push({ name, ...(await plantMember(f, org, name)) })
  return people
}

beforeAll(async () => {
  f = await openFixture()
  teachers = await many('teachers', '丁一 王二 李四 张五 陈六 赵七')
  students = await many('students', '方八 孔九 左十')
  maker = await f.signIn('committee_admin', 'committee', { name: '党委办公室' })
  approver = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  secretary = await f.signIn('branch_secretary', 'teachers', { name: '支部书记' })
})

const act = (client: Client, id: string, name: string, body: object = {}) =>
  client.send<{ state: string; entries?: number }>('POST', `/elections/${id}/${name}`, body)
const done = async (client: Client, id: string, name: string, body: object = {}) => {
  const answer = await act(client, id, name, body)
  expect(answer, `${name} ${JSON.stringify(answer.body)}`).toMatchObject({ status: 200 })
  return answer.body
}
const plan = (more: object = {}) => ({
  orgId: f.orgs.committee.id,
  kind: 'term',
  plannedOn: '2026-11-20',
  seats: 5,
  deputies: 1,
  electsSecretary: true,
  standing: 3,
  delegates: 4,
  scattered: true,
  ordinal: 2,
  reason: '本届党委任期将满。',
  ...more,
})
const ofBranch = (more: object = {}) =>
  plan({
    orgId: f.orgs.teachers.id,
    kind: 'delegates',
    seats: 3,
    deputies: 0,
    electsSecretary: false,
    standing: 0,
    delegates: null,
    scattered: false,
    ordinal: null,
    ...more,
  })
const letter = { documentNumber: '江委组〔2026〕12号', on: '2026-10-25' }
const congress = async () => (await maker.send<Congress>('GET', `/elections/${congressId}/congress`)).body
const file = async (id: string) => (await maker.send<ElectionRecord>('GET', `/elections/${id}`)).body
const ids = (people: readonly Member[], ...at: number[]) => at.map((n) => people[n]?.id ?? '')

/** Both entries of the count of the open round, by two people who do not stand. */
async function count(id: string, by: readonly [Client, Client], votes: Record<string, number>, valid: number) {
  const round = (await file(id)).rounds.at(-1) as ElectionRecord['rounds'][number]
  const box = boxOf(round, votes, valid)
  for (const client of by) await done(client, id, `rounds/${round.id}/count`, box)
  return file(id)
}

/** From the candidates to an open hall. */
async function toHall(id: string, by: Client, body: object, tellers: readonly [string, string], present: number) {
  await done(by, id, 'candidates', { documentNumber: '4号文', secretary: null, deputies: [], ...body })
  await done(approver, id, 'candidates/approve', letter)
  await done(by, id, 'publicity', PUBLICITY)
  await done(by, id, 'publicity/close', { outcome: '公示期间未收到异议。' })
  await done(by, id, 'method', { on: '2026-11-02', present, inFavour: present })
  await done(by, id, 'tellers', { supervisors: [tellers[0]], counters: [tellers[1]] })
}

describe('the file of a congress', () => {
  it('is refused where the statute has no congress and no standing committee', async () => {
    const made = (more: object) => maker.send('POST', '/elections', plan(more))
    expect((await made({ scattered: false })).body).toMatchObject({
      code: 'elections.congress_not_here',
      detail: { members: 9 },
    })
    const branch = { orgId: f.orgs.teachers.id, seats: 0, deputies: 0 }
    expect((await made({ ...branch, standing: 0 })).body).toMatchObject({ code: 'elections.congress_not_here' })
    expect((await made({ ...branch, standing: 1 })).body).toMatchObject({ code: 'elections.standing_not_here' })
    expect((await made({ standing: 5 })).body).toMatchObject({ fields: [{ field: '/body/standing' }] })
    expect((await secretary.send('POST', '/elections', ofBranch())).body).toMatchObject({
      code: 'elections.not_allotted',
      fields: [{ field: '/body/kind' }],
    })
  })

  it('allots no seat before the letter from above, and the letter is entered by somebody else', async () => {
    const made = await maker.send<{ id: string }>('POST', '/elections', plan())
    expect(made, JSON.stringify(made.body)).toMatchObject({ status: 200 })
    congressId = made.body.id
    const units = [{ orgId: f.orgs.teachers.id, seats: 4 }]
    await done(maker, congressId, 'request', { documentNumber: '江委〔2026〕3号' })
    expect((await act(maker, congressId, 'allotment', { units })).body).toMatchObject({ code: 'elections.wrong_state' })
    expect((await act(maker, congressId, 'approve', letter)).body).toMatchObject({
      code: 'elections.not_by_the_same',
    })
    await done(approver, congressId, 'approve', letter)
    const rules = (await file(congressId)).rules
    expect(rules.map(({ ruleId, ok, severity }) => [ruleId, ok, severity])).toEqual([
      ['ELEC-2', true, 'info'],
      ['ELEC-23', false, 'warn'],
    ])
  })
})

describe('the leading group', () => {
  it('is named by whoever prepares the election, its head once and nobody from elsewhere', async () => {
    const [leaderId = '', ...memberIds] = ids(teachers, 0, 1, 2)
    const named = (body: object) => act(maker, congressId, 'leading-group', { leaderId, memberIds, ...body })
    expect((await named({ memberIds: [memberIds[0], leaderId] })).body).toMatchObject({
      code: 'elections.named_twice',
      fields: [{ field: '/body/memberIds/1' }],
    })
    expect((await named({ leaderId: '00000000-0000-7000-8000-000000000000' })).body).toMatchObject({
      code: 'elections.no_such_person',
      fields: [{ field: '/body/leaderId' }],
    })
    expect((await act(secretary, congressId, 'leading-group', { leaderId, memberIds })).status).toBe(404)
    await named({ memberIds: memberIds.slice(1) })
    await done(maker, congressId, 'leading-group', { leaderId, memberIds })
    expect(await file(congressId)).toMatchObject({
      leadingGroup: { leader: { name: '丁一' }, members: [{ name: '王二' }, { name: '李四' }] },
    })
  })
})

describe('the seats of the units', () => {
  it('are proposed by their members, and refused when they do not add up, overlap or are a group’s', async () => {
    const { units } = await congress()
    expect(units.reduce((sum, { proposed }) => sum + proposed, 0)).toBe(4)
    const seats = (...rows: [string, number][]) =>
      act(maker, congressId, 'allotment', { units: rows.map(([orgId, seats]) => ({ orgId, seats })) })
    const { teachers, students, medicine, nurses, committee } = f.orgs
    expect((await seats([teachers.id, 2])).body).toMatchObject({
      code: 'elections.allotment_sum',
      detail: { sum: 2, delegates: 4 },
    })
    for (const rows of [
      [
        [teachers.id, 2],
        [teachers.id, 2],
      ],
      [[committee.id, 4]],
      [
        [medicine.id, 2],
        [nurses.id, 2],
      ],
    ] as [string, number][][])
      expect((await seats(...rows)).body).toMatchObject({ code: 'elections.allotment_unit' })
    expect((await seats([teachers.id, 3], [students.id, 1])).status).toBe(200)
    const nobody = await f.signIn('branch_secretary', 'nurses')
    expect((await act(nobody, congressId, 'allotment', { units: [] })).status).toBe(400)
    expect(
      (await act(nobody, congressId, 'allotment', { units: [{ orgId: nurses.id, seats: 4 }] })).body,
    ).toMatchObject({ code: 'elections.not_found' })
  })

  it('are told to the officers of each unit, and bind the unit’s own election', async () => {
    await f.deliver()
    const { body } = await secretary.send<{ rows: { kind: string; facts: object }[] }>('GET', '/my/notices')
    expect(body.rows.find(({ kind }) => kind === 'election_allotted')?.facts).toMatchObject({ seats: 3 })
    for (const { client } of [...teachers, ...students]) {
      const told = await client.send<{ rows: { kind: string; path: string }[] }>('GET', '/my/notices')
      expect(
        told.body.rows.map(({ kind, path }) => [kind, path]),
        'members of the branches below propose too',
      ).toEqual([['election_nominate', `/elections/${congressId}`]])
    }
    const made = (more: object) => secretary.send<{ id: string }>('POST', '/elections', ofBranch(more))
    expect((await made({ seats: 2 })).body).toMatchObject({ code: 'elections.not_allotted', detail: { seats: 3 } })
    const open = await made({})
    expect(open, JSON.stringify(open.body)).toMatchObject({ status: 200 })
    branchId = open.body.id
    const changed = [
      { orgId: f.orgs.teachers.id, seats: 2 },
      { orgId: f.orgs.students.id, seats: 2 },
    ]
    expect((await act(maker, congressId, 'allotment', { units: changed })).body).toMatchObject({
      code: 'elections.allotment_used',
    })
  })
})

describe('delegates', () => {
  it('are elected by the unit with a fifth more candidates and more than half of those present', async () => {
    await done(secretary, branchId, 'request', { documentNumber: '支〔2026〕1号' })
    await done(approver, branchId, 'approve', letter)
    expect(
      (
        await act(secretary, branchId, 'candidates', {
          documentNumber: '4号文',
          committee: ids(teachers, 0, 1, 2),
          secretary: null,
          deputies: [],
        })
      ).body,
    ).toMatchObject({ code: 'elections.too_few_candidates', detail: { least: 4 } })
    const tellers = [teachers[4]?.id ?? '', teachers[5]?.id ?? ''] as const
    await toHall(branchId, secretary, { committee: ids(teachers, 0, 1, 2, 3) }, tellers, 6)
    await done(secretary, branchId, 'roll')
    await done(secretary, branchId, 'roll/present', { memberIds: teachers.map(({ id }) => id) })
    await done(secretary, branchId, 'rounds', { body: 'delegate', channel: 'paper', writeIn: false })
    const [a = '', b = '', c = '', d = ''] = teachers.map(({ id }) => id)
    // Three of six are exactly half, which elects nobody: one seat is left open.
    const officer = await f.signIn('branch_officer', 'teachers', { name: '组织委员' })
    const after = await count(branchId, [secretary, officer], { [a]: 6, [b]: 4, [c]: 3, [d]: 3 }, 6)
    expect(after.rounds.at(-1)?.result).toMatchObject({ needed: 4, remaining: 1, action: 're-elect-or-reduce' })
    expect(after.nextRound).toMatchObject({ body: 'delegate', kind: 'separate', seats: 1 })
    await done(secretary, branchId, 'rounds', { body: 'delegate', channel: 'paper', writeIn: false })
    expect(await count(branchId, [secretary, officer], { [c]: 4, [d]: 2 }, 6)).toMatchObject({ state: 'reporting' })
    expect((await congress()).people, 'nobody before the level above confirms').toEqual([])
    await done(secretary, branchId, 'report', { documentNumber: '支〔2026〕2号', on: '2026-11-02', division: [] })
    await done(approver, branchId, 'report/approve', letter)
    const posts = await f.admin.selectFrom('org_post').selectAll().where('unit_id', '=', f.orgs.teachers.id).execute()
    expect(posts, 'a delegate holds no post of the unit').toEqual([])
    expect((await congress()).people.map(({ name, state }) => [name, state])).toEqual([
      ['丁一', 'elected'],
      ['王二', 'elected'],
      ['李四', 'elected'],
    ])
    expect((await secretary.send('POST', '/elections', ofBranch())).body).toMatchObject({
      code: 'elections.not_allotted',
    })
  })

  it('are on the roll of the congress once their credentials are confirmed, and only then', async () => {
    const body = { committee: ids(teachers, 0, 1, 2, 3, 4).concat(ids(students, 0)) }
    const few = { ...body, documentNumber: '5号文', secretary: teachers[0]?.id, deputies: ids(teachers, 1) }
    expect((await act(maker, congressId, 'candidates', { ...few, standing: ids(teachers, 0, 1) })).body).toMatchObject({
      code: 'elections.too_few_candidates',
      fields: [{ field: '/body/standing' }],
    })
    expect(
      (await act(maker, congressId, 'candidates', { ...few, standing: ids(teachers, 0, 2, 3, 4) })).body,
    ).toMatchObject({ code: 'elections.not_on_committee', fields: [{ field: '/body/deputies' }] })
    const examined = (memberIds: string[], more: object) =>
      act(maker, congressId, 'credentials', { memberIds, confirmed: true, ...more })
    expect((await examined(ids(students, 0), {})).body).toMatchObject({ code: 'elections.not_a_delegate' })
    expect((await examined(ids(teachers, 2), { confirmed: false })).body).toMatchObject({
      code: 'elections.credentials_reason',
    })
    const full = { ...few, standing: ids(teachers, 0, 1, 2, 3) }
    const tellers = [teachers[5]?.id ?? '', students[1]?.id ?? ''] as const
    await done(maker, congressId, 'candidates', full)
    await done(approver, congressId, 'candidates/approve', letter)
    await done(maker, congressId, 'publicity', PUBLICITY)
    await done(maker, congressId, 'publicity/close', { outcome: '公示期间未收到异议。' })
    expect((await act(maker, congressId, 'roll')).body).toMatchObject({
      code: 'elections.credentials_open',
      detail: { open: 3 },
    })
    expect((await examined(ids(teachers, 0, 1, 2), {})).status).toBe(200)
    await done(maker, congressId, 'method', { on: '2026-11-02', present: 3, inFavour: 3 })
    await done(maker, congressId, 'tellers', { supervisors: [tellers[0]], counters: [tellers[1]] })
    await done(maker, congressId, 'roll')
    // Whoever is no delegate reads on the phone that a congress elects, and who speaks for the branch there.
    type Mine = { delegates: number | null; congress: MyCongress | null; candidates: unknown[] }
    const seen = async (one: Member | undefined) =>
      (await one?.client.send<Mine>('GET', `/my/elections/${congressId}`))?.body.congress
    expect(await seen(teachers[0])).toMatchObject({ seats: 4, mine: 'confirmed', unit: { electionId: branchId } })
    expect(await seen(teachers[4])).toMatchObject({
      mine: null,
      unit: { orgName: f.orgs.teachers.name, seats: 3, electionState: 'done' },
    })
    expect((await seen(teachers[4]))?.unit?.delegates.map(({ name, state }) => [name, state])).toEqual([
      ['丁一', 'confirmed'],
      ['王二', 'confirmed'],
      ['李四', 'confirmed'],
    ])
    expect(await seen(students[1]), 'another branch sees its own seats, and nobody of this one').toMatchObject({
      mine: null,
      unit: { seats: 1, electionId: null, delegates: [] },
    })
    const own = await teachers[4]?.client.send<Mine>('GET', `/my/elections/${branchId}`)
    expect(own?.body, 'where the branch itself elects there is no congress').toMatchObject({ congress: null })
    const left = {
      people: [{ memberId: teachers[0]?.id, reason: 'abroad' }],
      documentNumber: '9',
      meetingApproved: true,
    }
    expect((await act(maker, congressId, 'roll/left-out', { ...left, documentNumber: '9号' })).body).toMatchObject({
      code: 'elections.all_count',
    })
    expect((await file(congressId)).roll).toMatchObject({ formal: 3, shouldAttend: 3 })
    await examined(ids(teachers, 2), { confirmed: false, reason: '组织关系已转出' })
    expect(await file(congressId), 'the roll is to be drawn again').toMatchObject({ missing: ['roll', 'quorum'] })
    await examined(ids(teachers, 2), {})
    await done(maker, congressId, 'roll')
    await done(maker, congressId, 'roll/present', { memberIds: ids(teachers, 0, 1, 2) })
  })

  it('and the elections go out as files with their purpose on record, the seats by unit beside them', async () => {
    const send = (path: string, body: object, by = maker) => by.send<string>('POST', `/elections/${path}`, body)
    const order = { format: 'csv', purpose: '报代表资格审查委员会' }
    expect((await send(`${branchId}/delegates/export`, order)).body).toMatchObject({ code: 'elections.no_congress' })
    expect((await send(`${congressId}/delegates/export`, order, secretary)).status).toBe(404)
    expect((await send(`${congressId}/delegates/export`, { ...order, purpose: ' ' })).status).toBe(400)
    const { body } = await send(`${congressId}/delegates/export`, order)
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      '\ufeff序号,姓名,选举单位,代表资格,原因',
      `1,丁一,${f.orgs.teachers.name},已确认,`,
    ])
    expect((await send(`${congressId}/delegates/export`, { ...order, format: 'xlsx' })).body.slice(0, 2)).toBe('PK')
    expect((await send('export', { ...order, kind: 'delegates' })).body.split('\r\n')[1]).toBe(
      `${f.orgs.teachers.name},代表,,已完成,3,,2026-11-20,2026-11-02`,
    )
    expect((await send('export', { ...order, orgId: f.orgs.medicine.id }, secretary)).body).toMatchObject({
      code: 'elections.no_such_org',
      fields: [{ field: '/body/orgId' }],
    })
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'reason'])
      .where('type', '=', 'elections.exported')
      .orderBy('id')
      .execute()
    expect(told.map(({ payload, reason }) => ({ ...(payload as object), reason }))).toMatchObject([
      { list: 'delegates', rows: 3, format: 'csv', reason: order.purpose },
      { list: 'delegates', rows: 3, format: 'xlsx' },
      { list: 'elections', rows: 1 },
    ])
  })
})

describe('the congress', () => {
  it('elects the committee also from members who are no delegates; its presidium may reduce the seats', async () => {
    await done(maker, congressId, 'rounds', { body: 'committee', channel: 'paper', writeIn: true })
    const [a = '', b = '', c = '', d = ''] = teachers.map(({ id }) => id)
    const after = await count(congressId, [maker, approver], { [a]: 3, [b]: 3, [c]: 2, [d]: 2 }, 3)
    expect(after.rounds[0]).toMatchObject({ shouldAttend: 3, present: 3, result: { needed: 2, remaining: 1 } })
    const reduce = { consenting: 0, closeToNumber: true }
    expect((await act(maker, congressId, 'reduce', reduce)).body).toMatchObject({ code: 'elections.may_not_reduce' })
    expect(await done(maker, congressId, 'reduce', { ...reduce, presidium: true })).toMatchObject({ state: 'plenum' })
  })

  it('leaves the plenum to elect the standing committee first, and from it secretary and deputy', async () => {
    const [a = '', b = '', c = '', d = ''] = teachers.map(({ id }) => id)
    const present = [a, b, c, d]
    const by = [maker, approver] as const
    expect(
      (await act(maker, congressId, 'rounds', { body: 'secretary', channel: 'paper', writeIn: false, present })).body,
    ).toMatchObject({ code: 'elections.nothing_to_vote', detail: { next: 'standing' } })
    const three = { body: 'standing', channel: 'paper', writeIn: false, present: [a, b, c] }
    expect((await act(maker, congressId, 'rounds', three)).body).toMatchObject({ code: 'elections.no_quorum' })
    await done(maker, congressId, 'rounds', { ...three, present })
    // Two of four are half, which is not enough.
    const stood = await count(congressId, by, { [a]: 4, [b]: 3, [c]: 3, [d]: 2 }, 4)
    expect(stood.elected.filter(({ body }) => body === 'standing')).toHaveLength(3)
    const led = { channel: 'paper', writeIn: false, present }
    expect(
      (await act(maker, congressId, 'rounds', { ...led, body: 'secretary', candidates: [d] })).body,
      'who is not on the standing committee leads nothing',
    ).toMatchObject({ code: 'elections.not_on_committee' })
    await done(maker, congressId, 'rounds', { ...led, body: 'secretary' })
    await count(congressId, by, { [a]: 3 }, 4)
    await done(maker, congressId, 'rounds', { ...led, body: 'deputy' })
    expect(await count(congressId, by, { [b]: 4 }, 4)).toMatchObject({ state: 'reporting' })
    await done(maker, congressId, 'report', { documentNumber: '江委〔2026〕9号', on: '2026-11-02', division: [] })
    for (const form of ['request', 'method', 'result_report'])
      expect((await maker.send('GET', `/elections/${congressId}/form?form=${form}&format=docx`)).status).toBe(200)
    await done(approver, congressId, 'report/approve', letter)
    const posts = await f.admin
      .selectFrom('org_post')
      .select(['post', 'name'])
      .where('unit_id', '=', f.orgs.committee.id)
      .orderBy('post')
      .execute()
    expect(posts.map(({ post, name }) => `${post} ${name}`)).toEqual([
      'committee_member 张五',
      'deputy_secretary 王二',
      'secretary 丁一',
      'standing_member 李四',
    ])
  })
})
