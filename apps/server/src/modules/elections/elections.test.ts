import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { plantMember } from '../../test/org-people.ts'
import {
  approved,
  boxOf,
  candidatesBody,
  counted,
  type Desk,
  inHall,
  openDesk,
  PUBLICITY,
  prepared,
} from './elections.fixture.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

/** An organisation has one open election: what a test left open is given up. */
afterEach(async () => {
  const open = await desk.secretary.send<{ rows: { id: string }[] }>('GET', '/elections?open=true')
  for (const { id } of open.body.rows) await cancel(id)
})

const cancel = (id: string) => desk.done(desk.secretary, id, 'cancel', { reason: '测试结束' })
const create = (more: object, client = desk.secretary) => client.send('POST', '/elections', desk.plan(more))

describe('opening the file of an election', () => {
  it('refuses without permission, outside the scope, against the rules of the plan, and twice', async () => {
    const leader = await desk.f.signIn('group_leader', 'teachers')
    expect((await create({}, leader)).status).toBe(403)
    const nurses = await desk.f.signIn('branch_secretary', 'nurses')
    expect((await create({}, nurses)).body).toMatchObject({
      code: 'elections.no_such_org',
      fields: [{ field: '/body/orgId' }],
    })
    expect((await create({ plannedOn: '2026-11-01' })).body).toMatchObject({ code: 'elections.in_past' })
    expect((await create({ seats: 0 })).body).toMatchObject({ code: 'elections.committee_needed', detail: { full: 8 } })
    expect((await create({ seats: 2 })).body).toMatchObject({ code: 'elections.committee_small', detail: { full: 8 } })
    expect((await create({ electsSecretary: false })).body).toMatchObject({ code: 'elections.nothing_to_elect' })
    expect((await create({ kind: 'by_election', seats: 1 })).body).toMatchObject({ code: 'elections.nothing_to_elect' })
    const students = await desk.f.signIn('branch_secretary', 'students')
    const small = desk.plan({ orgId: desk.f.orgs.students.id })
    expect((await students.send('POST', '/elections', small)).body).toMatchObject({ code: 'elections.no_committee' })
    const id = await desk.made()
    expect((await create({})).body).toMatchObject({ code: 'elections.already_open' })
    const units = [{ orgId: desk.orgId, seats: 4 }]
    expect((await desk.act(desk.secretary, id, 'allotment', { units })).body).toMatchObject({
      code: 'elections.no_congress',
    })
    await cancel(id)
    expect((await desk.act(desk.secretary, id, 'request', { documentNumber: '1号' })).body).toMatchObject({
      code: 'elections.wrong_state',
    })
    expect((await nurses.send('GET', `/elections/${id}`)).body).toMatchObject({ code: 'elections.not_found' })
  })

  it('refuses organisations that hold no elections, and days too far from the end of the term', async () => {
    const { above, f } = desk
    const group = await above.send<{ id: string }>('POST', '/orgs', {
      name: '第一党小组',
      kind: 'group',
      parentId: f.orgs.students.id,
      effectiveOn: '2026-11-01',
    })
    expect(group.status, JSON.stringify(group.body)).toBe(200)
    expect((await create({ orgId: group.body.id }, above)).body).toMatchObject({ code: 'elections.not_electing' })
    const term = await above.send(
      'POST',
      `/orgs/${f.orgs.medicine.id}/term`,
      { fromOn: '2022-01-10', untilOn: '2025-01-10' },
      { 'if-match': '"1"' },
    )
    expect(term.status).toBe(200)
    expect((await create({ orgId: f.orgs.medicine.id }, above)).body).toMatchObject({
      code: 'elections.too_far',
      detail: { until: '2025-01-10', months: 12 },
    })
  })

  it('is changed only as draft, listed, and goes up to somebody else above', async () => {
    const { secretary, above, f, act, letter, done, seen } = desk
    const id = await desk.made()
    const { orgId: _, ...plan } = desk.plan({ seats: 3 })
    const change = (version: number) => secretary.send('PUT', `/elections/${id}`, plan, { 'if-match': `"${version}"` })
    expect((await change(9)).body).toMatchObject({ code: 'request.version_stale' })
    expect((await change(1)).status).toBe(200)
    const list = await secretary.send<{ rows: { id: string; seats: number }[] }>(
      'GET',
      '/elections?open=true&text=教工',
    )
    expect(list.body.rows).toMatchObject([{ id, seats: 3 }])
    const within = async (below: boolean) =>
      (
        await above.send<{ rows: { orgId: string }[] }>('GET', `/elections?orgId=${f.orgs.faculty.id}&below=${below}`)
      ).body.rows.map(({ orgId }) => orgId)
    expect(await within(true)).toContain(desk.orgId)
    expect(await within(false)).not.toContain(desk.orgId)
    expect(await seen(id)).toMatchObject({ can: ['change', 'appointGroup', 'request', 'cancel'], state: 'draft' })
    await done(secretary, id, 'request', { documentNumber: '教工支〔2026〕3号' })
    expect((await change(3)).body).toMatchObject({ code: 'elections.wrong_state' })
    const own = await f.signIn('committee_admin', 'teachers')
    expect((await act(own, id, 'approve', letter)).body).toMatchObject({ code: 'elections.not_from_above' })
    expect((await act(above, id, 'approve', { ...letter, on: '2026-12-01' })).body).toMatchObject({
      code: 'elections.in_future',
    })
    await done(above, id, 'return', { reason: '请补充委员名额的依据' })
    expect(await seen(id)).toMatchObject({ state: 'draft', returnedReason: '请补充委员名额的依据' })
    await done(above, id, 'request', { documentNumber: '教工支〔2026〕3号' })
    expect((await act(above, id, 'approve', letter)).body).toMatchObject({ code: 'elections.not_by_the_same' })
  })
})

