import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { membersOf } from '../../test/access-members.ts'
import { browserOf, OTHER_PASSWORD, PASSWORD } from '../../test/access-people.ts'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { endMembership, moveMembership } from './index.ts'

let f: Fixture
let member: ReturnType<typeof membersOf>
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

beforeAll(async () => {
  f = await openFixture()
  member = membersOf(f)
})

describe('POST /session', () => {
  it('refuses malformed input', async () => {
    expect(await browserOf(f).send('POST', '/session', { name: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'request.malformed' },
    })
  })
  it('answers an unknown name, a wrong password and a closed account alike', async () => {
    const known = await member()
    const closed = await member()
    await f.admin
      .updateTable('access_account')
      .set({ state: 'disabled' })
      .where('person_id', '=', closed.personId)
      .execute()
    const answers = [
      await browserOf(f).send<{ requestId: string }>('POST', '/session', { name: '13900009999', password: PASSWORD }),
      await browserOf(f).send<{ requestId: string }>('POST', '/session', {
        name: known.phone,
        password: OTHER_PASSWORD,
      }),
      await browserOf(f).send<{ requestId: string }>('POST', '/session', { name: closed.phone, password: PASSWORD }),
    ].map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'access.sign_in_failed' } })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })
  it('signs in by telephone as people write it and by number, and stores the token as a hash only', async () => {
    const person = await member()
    const browser = browserOf(f)
    const written = `+86 ${person.phone.slice(0, 3)}-${person.phone.slice(3, 7)}-${person.phone.slice(7)}`
    expect(await browser.send('POST', '/session', { name: written, password: PASSWORD })).toMatchObject({
      status: 200,
      body: { secondFactorNeeded: false },
    })
    expect((await browser.send<{ person: object }>('GET', '/session')).body).toMatchObject({
      person: { id: person.personId, memberId: person.personId },
      posts: [],
      setupNeeded: false,
    })
    expect(
      (await browserOf(f).send('POST', '/session', { name: person.number.toLowerCase(), password: PASSWORD })).status,
    ).toBe(200)
    const rows = await f.admin
      .selectFrom('access_session')
      .select('token_hash')
      .where('person_id', '=', person.personId)
      .execute()
    expect(rows).toHaveLength(2)
    expect(rows.map((row) => row.token_hash.toString('base64url'))).not.toContain(browser.jar.get('sid'))
    const events = await f.admin
      .selectFrom('platform_event')
      .select('type')
      .where('actor_id', '=', person.personId)
      .execute()
    expect(events.map((event) => event.type)).toEqual(['access.signed_in', 'access.signed_in'])
  })
  it('keeps five sessions at most and drops the one not used for longest', async () => {
    const person = await member()
    const first = browserOf(f)
    await first.send('POST', '/session', { name: person.number, password: PASSWORD })
    for (let more = 1; more <= 5; more += 1) {
      f.setNow(at(more))
      await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })
    }
    f.setNow(NOW)
    expect((await first.send<{ person: null }>('GET', '/session')).body.person).toBeNull()
    expect(
      await f.admin
        .selectFrom('access_session')
        .select('token_hash')
        .where('person_id', '=', person.personId)
        .execute(),
    ).toHaveLength(5)
  })
})

describe('the cookie', () => {
  it('is out of reach of scripts and other sites, and ends with the browser', async () => {
    const person = await member()
    const { headers } = await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })
    const cookies = [headers['set-cookie'] ?? []].flat()
    const session = cookies.find((cookie) => cookie.startsWith('sid=')) ?? ''
    expect(session).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(cookies.find((cookie) => cookie.startsWith('did='))).toMatch(/HttpOnly; SameSite=Lax/)
  })
})

