import type { QuestionShape, VoteRecord } from '@tongxin/contract'
import type { VotePlan } from '@tongxin/domain'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import {
  announced,
  CAST_ORIGIN,
  deviceOf,
  keyOf,
  makePoll,
  POLL,
  step,
  stepped,
  voteOf,
  votersOf,
} from '../../test/vote-cases.ts'
import { planted } from '../../test/vote-plans.ts'

let f: Fixture
let officer: Client
let second: Client
let voters: { id: string; client: Client }[]

beforeAll(async () => {
  f = await openFixture({ CAST_ORIGIN })
  officer = await f.signIn('branch_secretary', 'teachers')
  second = await f.signIn('branch_officer', 'teachers')
  voters = await votersOf(f, 5)
}, 60_000)

const voter = (at: number) => voters[at] as { id: string; client: Client }
const vote = (at: number, id: string, ...options: string[]) =>
  voter(at).client.send('POST', `/my/votes/${id}/choices`, { choices: [{ questionId: 'q1', choice: { options } }] })
const named = { secrecy: 'named' } as const
const asking = (kind: QuestionShape['kind'], more: object = {}) => ({
  questions: [{ ...POLL.questions[0], kind, ...more }],
})
const NOBODY = '00000000-0000-7000-8000-000000000000'

const approval: VotePlan['questions'] = [
  {
    id: 'q1',
    kind: 'approval',
    title: '同意接收',
    seats: 1,
    writeIn: false,
    options: [{ id: 'c1', label: '申请人', memberId: null }],
  },
]
const counted = (inFavour: number, against: number, more: object = {}) => ({
  questionId: 'q1',
  issued: inFavour + against,
  returned: inFavour + against,
  valid: inFavour + against,
  invalid: 0,
  options: [{ optionId: 'c1', for: inFavour, against, abstain: 0 }],
  writtenIn: [],
  ...more,
})

describe('a poll', () => {
  it('is refused with questions that cannot be answered', async () => {
    const make = (more: object) =>
      officer.send(
        'POST',
        '/votes',
        { ...POLL, orgId: f.orgs.teachers.id, ...more },
        { 'idempotency-key': Math.random().toString(36).padEnd(12, 'x') },
      )
    for (const more of [
      { questions: [POLL.questions[0], POLL.questions[0]] },
      asking('single', { seats: 2 }),
      asking('several', { seats: 9 }),
      asking('ranked', { writeIn: true }),
      { ...asking('ranked'), channel: 'paper' },
    ])
      expect((await make(more)).body).toMatchObject({ code: 'voting.question_malformed' })
    expect((await make({ orgId: NOBODY })).body).toMatchObject({ code: 'voting.no_such_org' })
    const empty = await f.signIn('branch_secretary', 'nurses')
    const nobody = await empty.send(
      'POST',
      '/votes',
      { ...POLL, orgId: f.orgs.nurses.id },
      { 'idempotency-key': 'nobody-nobody' },
    )
    expect(nobody.body).toMatchObject({ code: 'voting.nobody_entitled' })
  })

  it('is changed before it is frozen and not after', async () => {
    const id = await makePoll(f, officer, named)
    const { electorate: _, probationary: __, ...body } = { ...POLL, ...named }
    const change = (version: number) =>
      officer.send('PUT', `/votes/${id}`, { ...body, title: '新标题' }, { 'if-match': `"${version}"` })
    expect((await change(9)).body).toMatchObject({ code: 'request.version_stale' })
    expect((await change(1)).status).toBe(200)
    await stepped(officer, id, 'announced')
    expect((await change(3)).body).toMatchObject({ code: 'voting.frozen' })
    const theirs = await planted(f, officer, {
      questions: approval,
      voters: voters.map(({ id, client }) => ({ memberId: id, personId: client.personId })),
    })
    const foreign = await officer.send('PUT', `/votes/${theirs}`, body, { 'if-match': '"1"' })
    expect(foreign.body).toMatchObject({ code: 'voting.not_a_poll' })
  })

  it('is found by nobody outside the roll and the scope', async () => {
    const id = await makePoll(f, officer, named)
    const stranger = await f.signIn('branch_secretary', 'students')
    expect((await stranger.send('GET', `/votes/${id}`)).body).toMatchObject({ code: 'voting.not_found' })
    expect((await voter(0).client.send('GET', `/my/votes/${id}`)).body).toMatchObject({ code: 'voting.not_found' })
    await stepped(officer, id, 'announced')
    expect((await voter(0).client.send('GET', `/my/votes/${id}`)).status).toBe(200)
    const other = await plantMember(f, 'students', '外人')
    expect((await other.client.send('GET', `/my/votes/${id}`)).body).toMatchObject({ code: 'voting.not_found' })
    expect((await other.client.send('GET', `/votes/${id}/board/config.json`)).body).toMatchObject({
      code: 'voting.not_found',
    })
  })
})

