import { randomUUID } from 'node:crypto'
import type { PackageRecord, Reply, readMyPackage, UnitAttempt, UnitLaunch } from '@tongxin/contract'
import { strToU8, zipSync } from 'fflate'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { type Answer, type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { uploadTo } from '../../test/tus-upload.ts'
import { about, type Program, programOf, speaker, VERBS } from '../../test/xapi-program.ts'
import { CATEGORY, EXTENSION } from './courseware.rules.ts'

const OUTSIDE = 'https://units.example.org'
const PUBLISHER = 'https://publisher.example.org'
let f: Fixture
let maker: Client
let member: Member
let lrs: Program
let packageId: string
let outsideId: string

const course = (units: string, more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="${PUBLISHER}/course"><title><langstring lang="en">Charter</langstring><langstring lang="zh-CN">党章</langstring></title></course>${more}
${units}</courseStructure>`
const unit = (key: string, attributes = '', url = `${key}.html?n=1`) =>
  `<au id="${PUBLISHER}/${key}" ${attributes}><title><langstring lang="zh-CN">单元 ${key}</langstring></title><url>${url}</url>
<launchParameters>p=${key}</launchParameters><entitlementKey>e</entitlementKey></au>`
const block = (key: string, inner: string) =>
  `<block id="${PUBLISHER}/${key}"><title><langstring lang="zh-CN">${key}</langstring></title>${inner}</block>`
/** A block whose unit must be completed and passed with 0.9, a unit to be completed, one of which nothing is asked. */
const UNITS = `${block('chapter', unit('a', 'moveOn="CompletedAndPassed" masteryScore="0.9"'))}${unit('b', 'moveOn="Completed"')}${unit('c')}`
const zipped = (units: string) =>
  zipSync({
    'cmi5.xml': strToU8(course(units)),
    'a.html': strToU8('a'),
    'b.html': strToU8('b'),
    'c.html': strToU8('c'),
  })
const refused = (code: string) => ({ body: { code } })

async function imported(bytes: Uint8Array, name = '课程.zip') {
  const fileId = await uploadTo(f, maker, bytes, { name, purpose: 'package' })
  return maker.send<{ id: string; version: number }>('POST', '/packages', { fileId })
}
const bare = (units: string, more = '') => imported(strToU8(course(units, more)), '课程.xml')

beforeAll(async () => {
  f = await openFixture({
    CONTENT_ORIGIN: 'https://content.example.test',
    PACKAGE_ORIGINS: `${OUTSIDE}, https://other.example.org`,
    UNSCANNED_FILES: 'open',
  })
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  const desk = await coursesOf(f)
  maker = await f.signIn('party_worker', 'committee', { name: '课件管理员' })
  member = await plantMember(f, 'teachers', '学习者')
  lrs = await programOf(f, await f.signIn('committee_admin', 'committee'), ['statements/read'])
  packageId = (await imported(zipped(UNITS))).body.id
  const foreign = unit('f', '', 'https://elsewhere.example.org/f.html')
  outsideId = (await bare(`${unit('o', 'launchMethod="OwnWindow"', `${OUTSIDE}/o.html#top`)}${foreign}`)).body.id
  const blocks = [packageId, outsideId].map((id) => {
    return { id: randomUUID(), kind: 'package' as const, title: '', confirm: null, packageId: id }
  })
  await desk.open('cmi5 课程', { chapters: chaptersOf(blocks) })
})

type Mine = Reply<typeof readMyPackage>
const mine = async (id = packageId) => (await member.client.send<Mine>('GET', `/my/packages/${id}`)).body
const keyOf = async (at: number, id = packageId) => (await mine(id)).units[at]?.item ?? ''
const launch = async (at: number, more: object = {}, id = packageId) =>
  member.client.send<UnitLaunch>('POST', `/my/packages/${id}/units/launch`, { item: await keyOf(at, id), ...more })

type State = { contextTemplate: { contextActivities: object; extensions: Record<string, unknown> }; returnURL: string }

