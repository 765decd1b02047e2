import cookie from '@fastify/cookie'
import { type FastifyInstance, fastify } from 'fastify'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../test/fixture.ts'
import { publishAll } from './events.ts'
import { answerErrors } from './problem.ts'
import { Stream } from './stream.ts'
import { inSystemTransaction } from './transaction.ts'

let f: Fixture
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  f = await openFixture()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server with nothing but the stream, on a free port. */
async function serve(options: { most?: number; heartbeatMs?: number } = {}): Promise<string> {
  const http: FastifyInstance = fastify({ forceCloseConnections: true })
  answerErrors(http)
  await http.register(cookie)
  const stream = new Stream(f.platform, options)
  stream.mount(http)
  const url = await http.listen({ port: 0, host: '127.0.0.1' })
  stream.start()
  closing.push(async () => {
    stream.stop()
    await http.close()
  })
  return `${url}/stream`
}

type Heard = { id: string; type: string; data: { kind?: string; id?: string } }
/** An open stream: `until(n)` waits for that many messages, `of(ids)` for all of these subjects, `ended` for its end. */
async function listen(url: string, client: Client, headers: Record<string, string> = {}) {
  const abort = new AbortController()
  const answer = await fetch(url, { headers: { cookie: client.cookie, ...headers }, signal: abort.signal })
  const heard: Heard[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  const ended = (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const [, id = '', type = '', data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(part) ?? []
        if (id) heard.push({ id, type, data: JSON.parse(data) })
      }
      for (const one of waiting) if (heard.length >= one.count) one.resolve()
    }
  })().catch(() => undefined)
  closing.unshift(async () => {
    abort.abort()
    await ended
  })
  const until = (count: number) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.push({ count, resolve })
    if (heard.length >= count) resolve()
    return promise
  }
  /** The places of these subjects in the stream, in the order heard. */
  const of = async (ids: readonly (string | undefined)[]) => {
    const found = () => heard.filter(({ data }) => ids.includes(data.id))
    while (found().length < ids.length) await until(heard.length + 1)
    return found()
  }
  return { status: answer.status, headers: answer.headers, heard, until, of, ended }
}

async function tell(org: OrgKey, personId: string | null = null, count = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, () => crypto.randomUUID())
  await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
    publishAll(
      tx,
      { tenantId: f.tenantId, now: NOW },
      'members.revealed',
      ids.map((id) => ({
        subject: { kind: 'member', id, orgPath: f.orgs[org].path, personId },
        payload: { memberId: id, field: 'phone' },
      })),
    ),
  )
  f.platform.wake()
  return ids
}
const heardOf = ({ heard }: { heard: Heard[] }) => heard.map(({ data }) => data.id)
/** A listener of everything, once it has heard something: the stream has found its place. */
async function settled(url: string) {
  const all = await listen(url, await f.signIn('committee_admin', 'committee'))
  while (all.heard.length === 0) {
    await tell('committee')
    await Promise.race([all.until(1), new Promise((resolve) => setImmediate(resolve))])
  }
  return all
}