describe('a named vote', () => {
  it('takes one vote of each while it is open, and shows none before the count', async () => {
    const id = await makePoll(f, officer, named)
    await stepped(officer, id, 'announced')
    expect((await vote(0, id, 'a')).body).toMatchObject({ code: 'voting.casting_not_open' })
    expect(
      (
        await officer.send('POST', `/votes/${id}/keys`, {
          encryptionKey: 'A'.repeat(43),
          trustees: [0, 1].map((at) => ({ name: 'x', duty: 'y', publicKey: `${'A'.repeat(41)}${at}A` })),
          threshold: 2,
        })
      ).body,
    ).toMatchObject({ code: 'voting.wrong_state' })
    await stepped(officer, id, 'casting')
    expect((await vote(0, id, 'z')).body).toMatchObject({ code: 'voting.choice_wrong' })
    const unknown = { choices: [{ questionId: 'q9', choice: {} }] }
    expect((await voter(0).client.send('POST', `/my/votes/${id}/choices`, unknown)).body).toMatchObject({
      code: 'voting.no_such_question',
    })
    for (const at of [0, 1, 2]) expect((await vote(at, id, at < 2 ? 'a' : 'b')).status).toBe(200)
    expect((await vote(0, id, 'a')).status).toBe(200)
    expect((await vote(0, id, 'b')).body).toMatchObject({ code: 'voting.already_voted' })
    expect(await voteOf(officer, id)).toMatchObject({ outcome: null, drawn: 0 })
    expect((await officer.send('GET', `/votes/${id}/named-votes`)).body).toMatchObject({ code: 'voting.not_counted' })
    const roll = await officer.send<{ rows: { way: unknown }[] }>('GET', `/votes/${id}/roll`)
    expect(roll.body.rows.every(({ way }) => way === null)).toBe(true)
    expect((await officer.send('POST', `/votes/${id}/print`, { format: 'pdf' })).body).toMatchObject({
      code: 'voting.not_counted',
    })
    await stepped(officer, id, 'closed')
    expect((await vote(3, id, 'a')).body).toMatchObject({ code: 'voting.casting_over' })
    const { outcome, state } = await voteOf(officer, id)
    expect(state).toBe('counted')
    expect(outcome?.questions[0]).toMatchObject({ issued: 3, returned: 3 })
    expect(outcome?.verdicts[0]).toMatchObject({ passed: ['a'], base: { kind: 'valid', people: 3 } })
    const rows = await officer.send<{ rows: object[]; next: string }>('GET', `/votes/${id}/named-votes?limit=2`)
    expect(rows.body.rows).toMatchObject([{ name: '投票人0', choice: { options: ['a'] } }, { name: '投票人1' }])
    const rest = await officer.send<{ rows: object[] }>('GET', `/votes/${id}/named-votes?cursor=${rows.body.next}`)
    expect(rest.body.rows).toMatchObject([{ name: '投票人2' }])
    const paper = await officer.send('POST', `/votes/${id}/print`, { format: 'pdf' })
    expect([paper.status, String(paper.headers['content-type'])]).toEqual([200, 'application/octet-stream'])
  })

  it('may be changed until the closing where the poll says so', async () => {
    const id = await makePoll(f, officer, { ...named, changeable: true })
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    await vote(0, id, 'a')
    expect((await vote(0, id, 'b')).status).toBe(200)
    await stepped(officer, id, 'closed')
    expect((await voteOf(officer, id)).outcome?.verdicts[0]).toMatchObject({ passed: ['b'] })
  })

  it('by preference is run off in rounds', async () => {
    const options = ['a', 'b', 'c'].map((one) => ({ id: one, label: one, memberId: null }))
    const id = await makePoll(f, officer, { ...named, ...asking('ranked', { options }) })
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    for (const [at, order] of [['a'], ['a'], ['b'], ['b'], ['c', 'b']].entries()) await vote(at, id, ...order)
    await stepped(officer, id, 'closed')
    const verdict = (await voteOf(officer, id)).outcome?.verdicts[0]
    expect(verdict).toMatchObject({ passed: ['b'] })
    expect(verdict?.rounds).toHaveLength(2)
  })

  it('is cancelled with a reason and takes nothing any more', async () => {
    const id = await makePoll(f, officer, named)
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    expect((await officer.send('POST', `/votes/${id}/cancel`, { reason: '题目有误' })).status).toBe(200)
    expect((await vote(0, id, 'a')).body).toMatchObject({ code: 'voting.casting_over' })
    expect((await officer.send('POST', `/votes/${id}/cancel`, { reason: '再次' })).body).toMatchObject({
      code: 'voting.wrong_state',
    })
  })
})