/** A unit as it runs in a browser: it fetches its key, reads its launch data and preferences, and speaks. */
async function unitOf(opened: UnitLaunch, isPolite = true) {
  const told = new URL(opened.url).searchParams
  const [actor, activity, registration] = ['actor', 'activityId', 'registration'].map((name) => told.get(name) ?? '')
  const path = new URL(told.get('fetch') ?? '').pathname
  const fetched = await f.app.http.inject({ method: 'POST', url: path })
  const token = fetched.json<{ 'auth-token': string }>()['auth-token']
  const [key = '', secret = ''] = Buffer.from(token, 'base64').toString().split(':')
  const spoken = speaker(f, key, secret)
  // The edition of the record store in which cmi5 was written.
  const program: Pick<Program, 'send'> = {
    send: (method, at, body, headers) =>
      spoken.send(method, at, body, { 'x-experience-api-version': '1.0.3', ...headers }),
  }
  const agent = about(JSON.parse(actor ?? '') as object)
  const state = (stateId: string) =>
    `activities/state?stateId=${stateId}&activityId=${encodeURIComponent(activity ?? '')}&agent=${agent}&registration=${registration}`
  const profile = `agents/profile?profileId=cmi5LearnerPreferences&agent=${agent}`
  const data = (await program.send<State>('GET', state('LMS.LaunchData'))).body
  if (isPolite) await program.send('GET', profile)
  /** A statement that cmi5 defines. */
  const statement = (verb: string, result?: object, more: Record<string, unknown> = {}) => {
    const isMoving = verb === 'completed' || verb === 'passed' || verb === 'failed'
    const category = [CATEGORY.cmi5, ...(isMoving ? [CATEGORY.moveOn] : [])].map((id) => ({ id }))
    return {
      id: randomUUID(),
      timestamp: NOW.toISOString(),
      actor: JSON.parse(actor ?? '') as object,
      verb: { id: `${VERBS}${verb}` },
      object: { id: activity },
      ...(result ? { result } : {}),
      context: {
        registration,
        contextActivities: { ...data.contextTemplate.contextActivities, category },
        extensions: { ...data.contextTemplate.extensions, [EXTENSION.masteryScore]: 0.9 },
      },
      ...more,
    }
  }
  const say = (verb: string, result?: object, more: Record<string, unknown> = {}) =>
    program.send<{ code: string; detail?: { rule: string } }>('POST', 'statements', statement(verb, result, more))
  return {
    program,
    state,
    profile,
    data,
    statement,
    say,
    registration: registration ?? '',
    actor: JSON.parse(actor ?? ''),
  }
}
const DONE = { completion: true, duration: 'PT5M' }
const PASSED = { success: true, duration: 'PT5M', score: { scaled: 0.95 } }
const rule = ({ body }: Answer<{ code: string; detail?: { rule: string } }>) =>
  body.code === 'courseware.not_cmi5' ? body.detail?.rule : body

describe('a course structure', () => {
  it('is refused where it is not as the standard says', async () => {
    const whole = unit('x', '', 'https://x.example.org/')
    for (const wrong of [
      bare(unit('x', 'moveOn="Sometimes"', 'https://x.example.org/')),
      bare(unit('x', 'masteryScore="2"', 'https://x.example.org/')),
      bare(unit('x', '', 'https://x.example.org/a b')),
      bare(whole.replace(`${PUBLISHER}/x`, 'relative/x')),
      bare(`${whole}${whole}`),
      bare(block('empty', '')),
      imported(strToU8(course(whole).replace('CourseStructure.xsd', 'Other.xsd')), '课程.xml'),
    ])
      expect(await wrong).toMatchObject(refused('courseware.structure_wrong'))
    expect(await bare(unit('x'))).toMatchObject(refused('courseware.relative_address'))
    expect(await bare(unit('x', '', 'https://x.example.org/?fetch=1'))).toMatchObject(
      refused('courseware.reserved_parameter'),
    )
    expect(await imported(zipped(unit('x')))).toMatchObject(refused('courseware.file_missing'))
    expect(await imported(strToU8('# text'), '课程.xml')).toMatchObject(refused('courseware.not_a_package_file'))
  })

  it('is read with its blocks, in Chinese where there is Chinese', async () => {
    const { body } = await maker.send<PackageRecord>('GET', `/packages/${packageId}`)
    expect(body).toMatchObject({ kind: 'cmi5', edition: '1.0', title: '党章', limits: [] })
    expect(body.contents.map(({ title, depth, opens }) => [title, depth, opens])).toEqual([
      ['chapter', 0, false],
      ['单元 a', 1, true],
      ['单元 b', 0, true],
      ['单元 c', 0, true],
    ])
  })
})