describe('GET /stream', () => {
  it('refuses the signed out, and a session that has just ended though it was remembered', async () => {
    const url = await serve()
    expect((await fetch(url)).status).toBe(401)
    const leaver = await f.signIn('branch_secretary', 'teachers')
    expect((await leaver.send('GET', '/orgs')).status).toBe(200)
    await f.admin.deleteFrom('access_session').where('person_id', '=', leaver.personId).execute()
    expect((await listen(url, leaver)).status).toBe(401)
  })
  it('refuses one listener too many, and says when to come back', async () => {
    const url = await serve({ most: 1 })
    expect((await listen(url, await f.signIn('branch_secretary', 'teachers'))).status).toBe(200)
    const refused = await fetch(url, { headers: { cookie: (await f.signIn('branch_secretary', 'teachers')).cookie } })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
    expect(await refused.json()).toMatchObject({ code: 'request.overloaded' })
  })
  it('ends when the session ends', async () => {
    const url = await serve()
    const leaver = await f.signIn('branch_secretary', 'teachers')
    const stream = await listen(url, leaver)
    await f.admin.deleteFrom('access_session').where('person_id', '=', leaver.personId).execute()
    await stream.ended
  })
  it('ends within a second of the end of the post, and nothing is told in between', async () => {
    const url = await serve()
    const leaver = await f.signIn('branch_secretary', 'teachers')
    const stream = await listen(url, leaver)
    const stays = await listen(url, await f.signIn('branch_secretary', 'teachers'))
    await settled(url)
    const heard = stream.heard.length
    const began = performance.now()
    await f.admin
      .updateTable('access_grant')
      .set({ until_on: new Date(NOW.getTime() - 1) })
      .where('person_id', '=', leaver.personId)
      .execute()
    await stream.ended
    expect(performance.now() - began).toBeLessThan(2_000)
    const [after] = await tell('teachers')
    await stays.of([after])
    expect(stream.heard.length).toBe(heard)
  })
  it('tells a post of one unit nothing of what is below it', async () => {
    const url = await serve()
    const alone = await listen(url, await f.signIn('branch_secretary', 'faculty', { reach: 'node' }))
    const all = await settled(url)
    const [below] = await tell('teachers')
    const [own] = await tell('faculty')
    await all.of([below, own])
    await alone.of([own])
    expect(heardOf(alone)).not.toContain(below)
  })
  it('does not keep a session alive by staying open', async () => {
    const url = await serve()
    const idle = await f.signIn('branch_secretary', 'teachers')
    const stream = await listen(url, idle)
    f.setNow(new Date(NOW.getTime() + 31 * 60_000))
    await stream.ended
    f.setNow(NOW)
  })
})

describe('a listener', () => {
  it('hears of the scope of the post and of the own person, never of others, and never a content', async () => {
    const url = await serve()
    const teachers = await f.signIn('branch_secretary', 'teachers')
    const member = await f.signIn('member', 'teachers')
    const [branch, own] = [await listen(url, teachers), await listen(url, member)]
    expect(branch.headers.get('content-type')).toBe('text/event-stream')
    const all = await settled(url)
    const [foreign] = await tell('students')
    const [mine] = await tell('teachers')
    const [elsewhere] = await tell('medicine', teachers.personId)
    const [ofMember] = await tell('nurses', member.personId)
    const told = [foreign, mine, elsewhere, ofMember]
    expect((await all.of(told)).map(({ data }) => data.id)).toEqual(told)
    await Promise.all([branch.until(2), own.until(1)])
    expect(heardOf(branch)).toEqual([mine, elsewhere])
    expect(heardOf(own)).toEqual([ofMember])
    expect(Object.keys(branch.heard[0]?.data ?? {})).toEqual(['kind', 'id'])
  })
  it('that comes back is told what it missed, within its scope', async () => {
    const url = await serve()
    const teachers = await f.signIn('branch_secretary', 'teachers')
    const all = await settled(url)
    const told = await tell('teachers', null, 3)
    const place = (await all.of(told))[1]?.id ?? ''
    await tell('students')
    const back = await listen(url, teachers, { 'last-event-id': place })
    await back.until(1)
    expect(heardOf(back)).toEqual([told[2]])
  })
  it('that missed too much is told to read everything again', async () => {
    const url = await serve()
    const all = await settled(url)
    const place = all.heard[0]?.id ?? ''
    await tell('teachers', null, 201)
    const back = await listen(url, await f.signIn('branch_secretary', 'teachers'), { 'last-event-id': place })
    await back.until(1)
    expect(back.heard[0]).toMatchObject({ type: 'platform.reload', data: {} })
  })
  it.each(['', 'x', "' or 1=1 --", '0'.repeat(36)])(
    'that names a place which is none starts now: %j',
    async (place) => {
      const url = await serve()
      const stream = await listen(url, await f.signIn('branch_secretary', 'teachers'), { 'last-event-id': place })
      expect(stream.status).toBe(200)
    },
  )
})
