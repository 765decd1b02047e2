import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FastifyInstance, fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerErrors } from './problem.ts'
import { serveWebApps } from './static.ts'

let app: FastifyInstance
const root = mkdtempSync(join(tmpdir(), 'tongxin-static-'))

beforeAll(async () => {
  for (const name of ['member', 'admin']) {
    mkdirSync(join(root, name, 'assets'), { recursive: true })
    writeFileSync(join(root, name, 'index.html'), `<title>${name}</title><style nonce="__CSP_NONCE__"></style>`)
    writeFileSync(join(root, name, 'assets', 'index-Ab12.js'), `console.log('${name}')`)
    writeFileSync(join(root, name, 'assets', 'index-Ab12.js.br'), 'compressed')
    writeFileSync(join(root, name, 'assets', 'index-Ab12.js.map'), '{"sources":["secret.ts"]}')
    writeFileSync(join(root, name, 'manifest.webmanifest'), '{}')
  }
  writeFileSync(join(root, 'outside.txt'), 'not ours to give')
  app = fastify()
  answerErrors(app)
  await serveWebApps(app, [
    { dist: join(root, 'member'), prefix: '/' },
    { dist: join(root, 'admin'), prefix: '/admin/' },
    { dist: join(root, 'not-built'), prefix: '/later/' },
  ])
  await app.ready()
})
afterAll(async () => {
  await app.close()
  rmSync(root, { recursive: true, force: true })
})

describe('what is not served', () => {
  it.each([
    '/assets/gone-9z.js',
    '/admin/assets/gone-9z.js',
    '/favicon.gif',
    '/.env',
    '/.git/config',
    '/api/v2/members',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%2f..%2foutside.txt',
    '/assets/%2e%2e/%2e%2e/outside.txt',
  ])('is 404 and no page: %s', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })
  it.each(['/assets/index-Ab12.js.map', '/admin/assets/index-Ab12.js.map'])('are source maps: %s', async (url) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(404)
    expect(answer.body).not.toContain('secret.ts')
  })
})

describe('a page', () => {
  it('is found also as people type it, without the slash at its end', async () => {
    const answer = await app.inject('/admin')
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/admin/'])
  })

  it.each([
    ['/', 'member'],
    ['/meetings/7', 'member'],
    ['/admin/', 'admin'],
    ['/admin/members/7?tab=1', 'admin'],
  ])('%s is that of its application, never kept, under a policy without foreign sources', async (url, name) => {
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain(`<title>${name}</title>`)
    expect(answer.headers['cache-control']).toBe('no-cache')
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/)
  })
  it('has a nonce of its own each time, the same in the page and in the policy', async () => {
    const nonces = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const answer = await app.inject('/')
        const inPage = /nonce="([^"]+)"/.exec(answer.body)?.[1] ?? ''
        expect(answer.headers['content-security-policy']).toContain(`'nonce-${inPage}'`)
        return inPage
      }),
    )
    expect(new Set(nonces).size).toBe(5)
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true)
  })
})

describe('a file of an application', () => {
  it('with a hashed name is kept for ever, and sent compressed to who takes that', async () => {
    const plain = await app.inject('/assets/index-Ab12.js')
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(plain.body).toBe("console.log('member')")
    const packed = await app.inject({ url: '/admin/assets/index-Ab12.js', headers: { 'accept-encoding': 'br' } })
    expect(packed.headers['content-encoding']).toBe('br')
    expect(packed.body).toBe('compressed')
  })
  it('with a lasting name is asked for again each time', async () => {
    expect((await app.inject('/manifest.webmanifest')).headers['cache-control']).toBe('no-cache')
  })
})
