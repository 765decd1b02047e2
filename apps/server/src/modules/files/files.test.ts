import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { FILE_FAULT_CODES, type FileFacts, filesRefusals } from '@tongxin/contract'
import sharp from 'sharp'
import { Upload } from 'tus-js-client'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { Sessions } from '../../platform/session.ts'
import { inTransaction } from '../../platform/transaction.ts'
import { office, pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { clearAbandoned } from './files.jobs.ts'
import { demandUsable } from './files.service.ts'
import { attachFile, filesOfSubject } from './index.ts'

let f: Fixture
let base: string
let owner: Client
let neighbour: Client

/** An engine at the edge that finds the word EVIL, and is silent about the word SILENCE. */
const engine = createServer((socket) => {
  let body = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    body = Buffer.concat([body, chunk])
    if (!body.subarray(-4).equals(Buffer.alloc(4))) return
    if (body.includes('SILENCE')) socket.destroy()
    else socket.end(body.includes('EVIL') ? 'stream: Test.Evil FOUND\0' : 'stream: OK\0')
  })
})

beforeAll(async () => {
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve))
  const at = engine.address()
  f = await openFixture({ CLAMD: `tcp://127.0.0.1:${typeof at === 'object' ? at?.port : 0}`, UNSCANNED_FILES: 'hold' })
  base = `${await f.app.http.listen({ port: 0, host: '127.0.0.1' })}/api/v1/files`
  owner = await f.signIn('branch_secretary', 'teachers')
  neighbour = await f.signIn('branch_secretary', 'students')
  return () => engine.close()
})

const encoded = (text: string): string => Buffer.from(text).toString('base64')
const described = (name: string, purpose = 'document'): string =>
  `filename ${encoded(name)},purpose ${encoded(purpose)}`
const incoming = (): string => join(f.platform.dataDir, 'files', 'incoming')

/** One tus request as a client would send it. */
async function tus(
  method: string,
  path: string,
  client: Client | null,
  headers: Record<string, string> = {},
  body?: Uint8Array,
) {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...(client ? { cookie: client.cookie } : {}), ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
    redirect: 'manual',
  })
  const text = await answer.text()
  const problem =
    text !== '' && /problem\+json/.test(answer.headers.get('content-type') ?? '')
      ? (JSON.parse(text) as { code: string; detail: object })
      : null
  return { status: answer.status, code: problem?.code, detail: problem?.detail, headers: answer.headers, text }
}

const create = (client: Client | null, name: string, bytes: number, purpose?: string) =>
  tus('POST', '', client, { 'upload-length': String(bytes), 'upload-metadata': described(name, purpose) })
const idIn = (answer: { headers: Headers }): string => answer.headers.get('location')?.split('/').at(-1) ?? ''
const append = (client: Client, id: string, offset: number, body: Uint8Array) =>
  tus(
    'PATCH',
    `/${id}`,
    client,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body,
  )

async function upload(client: Client, name: string, bytes: Uint8Array, purpose?: string): Promise<FileFacts> {
  const id = idIn(await create(client, name, bytes.length, purpose))
  expect((await append(client, id, 0, bytes)).status).toBe(204)
  return (await client.send<FileFacts>('GET', `/files/${id}`)).body
}

async function usageOf(personId: string): Promise<number> {
  const row = await f.admin
    .selectFrom('files_usage')
    .select('bytes')
    .where('owner_id', '=', personId)
    .executeTakeFirst()
  return Number(row?.bytes ?? 0)
}

/** What a capability does in its own transaction, under the session of `client`. */
async function under<T>(client: Client, work: Parameters<typeof inTransaction<T>>[3]): Promise<T> {
  const hash = Sessions.hash(client.cookie.split('=')[1] ?? '')
  const admitted = await f.platform.sessions.admit(hash, NOW)
  const context = {
    actor: admitted.actor,
    now: NOW,
    requestId: 'test',
    vault: f.platform.vault,
    log: f.platform.log,
    expectedVersion: null,
  }
  return inTransaction(f.platform, admitted, context, work)
}

