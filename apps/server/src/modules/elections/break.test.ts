import type { BoxCount } from '@tongxin/contract'
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
import { resultOf } from './elections.policy.ts'

/** What somebody tries who wants an election to come out wrong. */

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})

afterEach(async () => {
  const open = await desk.secretary.send<{ rows: { id: string; state: string }[] }>('GET', '/elections?open=true')
  for (const { id, state } of open.body.rows) {
    if (state === 'reported') await desk.done(desk.above, id, 'return', { reason: '测试结束' })
    await desk.done(desk.secretary, id, 'cancel', { reason: '测试结束' })
  }
})

const ids = () => desk.members.map((one) => one.id)
const member = (at: number): string => desk.members[at]?.id ?? ''

/** Up to the report: five elected, the plenum done. */
async function reporting(): Promise<string> {
  const { done, secretary, seen } = desk
  const id = await inHall(desk)
  const votes = Object.fromEntries(
    ids()
      .slice(0, 5)
      .map((one) => [one, 7]),
  )
  await counted(desk, id, (round) => boxOf(round, votes))
  for (const body of ['secretary', 'deputy']) {
    await done(secretary, id, 'rounds', { body, channel: 'paper', writeIn: false, present: ids().slice(0, 5) })
    await counted(desk, id, (round) => boxOf(round, { [round.candidates[0]?.memberId ?? '']: 5 }, 5))
  }
  expect(await seen(id)).toMatchObject({ state: 'reporting' })
  return id
}

