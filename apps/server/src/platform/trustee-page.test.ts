import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { serveTrusteePage } from './trustee-page.ts'

const dist = mkdtempSync(join(tmpdir(), 'tongxin-trustees-'))
afterAll(() => rmSync(dist, { recursive: true, force: true }))

describe('the offline page of the trustees', () => {
  it('is not there before it was built', async () => {
    const app = fastify()
    serveTrusteePage(app, join(dist, 'nowhere'))
    expect((await app.inject('/trustees.html')).statusCode).toBe(404)
  })
  it('is downloaded, never opened on our origin, and its published sum is that of the bytes', async () => {
    const html = '<!doctype html><title>离线页</title>'
    const sum = createHash('sha256').update(html).digest('hex')
    writeFileSync(join(dist, 'index.html'), html)
    writeFileSync(join(dist, 'trustees.html.sha256'), `${sum}  trustees.html\n`)
    const app = fastify()
    serveTrusteePage(app, dist)
    const page = await app.inject('/trustees.html')
    expect(page.headers['content-disposition']).toBe('attachment; filename="trustees.html"')
    expect(page.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    const told = await app.inject('/trustees.html.sha256')
    expect(told.body.split(' ')[0]).toBe(createHash('sha256').update(page.rawPayload).digest('hex'))
  })
})