describe('POST /files', () => {
  it('refuses what is no upload of this protocol', async () => {
    expect(await tus('POST', '', owner, { 'tus-resumable': '0.2.2' })).toMatchObject({
      status: 412,
      code: 'files.protocol_version',
    })
    expect(await tus('POST', '', owner, { 'upload-metadata': described('a.pdf') })).toMatchObject({
      status: 422,
      code: 'files.length_missing',
    })
    expect(await tus('POST', '', owner, { 'upload-length': '5' })).toMatchObject({
      status: 422,
      code: 'files.purpose_unknown',
    })
    expect((await tus('POST', '', owner, { 'upload-length': '5', 'upload-metadata': ',,' })).status).toBe(400)
    expect(await create(owner, 'a.pdf', 5, 'evidence')).toMatchObject({ status: 422, code: 'files.purpose_unknown' })
    expect(
      (
        await tus(
          'POST',
          '',
          owner,
          { 'upload-length': '5', 'content-type': 'application/offset+octet-stream' },
          pdf(''),
        )
      ).status,
    ).toBe(415)
  })

  it('refuses the signed out', async () => {
    expect(await create(null, 'a.pdf', 5)).toMatchObject({ status: 401, code: 'request.signed_out' })
  })

  it('refuses before a byte is sent what could never be kept', async () => {
    expect(await create(owner, 'a.pdf', 0)).toMatchObject({ status: 422, code: 'files.empty' })
    expect(await create(owner, 'a\u202efdp.exe', 9)).toMatchObject({ status: 422, code: 'files.name_unusable' })
    expect(await create(owner, 'a.svg', 9)).toMatchObject({ status: 422, code: 'files.type_not_allowed' })
    expect(await create(owner, 'a.pdf', 9, 'photo')).toMatchObject({ status: 422, code: 'files.type_not_allowed' })
    expect(await create(owner, 'a.jpg', 16_000_000, 'photo')).toMatchObject({
      status: 422,
      code: 'files.too_large',
      detail: { limit: 15 },
    })
  })

  it('reserves the bytes, and lets two at once not pass the quota together', async () => {
    const hoarder = await f.signIn('branch_secretary', 'nurses')
    const size = 50_000_000
    for (let at = 0; at < 9; at++) expect((await create(hoarder, 'a.pdf', size)).status).toBe(201)
    const last = await Promise.all([create(hoarder, 'a.pdf', size), create(hoarder, 'a.pdf', size)])
    expect(last.map((answer) => answer.status).sort()).toEqual([201, 422])
    expect(last.find((answer) => answer.status === 422)).toMatchObject({
      code: 'files.quota_person',
      detail: { limit: 500 },
    })
    expect(await usageOf(hoarder.personId)).toBe(10 * size)
    await f.admin
      .updateTable('files_usage')
      .set({ bytes: 20 * 1024 ** 3 - 5 })
      .where('owner_kind', '=', 'organisation')
      .where('owner_id', '=', f.orgs.nurses.id)
      .execute()
    const other = await f.signIn('branch_secretary', 'nurses')
    expect(await create(other, 'a.pdf', 10)).toMatchObject({ status: 422, code: 'files.quota_organisation' })
    expect(await usageOf(other.personId)).toBe(0)
  })
})