describe('opening a unit', () => {
  it('is refused as a whole, as another unit, at hosts that nobody allowed, and as a preview', async () => {
    const asWhole = await member.client.send('POST', `/my/packages/${packageId}/launch`, {})
    expect(asWhole).toMatchObject(refused('courseware.opens_by_units'))
    expect(await maker.send('GET', `/packages/${packageId}/preview`)).toMatchObject(
      refused('courseware.opens_by_units'),
    )
    expect(await launch(0, { item: 'none' })).toMatchObject(refused('courseware.unit_not_found'))
    expect(await launch(1, {}, outsideId)).toMatchObject({
      body: { code: 'courseware.outside_host', detail: { host: 'elsewhere.example.org' } },
    })
  })

  it('hands over everything of the standard, elsewhere only where the operator allows it', async () => {
    const { body } = await launch(0, {}, outsideId)
    expect(body).toMatchObject({ window: 'OwnWindow', origin: OUTSIDE, mode: 'Normal' })
    expect(body.url.endsWith('#top')).toBe(true)
    const { data } = await unitOf(body)
    expect(data).toMatchObject({
      launchMode: 'Normal',
      launchMethod: 'OwnWindow',
      launchParameters: 'p=o',
      entitlementKey: { courseStructure: 'e' },
      moveOn: 'NotApplicable',
      returnURL: `${f.platform.publicOrigin}/learning/packages/${outsideId}`,
      contextTemplate: { extensions: { [EXTENSION.session]: body.sessionId } },
    })
    const answer = await f.app.http.inject({ method: 'OPTIONS', url: '/xapi/statements', headers: { origin: OUTSIDE } })
    expect(answer.headers['access-control-allow-origin']).toBe(OUTSIDE)
  })
})

