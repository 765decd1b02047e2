import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileFacts } from '@tongxin/contract'
import sharp from 'sharp'
import { Upload } from 'tus-js-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import type { Client, Fixture } from '../../test/fixture.ts'
import { described, idIn, openUploads } from '../../test/uploads.ts'

type Uploads = Awaited<ReturnType<typeof openUploads>>
let f: Fixture
let base: string
let owner: Client
let neighbour: Client
let tus: Uploads['tus']
let create: Uploads['create']
let append: Uploads['append']
let incoming: Uploads['incoming']
let usageOf: Uploads['usageOf']

beforeAll(async () => {
  const opened = await openUploads()
  ;({ f, base, owner, neighbour, tus, create, append, incoming, usageOf } = opened)
  return opened.close
})

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