describe('PATCH, HEAD and DELETE /files/:id', () => {
  it('refuse a wrong type, a wrong version, a wrong offset and another person', async () => {
    const id = idIn(await create(owner, '通知.pdf', 100))
    expect(
      (
        await tus(
          'PATCH',
          `/${id}`,
          owner,
          { 'upload-offset': '0', 'content-type': 'application/json' },
          Buffer.from('{}'),
        )
      ).status,
    ).toBe(415)
    expect(
      (await tus('PATCH', `/${id}`, owner, { 'upload-offset': '0', 'content-type': 'image/png' }, Buffer.from('x')))
        .status,
    ).toBe(415)
    expect((await tus('HEAD', `/${id}`, owner, { 'tus-resumable': '2.0.0' })).status).toBe(412)
    expect((await append(owner, id, 7, Buffer.alloc(3))).status).toBe(409)
    for (const client of [neighbour, await f.signIn('committee_admin', 'committee')]) {
      expect((await append(client, id, 0, Buffer.alloc(3))).status).toBe(404)
      expect((await tus('HEAD', `/${id}`, client)).status).toBe(404)
      expect((await tus('DELETE', `/${id}`, client)).status).toBe(404)
    }
    expect((await append(owner, '..%2F..%2Fkeys', 0, Buffer.alloc(3))).status).toBe(404)
    expect((await append(owner, id, 0, Buffer.alloc(3))).status).toBe(204)
    expect((await tus('HEAD', `/${id}`, owner)).headers.get('upload-offset')).toBe('3')
  })

  it('take an upload back and return its bytes', async () => {
    const before = await usageOf(owner.personId)
    const id = idIn(await create(owner, 'a.pdf', 1000))
    expect(await usageOf(owner.personId)).toBe(before + 1000)
    expect((await tus('DELETE', `/${id}`, owner)).status).toBe(204)
    expect(await usageOf(owner.personId)).toBe(before)
    expect(readdirSync(incoming()).filter((name) => name.startsWith(id))).toEqual([])
    expect((await owner.send<FileFacts>('GET', `/files/${id}`)).body).toMatchObject({
      state: 'rejected',
      fault: 'abandoned',
    })
  })

  it('resume with a client of others after a break', async () => {
    const photo = await sharp({
      create: {
        width: 1500,
        height: 1200,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 120, sigma: 60 },
      },
    })
      .png()
      .toBuffer()
    const options = {
      endpoint: base,
      chunkSize: 512 * 1024,
      retryDelays: [],
      headers: { cookie: owner.cookie },
      metadata: { filename: '合影.png', purpose: 'photo' },
    }
    const url = await new Promise<string>((resolve, reject) => {
      const first = new Upload(photo, {
        ...options,
        onError: reject,
        onChunkComplete: (_size, accepted) => {
          if (accepted < 1024 * 1024) return
          void first.abort().then(() => resolve(first.url ?? ''))
        },
      })
      first.start()
    })
    const offset = Number((await tus('HEAD', `/${url.split('/').at(-1)}`, owner)).headers.get('upload-offset'))
    expect(offset).toBeGreaterThan(0)
    expect(offset).toBeLessThan(photo.length)
    await new Promise<void>((resolve, reject) => {
      new Upload(photo, { ...options, uploadUrl: url, onError: reject, onSuccess: () => resolve() }).start()
    })
    const { body } = await owner.send<FileFacts>('GET', `/files/${url.split('/').at(-1)}`)
    expect(body).toMatchObject({
      name: '合影.png',
      state: 'clean',
      kind: 'png',
      width: 1500,
      height: 1200,
      mayOpen: true,
    })
    // A client that lost the last answer asks again and hears that everything has arrived.
    const again = await tus('HEAD', `/${url.split('/').at(-1)}`, owner)
    expect([again.status, again.headers.get('upload-offset')]).toEqual([200, String(photo.length)])
  })

  it('make up for checks that a crash prevented', async () => {
    const bytes = pdf('')
    const id = idIn(await create(owner, 'a.pdf', bytes.length))
    // What is on the disk after the server died between the last byte and the checks.
    writeFileSync(join(incoming(), id), bytes)
    expect((await tus('HEAD', `/${id}`, owner)).headers.get('upload-offset')).toBe(String(bytes.length))
    expect((await owner.send<FileFacts>('GET', `/files/${id}`)).body.state).toBe('clean')
    expect(readdirSync(incoming()).filter((name) => name.startsWith(id))).toEqual([])
  })
})