describe('nominating', () => {
  it('lets members with rights propose on the phone, each person once, at most as many as seats', async () => {
    const { members, f } = desk
    const id = await approved(desk, { seats: 3 })
    const [first, second, third, fourth] = members
    const client = first?.client as Desk['secretary']
    const path = `/my/elections/${id}/nominations`
    const propose = (memberId = '') => client.send('POST', path, { memberId, reason: '' })
    const probationary = await plantMember(f, 'teachers', '预备员', 'probationary')
    expect((await probationary.client.send('POST', path, { memberId: first?.id, reason: '' })).body).toMatchObject({
      code: 'elections.no_rights',
    })
    expect((await propose(probationary.id)).body).toMatchObject({ code: 'elections.no_rights' })
    const nurse = await plantMember(f, 'nurses', '护理员')
    expect((await propose(nurse.id)).body).toMatchObject({ code: 'elections.no_such_person' })
    expect((await nurse.client.send('GET', `/my/elections/${id}`)).body).toMatchObject({ code: 'elections.not_found' })
    expect((await propose(second?.id)).body).toMatchObject({ nominations: 1 })
    expect((await propose(second?.id)).body).toMatchObject({ code: 'elections.nominated_already' })
    await propose(third?.id)
    await propose(fourth?.id)
    expect((await propose(members[4]?.id)).body).toMatchObject({ code: 'elections.too_many_nominated' })
    expect((await client.send('POST', `${path}/${fourth?.id}/withdraw`, {})).body).toMatchObject({ nominations: 2 })
    expect((await client.send('GET', '/my/elections')).body).toMatchObject({ rows: [{ id, state: 'nominating' }] })
    expect((await client.send('GET', `/my/elections/${id}`)).body).toMatchObject({
      mayNominate: true,
      candidates: [],
      nominations: [{ name: '王海' }, { name: '王建国' }],
    })
    expect((await client.send('GET', `/my/elections/${id}/people?text=王`)).body).toMatchObject({
      rows: [{ name: '王海' }, { name: '王建国' }],
    })
    expect((await desk.seen(id)).nominations).toMatchObject([{ name: '王海', proposals: 1 }, { proposals: 1 }])
  })

  it('holds the candidates to difference, equal posts, rights and the approval from above', async () => {
    const { members, secretary, above, act, done, letter, seen, f } = desk
    const id = await approved(desk)
    const body = candidatesBody(members)
    const report = (more: object) => act(secretary, id, 'candidates', { ...body, ...more })
    expect((await report({ committee: body.committee.slice(0, 5) })).body).toMatchObject({
      code: 'elections.too_few_candidates',
      detail: { seats: 5, least: 6, candidates: 5 },
    })
    expect((await report({ secretary: null })).body).toMatchObject({ code: 'elections.not_equal' })
    expect((await report({ deputies: [] })).body).toMatchObject({ code: 'elections.not_equal' })
    expect((await report({ deputies: [body.secretary] })).body).toMatchObject({ code: 'elections.named_twice' })
    expect((await report({ secretary: members[7]?.id })).body).toMatchObject({ code: 'elections.not_on_committee' })
    const nurse = await plantMember(f, 'nurses', '外支部')
    expect((await report({ committee: [...body.committee, nurse.id] })).body).toMatchObject({
      code: 'elections.no_such_person',
      fields: [{ field: '/body/committee/6' }],
    })
    const probationary = await plantMember(f, 'teachers', '预备乙', 'probationary')
    expect((await report({ committee: [...body.committee, probationary.id] })).body).toMatchObject({
      code: 'elections.no_rights',
      detail: { name: '预备乙' },
    })
    await done(secretary, id, 'candidates', body)
    expect((await act(secretary, id, 'candidates', body)).body).toMatchObject({ code: 'elections.wrong_state' })
    await done(above, id, 'candidates/approve', letter)
    const post = (until: string) => act(secretary, id, 'publicity', { from: '2026-11-02', until, place: '公告栏' })
    expect((await act(secretary, id, 'publicity/close', { outcome: '无' + '异议' })).body).toMatchObject({
      code: 'elections.publicity_missing',
    })
    expect((await post('2026-11-05')).body).toMatchObject({ code: 'elections.publicity_short', detail: { days: 4 } })
    expect((await post('2026-11-06')).status).toBe(200)
    expect((await act(secretary, id, 'publicity/close', { outcome: '没有异议' })).body).toMatchObject({
      code: 'elections.publicity_running',
      detail: { until: '2026-11-06' },
    })
    const file = await seen(id)
    expect(file.candidates.filter((one) => one.body === 'committee').map(({ name }) => name)).toEqual([
      '丁一鸣',
      '王海',
      '王建国',
      '李明',
      '张小英',
      '陈思',
    ])
    expect(members[5] && (await members[5].client.send('GET', `/my/elections/${id}`)).body).toMatchObject({
      candidates: { length: 8 },
      publicity: { until: '2026-11-06' },
      mayNominate: false,
    })
  })
})