describe('a count', () => {
  it('that differs points into the body as it was sent, in whatever order its rows stand', async () => {
    const { act, secretary, officer, seen } = desk
    const id = await inHall(desk)
    const round = (await seen(id)).rounds[0]
    if (!round) throw new Error('no round')
    const box = boxOf(round, {})
    expect((await act(secretary, id, `rounds/${round.id}/count`, box)).body).toMatchObject({ entries: 1 })
    const tallies = box.tallies
      .toReversed()
      .map((row) => (row.memberId === member(0) ? { ...row, for: 1, against: 7 } : row))
    const at = tallies.findIndex((row) => row.memberId === member(0))
    expect((await act(officer, id, `rounds/${round.id}/count`, { ...box, tallies })).body).toMatchObject({
      code: 'elections.counts_differ',
      fields: [{ field: `/body/tallies/${at}/for` }, { field: `/body/tallies/${at}/against` }],
    })
  })

  it('of a void ballot names only who stood, and differs also by rows that are missing', async () => {
    const { act, secretary, officer, seen } = desk
    const id = await inHall(desk)
    const round = (await seen(id)).rounds[0]
    if (!round) throw new Error('no round')
    const box: BoxCount = { ...boxOf(round, {}), issued: 7 }
    const foreign = [{ memberId: crypto.randomUUID(), for: 1, against: 0, abstain: 0 }]
    const count = (more: Partial<BoxCount>, by = secretary) =>
      act(by, id, `rounds/${round.id}/count`, { ...box, ...more })
    expect((await count({ tallies: foreign })).body).toMatchObject({ code: 'elections.count_people' })
    expect((await count({})).body).toMatchObject({ entries: 1 })
    expect((await count({}, officer)).body).toMatchObject({ entries: 2 })
  })

  it('is taken once when several enter the second one at the same moment', async () => {
    const { act, secretary, officer, seen, f } = desk
    const id = await inHall(desk)
    const round = (await seen(id)).rounds[0]
    if (!round) throw new Error('no round')
    const box = boxOf(round, {})
    await act(secretary, id, `rounds/${round.id}/count`, box)
    const third = await f.signIn('branch_officer', 'teachers')
    const answers = await Promise.all(
      [officer, third, officer].map((by) => act(by, id, `rounds/${round.id}/count`, box)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })
})

describe('a round', () => {
  it('opens once when two ask for it at the same moment', async () => {
    const { act, done, secretary, officer, seen } = desk
    const id = await prepared(desk)
    await done(secretary, id, 'roll/present', { memberIds: ids() })
    const round = { body: 'committee', channel: 'paper', writeIn: true }
    const answers = await Promise.all([secretary, officer].map((by) => act(by, id, 'rounds', round)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await seen(id)).rounds).toHaveLength(1)
  })

  it('does not let a teller stand in a separate election, nor make one who stands a teller', async () => {
    const { act, done, secretary } = desk
    const id = await inHall(desk)
    const votes = Object.fromEntries(
      ids()
        .slice(0, 4)
        .map((one) => [one, 7]),
    )
    await counted(desk, id, (round) => boxOf(round, votes))
    const open = (candidates: string[]) =>
      act(secretary, id, 'rounds', { body: 'committee', channel: 'paper', writeIn: true, candidates })
    expect((await open([member(4), member(6)])).body).toMatchObject({
      code: 'elections.teller_is_candidate',
      fields: [{ field: '/body/candidates' }],
    })
    await done(secretary, id, 'tellers', { supervisors: [member(7)], counters: [await substitute()] })
    expect((await open([member(4), member(6)])).body).toMatchObject({ state: 'voting' })
    expect(
      (await act(secretary, id, 'tellers', { supervisors: [member(6)], counters: [member(7)] })).body,
    ).toMatchObject({ code: 'elections.teller_is_candidate', fields: [{ field: '/body/supervisors/0' }] })
  })
})

/** A ninth full member who is on no list. */
async function substitute(): Promise<string> {
  return (await plantMember(desk.f, 'teachers', '计票员')).id
}

describe('nominations', () => {
  it('keep to their number and stay single when they are sent at the same moment', async () => {
    const id = await approved(desk, { seats: 3 })
    const client = desk.members[0]?.client as Desk['secretary']
    const path = `/my/elections/${id}/nominations`
    const propose = (memberId: string) => client.send('POST', path, { memberId, reason: '' })
    const same = await Promise.all(Array.from({ length: 4 }, () => propose(member(1))))
    expect(same.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const many = await Promise.all([2, 3, 4, 5, 6].map((at) => propose(member(at))))
    expect(many.filter(({ status }) => status === 200)).toHaveLength(2)
    expect((await client.send('GET', `/my/elections/${id}`)).body).toMatchObject({ nominations: { length: 3 } })
  })
})

describe('words', () => {
  it('with half a character are refused by their field, also where they are kept in steps', async () => {
    const create = await desk.secretary.send('POST', '/elections', desk.plan({ reason: '\ud800届满' }))
    expect(create).toMatchObject({
      status: 400,
      body: { code: 'request.malformed', fields: [{ field: '/body/reason' }] },
    })
  })
})

const PUBLICITY_REASON = { lateReason: PUBLICITY.lateReason }

describe('days', () => {
  it('of a publicity are neither before its approval nor long ago, and those past have a reason that stays', async () => {
    const { act, done, seen, secretary, above, letter, members, f } = desk
    const id = await approved(desk)
    await done(secretary, id, 'candidates', candidatesBody(members))
    await done(above, id, 'candidates/approve', { ...letter, on: '2026-09-01' })
    const post = (from: string, more: object = {}) =>
      act(secretary, id, 'publicity', { from, until: '2026-10-30', place: '公告栏', ...more })
    const refused = async (answer: ReturnType<typeof post>, code: string, field: string) =>
      expect(await answer).toMatchObject({ status: 422, body: { code, fields: [{ field }] } })
    await refused(post('2026-08-31'), 'elections.publicity_before_approval', '/body/from')
    await refused(post('2026-09-02', PUBLICITY_REASON), 'elections.publicity_too_late', '/body/from')
    await refused(post('2026-10-26'), 'elections.late_reason_missing', '/body/lateReason')
    expect((await post('2026-10-26', PUBLICITY_REASON)).status).toBe(200)
    expect((await seen(id)).publicity).toMatchObject(PUBLICITY_REASON)
    const event = await f.admin
      .selectFrom('platform_event')
      .select(['reason', 'payload'])
      .where('type', '=', 'elections.publicity_posted')
      .where('subject_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ reason: PUBLICITY_REASON.lateReason, payload: { late: true } })
  })

  it('of a publicity that end before they begin, or in the far future, are refused at once', async () => {
    const { act, done, secretary, above, letter, members } = desk
    const id = await approved(desk)
    await done(secretary, id, 'candidates', candidatesBody(members))
    await done(above, id, 'candidates/approve', letter)
    const post = (until: string) => act(secretary, id, 'publicity', { from: '2026-11-02', until, place: '公告栏' })
    expect((await post('2026-11-01')).body).toMatchObject({ code: 'elections.publicity_short', detail: { days: 0 } })
    expect((await post('9999-12-31')).body).toMatchObject({ code: 'elections.publicity_long' })
  })
})

describe('a report that is returned', () => {
  it('is due again', async () => {
    const { done, secretary, above, f } = desk
    const id = await reporting()
    const clock = async () =>
      (
        await f.admin.selectFrom('deadlines_item').select('state').where('key', '=', `elections.report/${id}`).execute()
      )[0]?.state
    expect(await clock()).toBe('open')
    await done(secretary, id, 'report', { documentNumber: '教工支〔2026〕6号', on: '2026-11-02', division: [] })
    expect(await clock()).toBe('done')
    await done(above, id, 'return', { reason: '请附分工' })
    expect(await clock()).toBe('open')
  })
})

describe('the plenum', () => {
  it('does not make the secretary deputy too, neither as named now nor as written in', async () => {
    const { act, done, secretary, seen } = desk
    const id = await inHall(desk)
    // Who is proposed as deputy, the second, is not elected to the committee.
    const votes = Object.fromEntries([0, 2, 3, 4, 5].map((at) => [member(at), 7]))
    await counted(desk, id, (round) => boxOf(round, votes))
    const present = [0, 2, 3, 4, 5].map(member)
    await done(secretary, id, 'rounds', { body: 'secretary', channel: 'paper', writeIn: false, present })
    await counted(desk, id, (round) => boxOf(round, { [member(0)]: 5 }, 5))
    const open = (candidate: string) =>
      act(secretary, id, 'rounds', {
        body: 'deputy',
        channel: 'paper',
        writeIn: true,
        present,
        candidates: [candidate],
      })
    expect((await open(member(0))).body).toMatchObject({ code: 'elections.named_twice' })
    expect((await open(member(2))).body).toMatchObject({ state: 'plenum' })
    const round = (await seen(id)).rounds.at(-1)
    if (!round) throw new Error('no round')
    const writtenIn = [{ memberId: member(0), votes: 5 }]
    expect(
      (await act(secretary, id, `rounds/${round.id}/count`, { ...boxOf(round, {}, 5), writtenIn })).body,
    ).toMatchObject({ code: 'elections.count_write_in', fields: [{ field: '/body/writtenIn/0/memberId' }] })
  })
})

describe('the result of a count', () => {
  it('is that of an oracle which fills the seats place by place, for all small counts', () => {
    const people = ['a', 'b', 'c', 'd']
    const names = new Map(people.map((one) => [one, one]))
    const candidates = people.map((memberId) => ({ memberId, name: memberId }))
    for (const present of [1, 2, 3, 4, 5])
      for (const seats of [1, 2, 3])
        for (let code = 0; code < (present + 1) ** 4; code += 1) {
          const votes = people.map((_, at) => Math.floor(code / (present + 1) ** at) % (present + 1))
          const tallies = people.map((memberId, at) => {
            const inFavour = votes[at] ?? 0
            return { memberId, for: inFavour, against: present - inFavour, abstain: 0 }
          })
          const count = { issued: present, returned: present, invalid: 0, tallies, writtenIn: [] }
          const { elected, tie } = resultOf({ kind: 'first', seats, present, candidates }, count, names)
          const ids = (list: readonly { memberId: string }[]) => list.map(({ memberId }) => memberId).sort()
          expect([ids(elected), ids(tie)], JSON.stringify({ present, seats, votes })).toEqual(
            oracle(people, votes, seats, present),
          )
        }
  })
})

describe('a by-election', () => {
  it('elects no more members than there are vacancies, so that its result can be entered', async () => {
    const { f, above, secretary } = desk
    const term = { fromOn: '2025-01-10', untilOn: '2028-01-10', seats: 5 }
    const version = (await above.send<{ version: number }>('GET', `/orgs/${desk.orgId}/leadership`)).body.version
    const set = await above.send('POST', `/orgs/${desk.orgId}/term`, term, { 'if-match': `"${version}"` })
    expect(set.status, JSON.stringify(set.body)).toBe(200)
    for (const [at, post] of ['secretary', 'organisation', 'publicity', 'discipline'].entries())
      await f.admin
        .insertInto('org_post')
        .values({
          tenant_id: f.tenantId,
          id: crypto.randomUUID(),
          unit_id: desk.orgId,
          org_path: f.orgs.teachers.path,
          post,
          member_id: member(at),
          name: '在任',
          from_on: '2025-01-10',
          created_at: new Date('2025-01-10T00:00:00Z'),
        })
        .execute()
    const create = (seats: number) =>
      secretary.send<{ id: string }>(
        'POST',
        '/elections',
        desk.plan({ kind: 'by_election', seats, deputies: 0, electsSecretary: false, ordinal: null }),
      )
    expect((await create(2)).body).toMatchObject({
      code: 'elections.nothing_to_elect',
      fields: [{ field: '/body/seats' }],
    })
    expect((await create(1)).status).toBe(200)
  })
})

/** Goes down from all votes to the fewest that are more than half, and takes everybody of a step who still fits. */
function oracle(people: readonly string[], votes: readonly number[], seats: number, present: number): string[][] {
  const elected: string[] = []
  for (let step = present; step > present - step; step -= 1) {
    const level = people.filter((_, at) => votes[at] === step)
    if (level.length > seats - elected.length) return [elected.sort(), elected.length < seats ? level : []]
    elected.push(...level)
  }
  return [elected.sort(), []]
}