describe('quarantine', () => {
  it('rejects what the checks refuse, keeps nothing of it and returns its bytes', async () => {
    const before = await usageOf(owner.personId)
    const facts = await upload(owner, '决议.docx', office('docx', { 'word/vbaProject.bin': Buffer.from('x') }))
    expect(facts).toMatchObject({ state: 'rejected', fault: 'macros', mayOpen: false })
    expect(await usageOf(owner.personId)).toBe(before)
    expect(readdirSync(incoming()).filter((name) => name.startsWith(facts.id))).toEqual([])
    expect(await owner.send('GET', `/files/${facts.id}/content`)).toMatchObject({ status: 422 })
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'payload'])
      .where('subject_id', '=', facts.id)
      .execute()
    expect(events).toEqual([{ type: 'files.file_rejected', payload: { fault: 'macros' } }])
  })

  it('rejects what the scanner finds', async () => {
    expect(await upload(owner, 'a.pdf', pdf('% EVIL'))).toMatchObject({ state: 'rejected', fault: 'infected' })
  })

  it('holds what the scanner did not answer for, where the installation says so', async () => {
    const facts = await upload(owner, 'a.pdf', pdf('% SILENCE'))
    expect(facts).toMatchObject({ state: 'unscanned', fault: null, mayOpen: false })
    const answer = await owner.send<string>('GET', `/files/${facts.id}/content`)
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({ code: 'files.held' })
  })

  it('keeps equal bytes once', async () => {
    const bytes = pdf('% the same twice')
    const facts = [await upload(owner, 'a.pdf', bytes), await upload(neighbour, 'b.pdf', bytes)]
    const rows = await f.admin
      .selectFrom('files_file')
      .select('sha256')
      .where(
        'id',
        'in',
        facts.map(({ id }) => id),
      )
      .execute()
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(1)
    const sum = rows[0]?.sha256 ?? ''
    const kept = join(f.platform.dataDir, 'files', 'kept', f.tenantId, sum.slice(0, 2), sum)
    expect(readFileSync(kept).equals(bytes)).toBe(true)
    expect(statSync(kept).nlink).toBe(1)
  })

  it('has a refusal for every reason', () => {
    const codes = [
      'files.empty',
      'files.too_large',
      'files.name_unusable',
      'files.type_not_allowed',
      'files.extension_mismatch',
      'files.damaged',
      'files.encrypted',
      'files.macros',
      'files.active_content',
      'files.unpacks_too_large',
      'files.image_too_large',
      'files.too_slow',
      'files.infected',
      'files.abandoned',
    ]
    expect(FILE_FAULT_CODES.map((fault) => `files.${fault}`)).toEqual(codes)
    for (const fault of FILE_FAULT_CODES) {
      const row = { state: 'rejected', fault } as Parameters<typeof demandUsable>[0]
      expect(() => demandUsable(row, true)).toThrow(filesRefusals[fault]())
    }
  })
})

