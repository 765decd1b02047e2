import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ArticleRecord } from '@tongxin/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { says, textOf } from '../../test/article-texts.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { checkAllLinks } from './publishing.jobs.ts'

/** A site outside, with one page that is there. */
let site: Server
let origin = ''
let f: Fixture
let finisher: Client
let id = ''

beforeAll(async () => {
  site = createServer((request, reply) => {
    reply.writeHead(request.url === '/there' ? 200 : request.url === '/members' ? 403 : 404).end('x')
  })
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  f = await openFixture({ HOUSE_HOSTS: '127.0.0.1' })
  const editor = await f.signIn('branch_officer', 'teachers')
  const reviewer = await f.signIn('branch_secretary', 'teachers')
  finisher = await f.signIn('committee_admin', 'committee')
  const readers = { audience: 'public', comments: 'none', linkHosts: [], position: 1 }
  const facts = { orgId: f.orgs.committee.id, kind: 'news', name: '要闻', note: '', ...readers }
  const column = await finisher.send<{ id: string }>('POST', '/columns', facts)
  const links = ['/there', '/members', '/gone'].map((path) =>
    says(path, [{ type: 'link', attrs: { href: `${origin}${path}` } }]),
  )
  const text = textOf({ document: { type: 'doc', content: links } })
  const asked = { columnId: column.body.id, orgId: f.orgs.teachers.id, text }
  id = (await editor.send<{ id: string }>('POST', '/articles', asked)).body.id
  await editor.send('POST', `/articles/${id}/submit`, {})
  await reviewer.send('POST', `/articles/${id}/review`, { isPassed: true })
  await finisher.send('POST', `/articles/${id}/finish`, { isPassed: true })
})
afterAll(() => new Promise((done) => site.close(done)))

const run = (now: Date) => checkAllLinks({ platform: f.platform, now, signal: new AbortController().signal })
const links = async () => {
  const { body } = await finisher.send<ArticleRecord>('GET', `/articles/${id}`)
  return Object.fromEntries(body.links.map(({ url, state }) => [url.slice(origin.length), state]))
}
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)

it('asks for links, takes one that failed twice as broken, and tells it once', async () => {
  await run(NOW)
  expect(await links()).toEqual({ '/there': 'sound', '/members': 'sound', '/gone': 'unchecked' })
  await run(later(2))
  expect(await links()).toEqual({ '/there': 'sound', '/members': 'sound', '/gone': 'broken' })
  await run(later(24 * 8))
  const told = await f.admin
    .selectFrom('platform_event')
    .select('payload')
    .where('type', '=', 'publishing.link_broken')
    .execute()
  expect(told).toEqual([{ payload: { title: '支部开展主题党日', host: '127.0.0.1' } }])
  const { body } = await finisher.send<{ rows: { id: string }[] }>('GET', '/articles?broken=true')
  expect(body.rows.map((row) => row.id)).toEqual([id])
})
