import type { FileFacts } from '@tongxin/contract'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'

const CONTENT_HOST = 'files.example.test'
let f: Fixture
let owner: Client
let documentId: string
let photoId: string

const encoded = (text: string): string => Buffer.from(text).toString('base64')
const at = (host: string, url: string, cookie = '') =>
  f.app.http.inject({ method: 'GET', url, headers: { host, ...(cookie ? { cookie } : {}) } })

async function upload(name: string, purpose: string, bytes: Buffer): Promise<string> {
  const base = { cookie: owner.cookie, 'tus-resumable': '1.0.0' }
  const metadata = `filename ${encoded(name)},purpose ${encoded(purpose)}`
  const origin = f.app.http.listeningOrigin
  const created = await fetch(`${origin}/api/v1/files`, {
    method: 'POST',
    headers: { ...base, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  })
  const id = created.headers.get('location')?.split('/').at(-1) ?? ''
  const headers = { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await fetch(`${origin}/api/v1/files/${id}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) })
  expect((await owner.send<FileFacts>('GET', `/files/${id}`)).body.state).toBe('unscanned')
  return id
}

beforeAll(async () => {
  f = await openFixture({ CONTENT_ORIGIN: `https://${CONTENT_HOST}` })
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  owner = await f.signIn('branch_secretary', 'teachers')
  documentId = await upload('决议.pdf', 'document', pdf(''))
  photoId = await upload(
    'a.jpg',
    'photo',
    await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer(),
  )
})

async function linkOf(client: Client, id: string): Promise<string> {
  const answer = await client.send('GET', `/files/${id}/content`)
  expect(answer.status).toBe(303)
  const url = new URL(String(answer.headers.location))
  expect(url.origin).toBe(`https://${CONTENT_HOST}`)
  return url.pathname
}

describe('a file that no scanner has answered for', () => {
  it('is held where the organisation or one above it says so, the nearest winning', async () => {
    const admin = await f.signIn('committee_admin', 'committee')
    const set = async (org: keyof Fixture['orgs'], value: boolean) => {
      const body = { orgId: f.orgs[org].id, code: 'files.open_unscanned', value, reason: '先查毒' }
      const answer = await admin.send('POST', '/settings', { ...body, effectiveFrom: '2026-11-02' })
      expect(answer.status).toBe(200)
    }
    const opened = async () => (await owner.send('GET', `/files/${documentId}/content`)).status
    const mayOpen = async () => (await owner.send<FileFacts>('GET', `/files/${documentId}`)).body.mayOpen
    const link = await linkOf(owner, documentId)
    await set('committee', false)
    expect(await owner.send('GET', `/files/${documentId}/content`)).toMatchObject({
      status: 409,
      body: { code: 'files.held' },
    })
    expect((await at(CONTENT_HOST, link, owner.cookie)).statusCode).toBe(409)
    expect(await mayOpen()).toBe(false)
    await set('teachers', true)
    expect([await opened(), await mayOpen()]).toEqual([303, true])
  })
})

describe('the content origin', () => {
  it('answers nothing but content, and content is answered nowhere else', async () => {
    const link = await linkOf(owner, documentId)
    for (const path of ['/', '/healthz', '/api/v1/orgs', `/api/v1/files/${documentId}/content`, '/api/v1/session']) {
      expect((await at(CONTENT_HOST, path, owner.cookie)).statusCode).toBe(404)
    }
    expect((await at('127.0.0.1:8080', link, owner.cookie)).statusCode).toBe(404)
  })

  it('serves a document without a cookie through a link of the session', async () => {
    const answer = await at(CONTENT_HOST, await linkOf(owner, documentId))
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    expect(answer.body).toBe(pdf('').toString())
  })

  it('refuses a forged link, one cut off, and one older than a minute', async () => {
    const link = await linkOf(owner, documentId)
    for (const wrong of [`${link.slice(0, -2)}AA`, link.slice(0, -9), '/api/v1/files/content/abc']) {
      expect((await at(CONTENT_HOST, wrong)).json()).toMatchObject({ status: 404, code: 'files.link_expired' })
    }
    f.setNow(new Date(NOW.getTime() + 61_000))
    expect((await at(CONTENT_HOST, link)).json()).toMatchObject({ status: 404, code: 'files.link_expired' })
    f.setNow(NOW)
  })

  it('refuses a link as soon as its session has ended', async () => {
    const leaver = await f.signIn('branch_secretary', 'teachers')
    await f.admin.updateTable('files_file').set({ owner_id: leaver.personId }).where('id', '=', documentId).execute()
    const link = await linkOf(leaver, documentId)
    expect((await at(CONTENT_HOST, link)).statusCode).toBe(200)
    await f.admin.deleteFrom('access_session').where('person_id', '=', leaver.personId).execute()
    expect((await at(CONTENT_HOST, link)).statusCode).toBe(401)
  })

  it('leaves pictures, which were drawn by ourselves, on the origin of the pages', async () => {
    const answer = await owner.send('GET', `/files/${photoId}/content`)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('image/jpeg')
  })
})