describe('a session', () => {
  it('ends after thirty idle minutes, and after twelve hours in any case', async () => {
    const person = await member()
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      f.setNow(at(minutes * 60))
      expect((await browser.send<{ person: object | null }>('GET', '/session')).body.person).not.toBeNull()
    }
    f.setNow(at(12 * 3600 + 1))
    expect(await browser.send('GET', '/sessions')).toMatchObject({ status: 401, body: { code: 'request.signed_out' } })
    f.setNow(at(13 * 3600))
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    f.setNow(at(13 * 3600 + 31 * 60))
    expect((await browser.send('GET', '/sessions')).status).toBe(401)
    f.setNow(NOW)
  })
  it('is listed to its owner, who can end it from another device', async () => {
    const person = await member()
    const [desk, phone] = [browserOf(f), browserOf(f)]
    await desk.send('POST', '/session', { name: person.number, password: PASSWORD })
    await phone.send('POST', '/session', { name: person.number, password: PASSWORD })
    const { body } = await desk.send<{ rows: { id: string; isCurrent: boolean }[] }>('GET', '/sessions')
    const other = body.rows.find((row) => !row.isCurrent)?.id ?? ''
    const stranger = browserOf(f)
    await stranger.send('POST', '/session', { name: (await member()).number, password: PASSWORD })
    expect(await stranger.send('DELETE', `/sessions/${other}`)).toMatchObject({
      status: 404,
      body: { code: 'access.session_not_found' },
    })
    expect((await desk.send('DELETE', `/sessions/${other}`)).status).toBe(200)
    expect((await phone.send('GET', '/sessions')).status).toBe(401)
    await phone.send('POST', '/session', { name: person.number, password: PASSWORD })
    expect((await desk.send('DELETE', '/sessions')).status).toBe(200)
    expect((await phone.send('GET', '/sessions')).status).toBe(401)
    expect((await desk.send('DELETE', '/session')).status).toBe(200)
    expect((await desk.send('GET', '/sessions')).status).toBe(401)
  })
  it('goes with a member to another branch at once, and ends with the membership', async () => {
    const person = await member()
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    const inTenant = (work: Parameters<typeof inSystemTransaction>[2]) =>
      inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, work)
    const { id: orgId, path: orgPath } = f.orgs.nurses
    await inTenant((tx) => moveMembership(tx, { tenantId: f.tenantId, memberId: person.personId, orgId, orgPath }))
    const grant = await f.admin
      .selectFrom('access_grant')
      .select(['org_path', 'version'])
      .where('person_id', '=', person.personId)
      .executeTakeFirstOrThrow()
    expect(grant).toEqual({ org_path: orgPath, version: 2 })
    expect((await browser.send<{ grantId: string | null }>('GET', '/session')).body.grantId).not.toBeNull()
    await inTenant((tx) =>
      endMembership(tx, { tenantId: f.tenantId, memberId: person.personId, by: null, reason: '转出', now: NOW }),
    )
    expect((await browser.send<{ grantId: string | null }>('GET', '/session')).body.grantId).toBeNull()
    expect((await browserOf(f).send('POST', '/session', { name: person.number, password: PASSWORD })).status).toBe(401)
  })
  it('takes another post of the same person only, with a new token', async () => {
    const person = await member()
    const browser = browserOf(f)
    await browser.send('POST', '/session', { name: person.number, password: PASSWORD })
    const secretary = await f.signIn('branch_secretary', 'nurses')
    const foreign = await f.admin
      .selectFrom('access_grant')
      .select('id')
      .where('person_id', '=', secretary.personId)
      .executeTakeFirstOrThrow()
    expect(await browser.send('PUT', '/session/post', { grantId: foreign.id })).toMatchObject({
      status: 404,
      body: { code: 'access.post_not_yours' },
    })
    const grant = await f.admin
      .selectFrom('access_grant')
      .selectAll()
      .where('person_id', '=', secretary.personId)
      .executeTakeFirstOrThrow()
    const own = '01890000-0000-7000-8000-00000000abcd'
    await f.admin
      .insertInto('access_grant')
      .values({ ...grant, id: own, person_id: person.personId, role: 'group_leader' })
      .execute()
    const before = browser.jar.get('sid')
    expect((await browser.send('PUT', '/session/post', { grantId: own })).status).toBe(200)
    expect(browser.jar.get('sid')).not.toBe(before)
    expect((await browser.send('GET', '/session')).body).toMatchObject({
      grantId: own,
      posts: [{ role: 'group_leader', orgName: f.orgs.nurses.name }],
      person: { memberId: person.personId },
    })
  })
})
