import { randomUUID } from 'node:crypto'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { peopleOf } from '../../test/member-records.ts'
import { about, type Program, programOf, speaker, statementOf, VERBS } from '../../test/xapi-program.ts'
import { endLaunch, factOf, prepareLaunch, stateFacts } from './index.ts'

let f: Fixture
let desk: Client
let program: Program
let memberId: string

beforeAll(async () => {
  f = await openFixture()
  memberId = await (await peopleOf(f)).registered({})
  desk = await f.signIn('committee_admin', 'committee')
  program = await programOf(f, desk)
}, 60_000)

const at = () => ({ tenantId: f.tenantId, scope: 'r00' })
const inside = <T>(work: (ctx: Parameters<typeof stateFacts>[0]) => Promise<T>) =>
  inSystemTransaction(f.platform, at(), (db) => work({ db, now: NOW, tenantId: f.tenantId }))
const course = randomUUID()
const fact = (more: Partial<LearningFact> = {}): LearningFact => ({
  memberId,
  verb: 'completed',
  activity: { kind: 'course', id: course, name: '党章学习' },
  at: NOW,
  result: { minutes: 90, scaled: 0.85, success: true },
  ...more,
})
const told = async () =>
  (
    await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'org_path as orgPath'])
      .where('type', '=', 'xapi.stated')
      .execute()
  ).map(({ payload, orgPath }) => ({ ...(payload as { statementId: string; verb: string }), orgPath }))

describe('a fact of learning', () => {
  it('is refused about somebody without a record, and the transaction with it', async () => {
    await expect(inside((ctx) => stateFacts(ctx, [fact({ memberId: randomUUID() })]))).rejects.toThrow(
      'no member record',
    )
    expect(await told()).toEqual([])
  })

  it('is stated once, told when credits may follow, and read back as it was', async () => {
    await inside((ctx) => stateFacts(ctx, [fact(), fact({ verb: 'progressed', result: { minutes: 10 } })]))
    await inside((ctx) => stateFacts(ctx, [fact({ at: new Date(NOW.getTime() + 1000) }), fact()]))
    const events = await told()
    expect(events).toMatchObject([
      { memberId, verb: 'completed', kind: 'course', activityId: course, orgPath: f.orgs.teachers.path },
    ])
    const again = fact({ registration: randomUUID() })
    await inside((ctx) => stateFacts(ctx, [again]))
    expect(await told()).toHaveLength(2)
    const id = events[0]?.statementId ?? ''
    expect(await inside((ctx) => factOf({ db: ctx.db, tenantId: f.tenantId }, id))).toEqual(fact())
  })

  it('is a statement of the standard with the address of this server, found by member and activity', async () => {
    const home = f.platform.publicOrigin
    const agent = about({ account: { homePage: home, name: memberId } })
    const activity = `${home}/activities/course/${course}`
    const { body } = await program.send<{ statements: object[] }>(
      'GET',
      `statements?agent=${agent}&activity=${encodeURIComponent(activity)}&verb=${encodeURIComponent(`${VERBS}completed`)}&ascending=true`,
    )
    expect(body.statements[0]).toMatchObject({
      actor: { account: { homePage: home, name: memberId } },
      object: { id: activity, definition: { name: { 'zh-CN': '党章学习' } } },
      result: { duration: 'PT90M', score: { scaled: 0.85 } },
      authority: { account: { homePage: home } },
    })
    expect((await program.send('GET', `activities?activityId=${encodeURIComponent(activity)}`)).body).toMatchObject({
      id: activity,
      definition: { name: { 'zh-CN': '党章学习' } },
    })
  })

  it('of an outside program is told to nobody, is no fact of ours, and cannot rename or void what is', async () => {
    const home = f.platform.publicOrigin
    const before = (await told()).length
    const activity = `${home}/activities/course/${course}`
    const forged = statementOf({
      actor: { account: { homePage: home, name: memberId } },
      object: { id: activity, definition: { name: { 'zh-CN': '改名' } } },
      authority: { account: { homePage: home, name: 'tongxin' } },
    })
    expect((await program.send('POST', 'statements', forged)).status).toBe(200)
    expect(await told()).toHaveLength(before)
    expect(await inside((ctx) => factOf({ db: ctx.db, tenantId: f.tenantId }, forged.id))).toBeNull()
    const known = await program.send('GET', `activities?activityId=${encodeURIComponent(activity)}`)
    expect(known.body).toMatchObject({ definition: { name: { 'zh-CN': '党章学习' } } })
    const own = (await told())[0]?.statementId
    const voiding = { verb: { id: `${VERBS}voided` }, object: { objectType: 'StatementRef', id: own } }
    expect((await program.send('POST', 'statements', statementOf(voiding))).body).toMatchObject({
      code: 'xapi.not_own',
    })
  })
})

describe('launched content', () => {
  it('fetches its key once, and reads of its own person and registration only, until it is left', async () => {
    const registration = randomUUID()
    const session = randomUUID()
    const until = new Date(NOW.getTime() + 3_600_000)
    const path = await inside((ctx) =>
      prepareLaunch({ ...ctx, vault: f.platform.vault }, { session, memberId, registration, until }),
    )
    const fetched = async (url = path) =>
      (await f.app.http.inject({ method: 'POST', url })).json<{ 'auth-token'?: string; 'error-code'?: string }>()
    const early = path.split('/').at(-1)?.split('.') ?? []
    expect((await speaker(f, early[0] ?? '', early[1] ?? '').send('GET', 'statements')).status).toBe(401)
    expect(await fetched('/xapi/fetch/nothing')).toMatchObject({ 'error-code': '2' })
    expect(await fetched(`${path}x`)).toMatchObject({ 'error-code': '2' })
    const token = (await fetched())['auth-token'] ?? ''
    expect(await fetched()).toEqual({ 'error-code': '1', 'error-text': expect.any(String) })
    const [key = '', secret = ''] = Buffer.from(token, 'base64').toString().split(':')
    const content = speaker(f, key, secret)
    const actor = { account: { homePage: f.platform.publicOrigin, name: memberId } }
    const foreign = [statementOf({ context: { registration } }), statementOf({ actor })]
    for (const one of foreign)
      expect((await content.send('POST', 'statements', one)).body).toMatchObject({ code: 'xapi.not_your_registration' })
    expect((await content.send<{ statements: [] }>('GET', 'statements')).body.statements).toEqual([])
    const state = (more: string) =>
      `activities/state?stateId=s&activityId=${encodeURIComponent('https://c.example.org/1')}&agent=${about(actor)}${more}`
    expect((await content.send('PUT', state(`&registration=${registration}`), { page: 1 })).status).toBe(204)
    expect((await content.send('PUT', state(''), { page: 1 })).status).toBe(403)
    expect((await content.send('GET', `agents?agent=${about({ mbox: 'mailto:a@b.cn' })}`)).status).toBe(403)
    f.setNow(until)
    expect((await content.send('GET', 'statements')).status).toBe(401)
    f.setNow(NOW)
    expect((await content.send('GET', 'statements')).status).toBe(200)
    await inside((ctx) => endLaunch(ctx, session))
    expect((await content.send('GET', 'statements')).status).toBe(401)
  })

  it('is kept apart from the tables of others by the database itself', async () => {
    const other = { tenantId: randomUUID(), scope: 'r00' }
    const { rows } = await inSystemTransaction(f.platform, other, (tx) =>
      sql<{ seen: number }>`select count(*)::int as seen from xapi_statement where tenant_id = ${f.tenantId}`.execute(
        tx,
      ),
    )
    expect(rows).toEqual([{ seen: 0 }])
  })
})