describe('votes with papers', () => {
  it('stand when two officers counted the same', async () => {
    const plan = {
      questions: approval,
      channel: 'paper' as const,
      voters: voters.map(({ id }) => ({ memberId: id, personId: null })),
    }
    const id = await planted(f, officer, plan)
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    const enter = (who: Client, body: object) => who.send('POST', `/votes/${id}/hand-counts`, body)
    expect((await enter(officer, counted(4, 1))).body).toMatchObject({ code: 'voting.wrong_state' })
    expect((await step(officer, id, 'closed', { present: 99 })).body).toMatchObject({
      code: 'voting.present_impossible',
    })
    await stepped(officer, id, 'closed', { present: 5 })
    for (const more of [
      { issued: 9 },
      { returned: 6 },
      { invalid: 1 },
      { options: [] },
      { options: [{ optionId: 'c1', for: 6, against: 0, abstain: 0 }] },
    ]) {
      const code = (await enter(officer, counted(4, 1, more))).body as { code: string }
      expect(['voting.counts_impossible', 'request.malformed']).toContain(code.code)
    }
    expect((await enter(officer, counted(9, 0))).body).toMatchObject({ code: 'voting.counts_impossible' })
    expect((await enter(officer, counted(4, 1))).body).toMatchObject({ state: 'entered' })
    expect((await enter(officer, counted(4, 1))).body).toMatchObject({ code: 'voting.not_by_the_same' })
    expect((await enter(second, counted(3, 2))).body).toMatchObject({ code: 'voting.counts_differ' })
    expect((await enter(second, counted(4, 1))).body).toMatchObject({ state: 'confirmed' })
    const { outcome, state } = await voteOf(officer, id)
    expect(state).toBe('counted')
    expect(outcome?.verdicts[0]).toMatchObject({
      passed: ['c1'],
      needed: 3,
      ruleId: 'BR-7',
      base: { kind: 'shouldAttend', people: 5 },
    })
    expect((await enter(second, counted(4, 1))).body).toMatchObject({ code: 'voting.wrong_state' })
  })

  it('give everybody one way only, phone or paper', async () => {
    const id = await makePoll(f, officer, { channel: 'mixed' })
    const ceremony = await announced(officer, id)
    const give = (...people: number[]) =>
      officer.send('POST', `/votes/${id}/papers`, { memberIds: people.map((at) => voter(at).id) })
    expect((await officer.send('POST', `/votes/${id}/papers`, { memberIds: [NOBODY] })).body).toMatchObject({
      code: 'voting.no_such_voter',
    })
    await stepped(officer, id, 'drawing')
    expect((await deviceOf().draw(voter(0).client, id)).status).toBe(200)
    expect((await give(0, 1)).body).toMatchObject({ code: 'voting.other_way' })
    expect((await give(1, 2)).body).toMatchObject({ given: 2 })
    expect((await deviceOf().draw(voter(1).client, id)).body).toMatchObject({ code: 'voting.other_way' })
    await stepped(officer, id, 'drawing_closed')
    await stepped(officer, id, 'casting')
    await stepped(officer, id, 'closed')
    const open = async () => officer.send('POST', `/votes/${id}/election-key`, { privateKey: await keyOf(ceremony) })
    expect((await open()).body).toMatchObject({ code: 'voting.counts_missing' })
    const papers = {
      questionId: 'q1',
      issued: 2,
      returned: 2,
      valid: 2,
      invalid: 0,
      writtenIn: [],
      options: [
        { optionId: 'a', for: 2, against: 0, abstain: 0 },
        { optionId: 'b', for: 0, against: 0, abstain: 0 },
      ],
    }
    for (const who of [officer, second])
      expect((await who.send('POST', `/votes/${id}/hand-counts`, papers)).status).toBe(200)
    expect((await second.send('POST', `/votes/${id}/hand-counts`, papers)).body).toMatchObject({
      code: 'voting.counted_already',
    })
    expect((await open()).status).toBe(200)
    expect((await voteOf(officer, id)).outcome?.questions[0]).toMatchObject({ issued: 3, returned: 2 })
  })

  it('know written opinions of the absent where the statute does, entered by two and shown apart', async () => {
    const people = voters.map(({ id }) => ({ memberId: id, personId: null }))
    const without = await planted(f, officer, { questions: approval, channel: 'paper', voters: people })
    const opinion = { memberId: voter(4).id, questionId: 'q1', optionId: 'c1', opinion: 'for' }
    expect((await officer.send('POST', `/votes/${without}/opinions`, opinion)).body).toMatchObject({
      code: 'voting.no_opinions',
    })
    const id = await planted(f, officer, {
      questions: approval,
      channel: 'paper',
      voters: people,
      writtenOpinions: true,
      rule: { kind: 'admission' },
      secrecy: 'secret',
    })
    const confirm = (who: Client, more: object = {}) => {
      const { memberId: _, ...body } = { ...opinion, ...more }
      return who.send('POST', `/votes/${id}/opinions/${opinion.memberId}/confirm`, body)
    }
    expect((await confirm(second)).body).toMatchObject({ code: 'voting.no_such_voter' })
    expect((await officer.send('POST', `/votes/${id}/opinions`, opinion)).status).toBe(200)
    expect((await officer.send('POST', `/votes/${id}/opinions`, opinion)).body).toMatchObject({
      code: 'voting.opinion_exists',
    })
    expect((await confirm(officer)).body).toMatchObject({ code: 'voting.not_by_the_same' })
    expect((await confirm(second, { opinion: 'against' })).body).toMatchObject({ code: 'voting.counts_differ' })
    expect((await confirm(second)).status).toBe(200)
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    await stepped(officer, id, 'closed', { present: 3 })
    for (const who of [officer, second])
      expect((await who.send('POST', `/votes/${id}/hand-counts`, counted(2, 1))).status).toBe(200)
    const { outcome } = (await voteOf(officer, id)) as VoteRecord
    expect(outcome?.questions[0]?.options[0]).toMatchObject({ for: 2, writtenFor: 1 })
    expect(outcome?.verdicts[0]).toMatchObject({ passed: ['c1'], ruleId: 'DEV-16', quorum: true })
  })

  it('are not there in a vote by phone alone', async () => {
    const id = await makePoll(f, officer, named)
    await stepped(officer, id, 'announced')
    expect((await officer.send('POST', `/votes/${id}/papers`, { memberIds: [voter(0).id] })).body).toMatchObject({
      code: 'voting.not_by_hand',
    })
    const sealed = await makePoll(f, officer)
    expect(
      (
        await officer.send('POST', `/votes/${sealed}/keys`, {
          encryptionKey: 'A'.repeat(43),
          trustees: [0, 1].map(() => ({ name: 'x', duty: 'y', publicKey: 'A'.repeat(43) })),
          threshold: 2,
        })
      ).body,
    ).toMatchObject({ code: 'voting.key_malformed' })
    const open = await makePoll(f, officer, named)
    expect(
      (
        await officer.send('POST', `/votes/${open}/keys`, {
          encryptionKey: 'A'.repeat(43),
          trustees: [0, 1].map((at) => ({ name: 'x', duty: 'y', publicKey: `${'A'.repeat(41)}${at}A` })),
          threshold: 2,
        })
      ).body,
    ).toMatchObject({ code: 'voting.not_secret' })
  })
})

