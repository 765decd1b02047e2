import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'

let f: Fixture
let secretary: Client
let worker: Client
let approver: Client
let people: People

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  ;({ secretary, worker, approver } = people)
})

describe('the two reviews', () => {
  it('are given by three people, bound to the text that was read', async () => {
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: people.facts({ idNumber: idOf('11010119700101300'), name: '张大山', phone: '13900005678' }),
    })
    const payloadHash = await people.hashOf(secretary, made.id)
    const first = (client: Client, more: object = {}) =>
      client.send('POST', `/member-changes/${made.id}/first-review`, { verdict: 'pass', payloadHash, ...more })
    const second = (client: Client, more: object = {}) =>
      client.send('POST', `/member-changes/${made.id}/second-review`, { verdict: 'pass', payloadHash, ...more })

    expect(await first(await f.signIn('branch_secretary', 'nurses'))).toMatchObject({
      status: 404,
      body: { code: 'review.not_found' },
    })
    expect(await first(secretary)).toMatchObject({ status: 403, body: { code: 'review.maker_reviews' } })
    expect(await second(approver)).toMatchObject({ status: 409, body: { code: 'review.wrong_state' } })
    expect(await first(worker, { payloadHash: '0'.repeat(64) })).toMatchObject({
      status: 409,
      body: { code: 'review.payload_changed' },
    })
    expect(await first(worker, { verdict: 'return' })).toMatchObject({
      status: 422,
      body: { code: 'review.opinion_needed' },
    })

    const both = await f.signIn('committee_admin', 'committee')
    expect(await first(both)).toMatchObject({ status: 200 })
    expect(await second(both)).toMatchObject({ status: 403, body: { code: 'review.same_reviewer' } })
    const below = await f.signIn('committee_admin', 'teachers')
    expect(await second(below)).toMatchObject({ status: 403, body: { code: 'review.not_superior' } })
    expect(
      await second(approver, { decisions: [{ field: 'email', take: 'current', reason: '没有这一项' }] }),
    ).toMatchObject({ status: 422, body: { code: 'review.decision_unknown' } })
    const done = await second(approver)
    expect(done).toMatchObject({ status: 200, body: { state: 'approved' } })
    expect(await second(approver)).toMatchObject({ status: 409, body: { code: 'review.wrong_state' } })
  })

  it('return with a reason, after which the maker proposes again', async () => {
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: people.facts({ idNumber: idOf('11010119880101111') }),
    })
    const payloadHash = await people.hashOf(worker, made.id)
    await worker.send('POST', `/member-changes/${made.id}/first-review`, {
      verdict: 'return',
      opinion: '入党日期与志愿书不符',
      payloadHash,
    })
    expect(await secretary.send('GET', `/member-changes/${made.id}`)).toMatchObject({
      body: { change: { state: 'returned', returnedReason: '入党日期与志愿书不符' }, can: { edit: true } },
    })
    const again = {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: people.facts({ idNumber: idOf('11010119880101111'), joinedOn: '2011-06-01' }),
    }
    expect(await secretary.send('PUT', `/member-changes/${made.id}`, again, { 'if-match': '"2"' })).toMatchObject({
      body: { state: 'first_review' },
    })
    expect(
      await worker.send('POST', `/member-changes/${made.id}/first-review`, { verdict: 'pass', payloadHash }),
    ).toMatchObject({ body: { code: 'review.payload_changed' } })
  })

  it('register a person once in the whole installation', async () => {
    const id = await people.registered({})
    expect(await approver.send('GET', `/members/${id}/card`)).toMatchObject({
      body: { name: '王小明', idNumber: `110***********${people.facts().idNumber.slice(-4)}`, phone: '138****1234' },
    })
    const { body: twice } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'new_record',
      orgId: f.orgs.teachers.id,
      facts: people.facts(),
    })
    const payloadHash = await people.hashOf(worker, twice.id)
    await worker.send('POST', `/member-changes/${twice.id}/first-review`, { verdict: 'pass', payloadHash })
    expect(
      await approver.send('POST', `/member-changes/${twice.id}/second-review`, { verdict: 'pass', payloadHash }),
    ).toMatchObject({ status: 409, body: { code: 'members.id_taken' } })
  })

  it('show each field beside its sources and take the one that was decided', async () => {
    const id = await people.registered({
      idNumber: idOf('11010119850512123'),
      name: '李建国',
      phone: '13700001111',
      bornOn: '1985-05-12',
    })
    const { body: made } = await secretary.send<Change>('POST', '/member-changes', {
      kind: 'correction',
      memberId: id,
      facts: { bornOn: '1985-05-21', workplace: '机械学院' },
    })
    expect(
      await secretary.send('POST', '/member-changes', { kind: 'correction', memberId: id, facts: { major: '力学' } }),
    ).toMatchObject({ status: 409, body: { code: 'review.already_open' } })
    const { body } = await worker.send<{ differences: { field: string }[]; findings: { code: string }[] }>(
      'GET',
      `/member-changes/${made.id}`,
    )
    expect(body.differences.find((row) => row.field === 'bornOn')).toEqual({
      field: 'bornOn',
      current: '1985-05-12',
      proposed: '1985-05-21',
      derived: '1985-05-12',
      roster: null,
      differs: true,
      conflict: true,
    })
    expect(body.findings.map((finding) => finding.code)).toContain('id_born')
    await people.approved(made.id, [{ field: 'bornOn', take: 'derived', reason: '以身份证为准' }])
    const { body: record } = await approver.send<{ fields: Record<string, string>; version: number }>(
      'GET',
      `/members/${id}`,
    )
    expect(record.fields).toMatchObject({ bornOn: '1985-05-12', workplace: '机械学院' })
    expect(record.version).toBe(2)
    expect(
      await secretary.send('POST', '/member-changes', {
        kind: 'correction',
        memberId: id,
        facts: { workplace: '机械学院' },
      }),
    ).toMatchObject({ status: 422, body: { code: 'review.nothing_changed' } })
    const { body: timeline } = await approver.send<{ rows: { fields: { field: string }[] }[] }>(
      'GET',
      `/members/${id}/timeline`,
    )
    expect(timeline.rows[0]?.fields).toEqual([{ field: 'workplace', from: null, to: '机械学院' }])
  })
})