describe('a unit', () => {
  it('is refused what breaks the rules, and its own launch data stay', async () => {
    const au = await unitOf((await launch(0)).body, false)
    expect(rule(await au.say('initialized'))).toBe('11.0.0.0-3')
    await au.program.send('GET', au.profile)
    expect(rule(await au.say('completed', DONE))).toBe('9.3.0.0-4')
    expect((await au.say('initialized')).status).toBe(200)
    const score = (scaled: number) => ({ ...PASSED, score: { scaled } })
    const contextOf = (change: object) => ({ context: { ...au.statement('passed').context, ...change } })
    for (const [wanted, verb, result, more] of [
      ['9.1.0.0-1', 'passed', PASSED, { id: undefined }],
      ['9.7.0.0-2', 'passed', PASSED, { timestamp: '2026-11-02T09:00:00+08:00' }],
      ['9.2.0.0-2', 'passed', PASSED, { actor: { ...au.actor, objectType: 'Group' } }],
      ['9.6.3.1-4', 'passed', PASSED, contextOf({ extensions: {} })],
      ['10.2.1.0-6', 'passed', PASSED, contextOf({ contextActivities: { category: [{ id: CATEGORY.cmi5 }] } })],
      ['8.1.5.0-6', 'passed', PASSED, { object: { id: 'https://x.example.org/' } }],
      ['9.3.0.0-2', 'initialized', undefined, {}],
      ['9.5.2.0-1', 'passed', { ...PASSED, success: false }, {}],
      ['9.5.3.0-1', 'completed', { ...DONE, completion: false }, {}],
      ['9.5.1.0-2', 'completed', { ...DONE, score: { scaled: 1 } }, {}],
      ['9.5.1.0-3', 'passed', { ...PASSED, score: { raw: 5 } }, {}],
      ['9.5.4.1-1', 'completed', { completion: true }, {}],
      ['9.3.4.0-2', 'passed', score(0.89), {}],
      ['9.3.4.0-2', 'failed', { ...score(0.9), success: false }, {}],
      ['9.3.0.0-1', 'experienced', undefined, {}],
    ] as const)
      expect([verb, rule(await au.say(verb, result, more))]).toEqual([verb, wanted])
    const target = { objectType: 'StatementRef', id: randomUUID() }
    expect(rule(await au.say('voided', undefined, { object: target }))).toBe('6.3.0.0-1')
    for (const method of ['PUT', 'DELETE'] as const)
      expect(rule(await au.program.send(method, au.state('LMS.LaunchData'), method === 'PUT' ? {} : undefined))).toBe(
        '10.2.1.0-5',
      )
    expect(rule(await au.program.send('PUT', au.profile, { languagePreference: 'not a list' }))).toBe('11.0.0.0-5')
    const preferences = { languagePreference: 'zh-CN,en', audioPreference: 'on' }
    expect((await au.program.send('PUT', au.profile, preferences, { 'if-none-match': '*' })).status).toBe(204)
    expect((await mine()).units[0]).toMatchObject({ isSatisfied: false, isCompleted: false, success: 'unknown' })
  })

  it('in a review says nothing that counts', async () => {
    const au = await unitOf((await launch(0, { mode: 'Review' })).body)
    expect((await au.say('initialized')).status).toBe(200)
    expect(rule(await au.say('completed', DONE))).toBe('10.2.2.0-5')
    expect((await au.say('terminated', { duration: 'PT1M' })).status).toBe(200)
    expect((await au.program.send('GET', au.state('LMS.LaunchData'))).status).toBe(401)
  })

  it('satisfies its block, and the last one the course; repetitions change nothing', async () => {
    const au = await unitOf((await launch(0)).body)
    await au.say('initialized')
    const passed = au.statement('passed', PASSED)
    expect((await au.program.send('POST', 'statements', passed)).status).toBe(200)
    expect((await au.program.send('POST', 'statements', passed)).status).toBe(200)
    expect(rule(await au.say('failed', { success: false, duration: 'PT1M' }))).toBe('9.3.0.0-3')
    expect((await au.say('completed', DONE)).status).toBe(200)
    await au.say('terminated', { duration: 'PT10M' })
    expect((await mine()).units.map(({ isSatisfied }) => isSatisfied)).toEqual([true, false, true])
    const again = await unitOf((await launch(0)).body)
    await again.say('initialized')
    expect(rule(await again.say('completed', DONE))).toBe('9.3.0.0-6')
    const last = await unitOf((await launch(1)).body)
    await last.say('initialized')
    await last.say('completed', DONE)
    const { attempts } = await mine()
    expect(attempts[0]).toMatchObject({ state: 'passed', itemsDone: 3, items: 3, scaled: 0.95 })
    const told = await sql<{ payload: object }>`select payload from platform_event where type = 'courseware.finished'
      and subject_id = ${packageId}`.execute(f.admin)
    expect(told.rows).toHaveLength(1)
    const { body } = await lrs.send<{
      statements: { verb: { id: string }; object: { definition?: { type: string } } }[]
    }>('GET', `statements?registration=${au.registration}&ascending=true&limit=100`)
    const said = body.statements.map(
      ({ verb, object }) => `${verb.id.split('/').at(-1)} ${object.definition?.type ?? ''}`,
    )
    const types = 'https://w3id.org/xapi/cmi5/activitytype'
    const end = [`launched ${types}/au`, 'initialized ', 'completed ', `satisfied ${types}/course`]
    expect(said.slice(-4)).toEqual(end)
    expect(said.filter((one) => one === `satisfied ${types}/block`)).toHaveLength(1)
    expect(said[0]).toBe(`launched ${types}/au`)
  })
})