describe('GET /files/:id/content', () => {
  it('refuses the signed out, strangers, unfinished uploads and other organisations', async () => {
    const facts = await upload(owner, '决议.pdf', pdf('% private'))
    expect((await f.stranger.send('GET', `/files/${facts.id}/content`)).status).toBe(401)
    const admin = await f.signIn('committee_admin', 'committee')
    for (const client of [neighbour, admin]) {
      expect(await client.send('GET', `/files/${facts.id}/content`)).toMatchObject({
        status: 404,
        body: { code: 'files.not_found' },
      })
      expect(await client.send('GET', `/files/${facts.id}`)).toMatchObject({
        status: 404,
        body: { code: 'files.not_found' },
      })
    }
    const open = idIn(await create(owner, 'a.pdf', 10))
    expect(await owner.send('GET', `/files/${open}/content`)).toMatchObject({
      status: 409,
      body: { code: 'files.still_pending' },
    })
    expect((await owner.send('GET', '/files/nothing/content')).status).toBe(404)
    // Without a content origin the path for it does not exist.
    expect((await owner.send('GET', '/files/content/abc')).status).toBe(404)
  })

  it('serves the owner an attachment that nothing may run', async () => {
    const bytes = pdf('% mine')
    const facts = await upload(owner, '支部 决议.pdf', bytes)
    const answer = await owner.send<string>('GET', `/files/${facts.id}/content`)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('支部 决议.pdf')}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-length': String(bytes.length),
      'cache-control': 'private, no-store',
    })
    expect(answer.body).toBe(bytes.toString())
  })

  it('opens an attached file to those who may read the record, and writes down who did', async () => {
    const facts = await upload(owner, '会议照片.pdf', pdf('% attached'))
    const { id: orgId, path: orgPath } = f.orgs.teachers
    const subject = { kind: 'meeting', id: uuidv7(), orgId, orgPath, readPermission: 'meetings.read' }
    await expect(under(neighbour, (ctx) => attachFile(ctx, facts.id, subject))).rejects.toMatchObject({
      code: 'files.not_found',
    })
    await under(owner, (ctx) => attachFile(ctx, facts.id, subject))
    await expect(under(owner, (ctx) => attachFile(ctx, facts.id, subject))).rejects.toMatchObject({
      code: 'files.already_attached',
    })
    expect((await under(owner, (ctx) => filesOfSubject(ctx, 'meeting', subject.id, true))).map(({ id }) => id)).toEqual(
      [facts.id],
    )
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect((await secretary.send('GET', `/files/${facts.id}/content`)).status).toBe(200)
    expect((await neighbour.send('GET', `/files/${facts.id}/content`)).status).toBe(404)
    const member = await f.signIn('member', 'teachers')
    expect((await member.send('GET', `/files/${facts.id}/content`)).status).toBe(404)
    const opened = await f.admin
      .selectFrom('platform_event')
      .select('actor_id')
      .where('subject_id', '=', facts.id)
      .where('type', '=', 'files.file_opened')
      .execute()
    expect(opened).toEqual([{ actor_id: secretary.personId }])
  })
})

describe('uploads that nobody finished', () => {
  it('are cleared after a day with their bytes and reservation', async () => {
    const person = await f.signIn('branch_secretary', 'retired')
    const id = idIn(await create(person, 'a.pdf', 100))
    await append(person, id, 0, Buffer.alloc(10))
    const job = (now: Date) => clearAbandoned({ platform: f.platform, now, signal: new AbortController().signal })
    await job(new Date(NOW.getTime() + 23 * 3600_000))
    expect((await person.send<FileFacts>('GET', `/files/${id}`)).body.state).toBe('pending')
    await job(new Date(NOW.getTime() + 25 * 3600_000))
    expect((await person.send<FileFacts>('GET', `/files/${id}`)).body).toMatchObject({
      state: 'rejected',
      fault: 'abandoned',
    })
    expect(readdirSync(incoming()).filter((name) => name.startsWith(id))).toEqual([])
    expect(await usageOf(person.personId)).toBe(0)
  })

  it('leave no bytes behind when the server ended before it had tidied up', async () => {
    const person = await f.signIn('branch_secretary', 'retired')
    const waiting = idIn(await create(person, 'b.pdf', 100))
    await append(person, waiting, 0, Buffer.alloc(10))
    const [orphan, fresh] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const name of [orphan, `${orphan}.json`, fresh]) writeFileSync(join(incoming(), name), 'x')
    const touched = (id: string, at: number) => utimesSync(join(incoming(), id), new Date(at), new Date(at))
    touched(orphan, NOW.getTime() - 25 * 3600_000)
    touched(waiting, NOW.getTime() - 25 * 3600_000)
    touched(fresh, NOW.getTime() - 3600_000)
    await clearAbandoned({ platform: f.platform, now: NOW, signal: new AbortController().signal })
    const left = readdirSync(incoming())
    expect(left.filter((name) => name.startsWith(orphan))).toEqual([])
    expect(left).toEqual(expect.arrayContaining([waiting, fresh]))
  })
})