describe('the meeting', () => {
  it('asks for method, tellers who are no candidates, a roll, and four fifths of those who should attend', async () => {
    const { members, secretary, act, done, seen } = desk
    const id = await prepared(desk)
    const open = (more: object = {}) =>
      act(secretary, id, 'rounds', { body: 'committee', channel: 'paper', writeIn: true, ...more })
    expect((await act(secretary, id, 'method', { on: '2026-11-02', present: 8, inFavour: 4 })).body).toMatchObject({
      code: 'elections.method_not_adopted',
    })
    const crowd = { on: '2026-11-02', present: 9, inFavour: 9 }
    expect(await act(secretary, id, 'method', crowd), 'more people than the roll has').toMatchObject({
      status: 422,
      body: {
        code: 'elections.method_beyond_roll',
        detail: { present: 9, voters: 8 },
        fields: [{ field: '/body/present' }],
      },
    })
    const tellers = (supervisor = '', counter = '') =>
      act(secretary, id, 'tellers', { supervisors: [supervisor], counters: [counter] })
    expect((await tellers(members[0]?.id, members[7]?.id)).body).toMatchObject({
      code: 'elections.teller_is_candidate',
      detail: { name: '丁一鸣' },
    })
    expect((await tellers(members[7]?.id, members[7]?.id)).body).toMatchObject({ code: 'elections.named_twice' })
    const ids = members.map((one) => one.id)
    const present = (memberIds: string[]) => act(secretary, id, 'roll/present', { memberIds })
    expect((await present([crypto.randomUUID()])).body).toMatchObject({ code: 'elections.not_on_roll' })
    await done(secretary, id, 'roll/present', { memberIds: ids.slice(0, 6) })
    // 6 of 8 are three quarters.
    expect((await open()).body).toMatchObject({ code: 'elections.no_quorum', detail: { present: 6, shouldAttend: 8 } })
    const leaveOut = (documentNumber: string | null, meetingApproved: boolean) =>
      done(secretary, id, 'roll/left-out', {
        people: [{ memberId: ids[7], reason: 'bedridden' }],
        documentNumber,
        meetingApproved,
      })
    await leaveOut(null, true)
    expect((await seen(id)).roll).toMatchObject({ shouldAttend: 8, leftOut: 1, quorum: false })
    await leaveOut('江委组〔2026〕13号', true)
    expect((await seen(id)).roll).toMatchObject({ shouldAttend: 7, quorum: true, present: 6 })
    expect((await present(ids)).body).toMatchObject({ code: 'elections.not_on_roll' })
    expect((await open({ channel: 'electronic', body: 'secretary' })).body).toMatchObject({
      code: 'elections.nothing_to_vote',
    })
    expect((await open()).body).toMatchObject({ state: 'voting' })
    expect((await open()).body).toMatchObject({ code: 'elections.round_open' })
    expect((await present(ids.slice(0, 7))).body).toMatchObject({ code: 'elections.round_open' })
  })

  it('says what is missing, and needs a roll before anybody is present', async () => {
    const { secretary, above, act, done, letter, members, seen } = desk
    const id = await approved(desk)
    await done(secretary, id, 'candidates', candidatesBody(members))
    await done(above, id, 'candidates/approve', letter)
    await done(secretary, id, 'publicity', PUBLICITY)
    await done(secretary, id, 'publicity/close', { outcome: '没有异议' })
    expect((await seen(id)).missing).toEqual(['method', 'tellers', 'roll', 'quorum'])
    expect((await act(secretary, id, 'roll/present', { memberIds: [] })).body).toMatchObject({
      code: 'elections.roll_missing',
    })
    const round = { body: 'committee', channel: 'paper', writeIn: false }
    expect((await act(secretary, id, 'rounds', round)).body).toMatchObject({
      code: 'elections.not_ready',
      detail: { missing: ['method', 'tellers', 'roll'] },
    })
  })
})