describe('the desk', () => {
  let attemptId: string
  const read = (client = maker) => client.send<UnitAttempt>('GET', `/package-attempts/${attemptId}`)

  it('sees registrations of its scope, exempts with a reason, and ends what was left open', async () => {
    const fresh = await member.client.send<UnitLaunch>('POST', `/my/packages/${packageId}/units/launch`, {
      item: await keyOf(0),
      again: true,
    })
    attemptId = fresh.body.attemptId
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect(await read(nurses)).toMatchObject(refused('courseware.attempt_not_found'))
    const session = fresh.body.sessionId
    expect(await nurses.send('POST', `/package-sessions/${session}/abandon`, {})).toMatchObject(
      refused('courseware.session_not_found'),
    )
    const au = await unitOf(fresh.body)
    await au.say('initialized')
    const ended = await maker.send<UnitAttempt>('POST', `/package-sessions/${session}/abandon`, {})
    expect(ended.body.sessions[0]).toMatchObject({ id: session, state: 'abandoned' })
    expect((await au.say('completed', DONE)).status).toBe(401)
    expect(await maker.send('POST', `/package-sessions/${session}/abandon`, {})).toMatchObject(
      refused('courseware.session_over'),
    )
    const waive = (item: string) =>
      maker.send<UnitAttempt>('POST', `/package-attempts/${attemptId}/waive`, { item, reason: '已参加脱产培训' })
    expect(await waive('none')).toMatchObject(refused('courseware.unit_not_found'))
    const [a = '', b = '', c = ''] = (await read()).body.units.map(({ item }) => item)
    expect(await waive(c)).toMatchObject(refused('courseware.moved_on_already'))
    expect((await waive(a)).body.units[0]).toMatchObject({ isSatisfied: true, waivedFor: '已参加脱产培训' })
    expect((await waive(b)).body).toMatchObject({ state: 'completed', itemsDone: 3 })
    const { body } = await lrs.send<{ statements: { verb: { id: string }; result?: object }[] }>(
      'GET',
      `statements?registration=${attemptId}&ascending=true`,
    )
    expect(body.statements.map(({ verb }) => verb.id.split('/').at(-1))).toEqual([
      'launched',
      'initialized',
      'abandoned',
      'waived',
      'satisfied',
      'waived',
      'satisfied',
    ])
    expect(body.statements[3]?.result).toEqual({
      success: true,
      completion: true,
      extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/reason': '已参加脱产培训' },
    })
  })

  it('needs no hand for windows that were closed: the key has an end, and the session with it', async () => {
    const { sessionId } = (await launch(0)).body
    const later = new Date(NOW.getTime() + 13 * 3600_000)
    const job = MODULES.flatMap(({ jobs }) => jobs ?? []).find(({ name }) => name === 'courseware.abandon')
    await job?.run({ platform: f.platform, now: later, signal: new AbortController().signal })
    const found = (await read()).body.sessions.find(({ id }) => id === sessionId)
    expect(found).toMatchObject({ state: 'abandoned' })
  })

  it('opens packages of other standards as a whole', async () => {
    const scorm = zipSync({
      'imsmanifest.xml': strToU8(
        `<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"><metadata><schemaversion>1.2</schemaversion></metadata><organizations><organization identifier="o"><title>t</title><item identifier="a" identifierref="r"><title>a</title></item></organization></organizations><resources><resource identifier="r" href="a.html"/></resources></manifest>`,
      ),
      'a.html': strToU8('a'),
    })
    const { id } = (await imported(scorm)).body
    const fileId = await uploadTo(f, maker, zipped(UNITS), { name: '课程.zip', purpose: 'package' })
    expect(await maker.send('POST', `/packages/${id}/versions`, { fileId, reason: '换标准' })).toMatchObject(
      refused('courseware.other_kind'),
    )
    await sql`insert into courseware_attempt (tenant_id, id, package_id, version_number, member_id, person_id, org_path,
        number, launch_id, state, items, begun_at, last_at)
      select tenant_id, ${randomUUID()}, ${id}, 1, member_id, person_id, org_path, 1, launch_id, 'begun', 1, begun_at, last_at
      from courseware_attempt where id = ${attemptId}`.execute(f.admin)
    const scormAttempt = await sql<{ id: string }>`select id from courseware_attempt where package_id = ${id}`.execute(
      f.admin,
    )
    expect(await maker.send('GET', `/package-attempts/${scormAttempt.rows[0]?.id}`)).toMatchObject(
      refused('courseware.opens_whole'),
    )
  })
})