describe('the list of votes as a file', () => {
  const order = { format: 'csv', purpose: '年底归档' }
  const send = (client: Client, more: object = {}) =>
    client.send<string>('POST', '/votes/export', { ...order, ...more })

  it('is refused to members, without a purpose and for a unit outside the scope', async () => {
    expect((await send(voter(0).client)).status).toBe(403)
    expect((await send(officer, { purpose: ' ' })).status).toBe(400)
    expect((await send(officer, { orgId: f.orgs.nurses.id })).body).toMatchObject({ code: 'voting.no_such_org' })
  })

  it('holds what the list shows, tells nothing of a named vote that runs, and is logged', async () => {
    const title = '导出用的记名表决'
    const id = await makePoll(f, officer, { ...named, title })
    await stepped(officer, id, 'announced')
    await stepped(officer, id, 'casting')
    expect((await vote(1, id, 'a')).status).toBe(200)
    const [head, ...lines] = (await send(officer, { text: title })).body.trim().split('\r\n')
    expect(head).toContain('标题,组织,用途,方式,途径,状态,有表决权人数,已领票')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`${title},`)
    expect(lines[0]).toContain('意见征集,记名,手机,正在投票,')
    expect(lines[0]).toMatch(/,,,2026-\d\d-\d\d,,$/)
    expect((await send(officer, { format: 'xlsx', language: 'en' })).body.slice(0, 2)).toBe('PK')
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['reason', 'payload'])
      .where('tenant_id', '=', f.tenantId)
      .where('type', '=', 'voting.exported')
      .orderBy('id')
      .execute()
    expect(told).toMatchObject([
      { reason: '年底归档', payload: { rows: 1, format: 'csv' } },
      { reason: '年底归档', payload: { format: 'xlsx' } },
    ])
  })

  it('is refused beyond the limit, and not held in memory without an end', async () => {
    const text = '很多的表决'
    const id = await makePoll(f, officer, { ...named, title: text })
    await sql`insert into voting_vote select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid()))).*
      from voting_vote v, generate_series(1, 10000) where v.tenant_id = ${f.tenantId}::uuid and v.id = ${id}::uuid`.execute(
      f.admin,
    )
    expect((await send(officer, { text })).body).toMatchObject({
      code: 'voting.too_many_rows',
      detail: { most: 10_000 },
    })
  })
})