describe('counting', () => {
  it('refuses what cannot be, says where two entries differ, and lets no candidate count', async () => {
    const { secretary, officer, act, seen, members, f } = desk
    const id = await inHall(desk)
    const round = (await seen(id)).rounds[0]
    if (!round) throw new Error('no round')
    const count = (more: object, client = secretary) =>
      act(client, id, `rounds/${round.id}/count`, { ...boxOf(round, {}), ...more })
    const tallies = boxOf(round, {}).tallies
    expect((await act(secretary, id, `rounds/${id}/count`, boxOf(round, {}))).body).toMatchObject({
      code: 'elections.no_round',
    })
    expect((await count({ issued: 9 })).body).toMatchObject({ code: 'elections.count_issued' })
    expect((await count({ invalid: 9 })).body).toMatchObject({ code: 'elections.count_invalid' })
    expect((await count({ invalid: 1 })).body).toMatchObject({
      code: 'elections.count_sum',
      detail: { sum: 8, valid: 7, name: '丁一鸣' },
      fields: [{ field: '/body/tallies/0/for' }],
    })
    expect((await count({ tallies: tallies.slice(1) })).body).toMatchObject({ code: 'elections.count_people' })
    const written = (memberId: string | undefined, votes: number) => count({ writtenIn: [{ memberId, votes }] })
    expect((await written(members[0]?.id, 1)).body).toMatchObject({ code: 'elections.count_write_in' })
    expect((await written(members[7]?.id, 9)).body).toMatchObject({ code: 'elections.count_write_in' })
    const everybody = Object.fromEntries(members.map((one) => [one.id, 8]))
    expect((await count(boxOf(round, everybody))).body).toMatchObject({
      code: 'elections.count_too_many',
      detail: { chosen: 48, most: 40 },
    })
    expect((await count({})).body).toMatchObject({ entries: 1 })
    const differing = tallies.map((row, at) => (at === 1 ? { ...row, for: 1, against: 7 } : row))
    const again = await count({ tallies: differing }, officer)
    expect(again).toMatchObject({ status: 409, body: { code: 'elections.counts_differ', detail: { places: 2 } } })
    expect(again.body).toMatchObject({
      fields: [{ field: '/body/tallies/1/for' }, { field: '/body/tallies/1/against' }],
    })
    const candidate = await f.signIn('branch_officer', 'teachers', { name: '丁一鸣' })
    await f.admin
      .updateTable('members_member')
      .set({ person_id: candidate.personId })
      .where('tenant_id', '=', f.tenantId)
      .where('id', '=', members[0]?.id ?? '')
      .execute()
    expect((await count({}, candidate)).body).toMatchObject({ code: 'elections.count_by_candidate' })
  })

  it('holds a void ballot again, reduces seats only by the rule, and fills open seats separately', async () => {
    const { secretary, members, act, done, seen } = desk
    const id = await inHall(desk)
    const tooMany = await counted(desk, id, (round) => ({ ...boxOf(round, {}), issued: 7 }))
    expect(tooMany.rounds[0]).toMatchObject({ state: 'void', result: { action: 'vote-again', elected: [] } })
    expect(tooMany.nextRound).toMatchObject({ kind: 'first', seats: 5 })
    const round = { body: 'committee', channel: 'paper', writeIn: true }
    await done(secretary, id, 'rounds', round)
    // Four above half, two exactly at half: nobody else is elected.
    const votes = Object.fromEntries(members.slice(0, 6).map((one, at) => [one.id, at < 4 ? 8 - at : 4]))
    const short = await counted(desk, id, (one) => boxOf(one, votes))
    expect(short).toMatchObject({
      state: 'voting',
      elected: { length: 4 },
      nextRound: { kind: 'separate', seats: 1, candidates: [{ name: '张小英' }, { name: '陈思' }] },
    })
    expect(short.can).toContain('reduce')
    const reduce = (consenting: number, closeToNumber = true) =>
      act(secretary, id, 'reduce', { consenting, closeToNumber })
    expect((await reduce(3)).body).toMatchObject({ code: 'elections.may_not_reduce' })
    expect((await reduce(8, false)).body).toMatchObject({ code: 'elections.may_not_reduce' })
    const closed = short.rounds[1]
    expect((await act(secretary, id, `rounds/${closed?.id}/count`, boxOf(closed as never, {}))).body).toMatchObject({
      code: 'elections.round_closed',
    })
    expect((await act(secretary, id, `rounds/${closed?.id}/collect`)).body).toMatchObject({
      code: 'elections.round_closed',
    })
    expect((await act(secretary, id, 'rounds', { ...round, candidates: [members[4]?.id] })).body).toMatchObject({
      code: 'elections.too_few_candidates',
    })
    expect((await reduce(4)).body).toMatchObject({ state: 'plenum' })
    expect(await seen(id)).toMatchObject({ reduced: { seats: 4, consenting: 4, voters: 8 } })
  })
})
