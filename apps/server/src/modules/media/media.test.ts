import { createHash } from 'node:crypto'
import type { MediaRecord, MediaRow, Playback } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf } from '../../test/learning-cases.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import { mediaCards } from './index.ts'
import { makeWaiting } from './media.jobs.ts'

const CONTENT_HOST = 'content.example.test'
type Made = { id: string; version: number }
type Rows = { rows: MediaRow[]; next: string | null }
let f: Fixture
let committee: Client
let secretary: Client
let nurses: Client

beforeAll(async () => {
  f = await openFixture({ CONTENT_ORIGIN: `https://${CONTENT_HOST}` })
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  committee = await f.signIn('committee_admin', 'committee')
  secretary = await f.signIn('branch_secretary', 'teachers')
  nurses = await f.signIn('branch_secretary', 'nurses')
})

/** A second of silence that every player knows: 8-bit PCM at 8 kHz, with a number in it so that no two are equal. */
function sound(number: number): Buffer {
  const head = Buffer.from(
    'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\0\0\0\0',
    'latin1',
  )
  const samples = Buffer.alloc(8000, 128)
  samples.writeUInt32LE(number, 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}
/** The beginning of an MP4 file, which is all that is looked at before a decoder opens it. */
const video = (text: string) =>
  Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.from(text)])

async function begun(client: Client, name: string, purpose: string, bytes: number): Promise<Response> {
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  return fetch(`${f.app.http.listeningOrigin}/api/v1/files`, {
    method: 'POST',
    headers: {
      cookie: client.cookie,
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes),
      'upload-metadata': `filename ${encoded(name)},purpose ${encoded(purpose)}`,
    },
  })
}
/** Sent in pieces, as the page does with large files. */
async function upload(client: Client, name: string, bytes: Buffer, purpose = 'media'): Promise<string> {
  const created = await begun(client, name, purpose, bytes.length)
  const id = created.headers.get('location')?.split('/').at(-1) ?? ''
  for (let offset = 0; offset < bytes.length; offset += 5000) {
    await fetch(`${f.app.http.listeningOrigin}/api/v1/files/${id}`, {
      method: 'PATCH',
      headers: {
        cookie: client.cookie,
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: new Uint8Array(bytes.subarray(offset, offset + 5000)),
    })
  }
  return id
}

const words = { title: '入党誓词 诵读', source: '本校宣传部录制', copyright: '自制，可在校内使用' }
let number = 0
async function added(client: Client, more: object = {}): Promise<string> {
  number += 1
  const fileId = await upload(client, '诵读.wav', sound(number))
  const made = await client.send<Made>('POST', '/media', { fileId, ...words, ...more })
  expect(made.body).toMatchObject({ version: 1 })
  return made.body.id
}
/** What the job does on a machine without ffmpeg. */
const settle = () => makeWaiting({ platform: f.platform, now: NOW, signal: new AbortController().signal }, null)
const read = async (client: Client, id: string) => (await client.send<MediaRecord>('GET', `/media/${id}`)).body
const fetched = (url: string, headers: Record<string, string> = {}) =>
  f.app.http.inject({ method: 'GET', url: new URL(url).pathname, headers: { host: CONTENT_HOST, ...headers } })
const playback = async (client: Client, id: string) =>
  (await client.send<Playback>('GET', `/media/${id}/playback`)).body

describe('uploading and adding', () => {
  it('refuses posts that make no courses, other kinds of file, what is too large, and what is not what it says', async () => {
    const leader = await f.signIn('group_leader', 'teachers')
    expect(await (await begun(leader, 'a.mp4', 'media', 10)).json()).toMatchObject({
      code: 'files.purpose_not_permitted',
    })
    expect(await (await begun(secretary, 'a.exe', 'media', 10)).json()).toMatchObject({
      code: 'files.type_not_allowed',
    })
    expect(await (await begun(secretary, 'a.mp4', 'document', 10)).json()).toMatchObject({
      code: 'files.type_not_allowed',
    })
    expect(await (await begun(secretary, 'a.mp4', 'media', 1025 * 1024 * 1024)).json()).toMatchObject({
      code: 'files.too_large',
      detail: { limit: 1024 },
    })
    const false_ = await upload(secretary, 'a.mp4', sound(0))
    expect((await secretary.send<{ fault: string }>('GET', `/files/${false_}`)).body.fault).toBe('extension_mismatch')
    const document = await upload(secretary, 'a.pdf', Buffer.from(pdf('')), 'document')
    expect((await secretary.send('POST', '/media', { fileId: document, ...words })).body).toMatchObject({
      code: 'media.not_a_media_file',
      fields: [{ field: '/body/fileId' }],
    })
    const foreign = await upload(nurses, 'b.wav', sound(99))
    expect((await secretary.send('POST', '/media', { fileId: foreign, ...words })).body).toMatchObject({
      code: 'files.not_found',
    })
    const mine = await upload(secretary, 'c.wav', sound(98))
    const elsewhere = { fileId: mine, ...words, orgId: f.orgs.nurses.id }
    expect((await secretary.send('POST', '/media', elsewhere)).body).toMatchObject({ code: 'media.no_such_org' })
    expect((await leader.send('POST', '/media', { fileId: mine, ...words })).status).toBe(403)
    const { copyright: _, ...silent } = words
    expect((await secretary.send('POST', '/media', { fileId: mine, ...silent })).status).toBe(400)
  })

  it('counts a video for the space of the organisation alone', async () => {
    const usage = () =>
      f.admin
        .selectFrom('files_usage')
        .select(['owner_kind', 'bytes'])
        .where('owner_id', 'in', [maker.personId, f.orgs.retired.id])
        .execute()
    const maker = await f.signIn('branch_secretary', 'retired')
    await upload(maker, 'a.mp4', video('x'))
    expect(await usage()).toMatchObject([{ owner_kind: 'organisation' }])
  })

  it('plays the upload itself where the machine has no ffmpeg, once', async () => {
    const id = await added(secretary, { durationSeconds: 61 })
    expect(await read(secretary, id)).toMatchObject({
      state: 'uploaded',
      isPlayable: false,
      kind: 'sound',
      from: 'own',
    })
    expect((await secretary.send('GET', `/media/${id}/playback`)).body).toMatchObject({ code: 'media.not_playable' })
    expect((await secretary.send('POST', `/media/${id}/transcode`, {})).body).toMatchObject({
      code: 'media.being_made',
    })
    await settle()
    expect(await read(secretary, id)).toMatchObject({
      state: 'original',
      isPlayable: true,
      durationSeconds: 61,
      minutes: 2,
    })
    expect((await secretary.send<Made>('POST', `/media/${id}/transcode`, {})).status).toBe(200)
    await settle()
    expect(await read(secretary, id)).toMatchObject({ state: 'original', versions: [] })
  })
})

describe('watching', () => {
  it('is for posts of the unit and below it, and for whoever a lesson lets in', async () => {
    const id = await added(committee)
    await settle()
    expect(await read(nurses, id)).toMatchObject({ from: 'above', can: { change: false, remove: false } })
    expect((await playback(nurses, id)).original?.type).toBe('audio/wav')
    const member = await f.signIn('member', 'nurses')
    expect((await member.send('GET', `/media/${id}/playback`)).body).toMatchObject({ code: 'media.not_found' })
    expect((await f.stranger.send('GET', `/public/media/${id}/playback`)).body).toMatchObject({
      code: 'media.not_found',
    })
    const own = await added(secretary)
    await settle()
    for (const other of [nurses, member])
      expect((await other.send('GET', `/media/${own}/playback`)).body).toMatchObject({ code: 'media.not_found' })
    expect((await nurses.send('GET', `/media/${own}`)).body).toMatchObject({ code: 'media.not_found' })
  })

  it('gives the bytes from the origin for content, whole and in ranges, with a validator', async () => {
    const id = await added(secretary)
    await settle()
    const url = (await playback(secretary, id)).original?.url ?? ''
    expect(new URL(url).host).toBe(CONTENT_HOST)
    const whole = await fetched(url)
    expect(whole.statusCode).toBe(200)
    const etag = String(whole.headers.etag)
    expect(etag).toBe(`"${createHash('sha256').update(whole.rawPayload).digest('hex')}"`)
    expect(whole.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'access-control-allow-origin': 'http://127.0.0.1:8080',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-type': 'audio/wav',
      'cross-origin-resource-policy': 'cross-origin',
    })
    const size = whole.rawPayload.length
    const range = async (value: string, more = {}) => {
      const part = await fetched(url, { range: value, ...more })
      return [part.statusCode, part.headers['content-range'], part.rawPayload.length]
    }
    expect(await range('bytes=0-3')).toEqual([206, `bytes 0-3/${size}`, 4])
    expect(await range(`bytes=${size - 2}-`)).toEqual([206, `bytes ${size - 2}-${size - 1}/${size}`, 2])
    expect(await range('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, 5])
    expect(await range(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, 0])
    expect(await range('bytes=5-2')).toEqual([416, `bytes */${size}`, 0])
    expect(await range('bytes=0-3', { 'if-range': '"other"' })).toEqual([200, undefined, size])
    expect((await fetched(url, { 'if-none-match': etag })).statusCode).toBe(304)
    const asked = { method: 'OPTIONS' as const, url: new URL(url).pathname, headers: { host: CONTENT_HOST } }
    expect((await f.app.http.inject(asked)).headers['access-control-allow-headers']).toContain('range')
  })

  it('refuses links that are forged, too old, of an ended session, of other bytes, and names that are none', async () => {
    const guest = await f.signIn('branch_secretary', 'teachers')
    const id = await added(guest)
    await settle()
    const url = (await playback(guest, id)).original?.url ?? ''
    const code = async (one: string, host = CONTENT_HOST) =>
      (await fetched(one, { host })).json<{ code: string }>().code
    expect(await code(url.replace(/.\/original$/, 'A/original'))).toBe('media.link_expired')
    expect(await code(url, '127.0.0.1:8080')).toBe('request.not_found')
    for (const name of ['index.m3u8', '..%2foriginal', 'poster.jpg', 'x'])
      expect(await code(url.replace(/original$/, name))).toBe('media.not_found')
    f.setNow(new Date(NOW.getTime() + 12 * 3600_000 + 1000))
    expect(await code(url)).toBe('media.link_expired')
    f.setNow(NOW)
    const fileId = await upload(guest, '新.wav', sound(77))
    await guest.send('POST', `/media/${id}/replace`, { fileId, reason: '录音有杂音' })
    expect((await fetched(url)).statusCode).toBe(200)
    await settle()
    expect(await code(url)).toBe('media.link_expired')
    const fresh = (await playback(guest, id)).original?.url ?? ''
    await f.admin.deleteFrom('access_session').where('person_id', '=', guest.personId).execute()
    expect(await code(fresh)).toBe('request.signed_out')
  })

  it('holds an upload that no scanner has seen where the organisation says so', async () => {
    const id = await added(nurses)
    await settle()
    const body = { orgId: f.orgs.nurses.id, code: 'files.open_unscanned', value: false, reason: '先查毒' }
    await committee.send('POST', '/settings', { ...body, effectiveFrom: '2026-11-02' })
    expect((await nurses.send('GET', `/media/${id}/playback`)).body).toMatchObject({ code: 'media.not_playable' })
  })
})

describe('media of a lesson', () => {
  it('are watched by its learners and kept from removal; what everybody may read plays without signing in', async () => {
    const desk = await coursesOf(f)
    const [shown, other] = [await added(committee), await added(committee)]
    await settle()
    const block = (mediaId: string) => ({
      id: crypto.randomUUID(),
      kind: 'media' as const,
      title: '',
      confirm: null,
      mediaId,
    })
    const learner = (await plantMember(f, 'teachers', '学习者')).client
    const watched = async (client: Client, id: string, path = '/media') =>
      (await client.send('GET', `${path}/${id}/playback`)).status
    expect([await watched(learner, shown), await watched(learner, other)]).toEqual([404, 404])
    const id = await desk.open('有视频的课', { chapters: chaptersOf([block(shown)]) })
    expect([await watched(learner, shown), await watched(learner, other)]).toEqual([200, 404])
    expect((await committee.send('POST', `/media/${shown}/remove`, { reason: '不用了' })).body).toMatchObject({
      code: 'media.in_use',
      detail: { count: 1 },
    })
    expect(await read(committee, shown)).toMatchObject({ uses: 1, usedIn: [{ kind: 'course', id }] })
    expect(await watched(f.stranger, shown, '/public/media')).toBe(404)
    await desk.open('公开课', { isPublic: true, chapters: chaptersOf([block(shown)]) })
    const open = await f.stranger.send<Playback>('GET', `/public/media/${shown}/playback`)
    expect(open.status).toBe(200)
    expect((await fetched(open.body.original?.url ?? '')).statusCode).toBe(200)
    expect(await watched(f.stranger, other, '/public/media')).toBe(404)
  })
})

describe('keeping media', () => {
  it('makes nothing anew of what is ready', async () => {
    const id = await added(secretary)
    await settle()
    await f.admin.updateTable('media_item').set({ state: 'ready' }).where('id', '=', id).execute()
    expect((await secretary.send('POST', `/media/${id}/transcode`, {})).body).toMatchObject({
      code: 'media.nothing_to_make',
    })
  })

  it('refuses changes of a stale version, of others, of what waits, and a sound in place of a video', async () => {
    const id = await added(secretary)
    expect((await secretary.send('PUT', `/media/${id}`, words, { 'if-match': '"9"' })).body).toMatchObject({
      code: 'request.version_stale',
    })
    expect((await nurses.send('PUT', `/media/${id}`, words, { 'if-match': '"1"' })).body).toMatchObject({
      code: 'media.not_found',
    })
    const second = await upload(secretary, '二.wav', sound(201))
    const replacing = { fileId: second, reason: '换新' }
    expect((await secretary.send('POST', `/media/${id}/replace`, replacing)).body).toMatchObject({
      code: 'media.being_made',
    })
    await settle()
    const film = await upload(secretary, '片.mp4', video('one'))
    expect((await secretary.send('POST', `/media/${id}/replace`, { ...replacing, fileId: film })).body).toMatchObject({
      code: 'media.other_kind',
    })
    expect((await secretary.send<Made>('POST', `/media/${id}/replace`, replacing)).status).toBe(200)
    expect(await read(secretary, id)).toMatchObject({ state: 'uploaded', isPlayable: true, fileName: '诵读.wav' })
    await settle()
    expect(await read(secretary, id)).toMatchObject({
      fileName: '二.wav',
      versions: [{ number: 1, fileName: '诵读.wav', reason: '换新' }],
    })
  })

  it('moves to the recycle bin with a reason and comes back from it', async () => {
    const id = await added(secretary)
    expect((await secretary.send('POST', `/media/${id}/restore`, {})).body).toMatchObject({ code: 'media.not_removed' })
    expect((await secretary.send('POST', `/media/${id}/remove`, { reason: '录错了' })).status).toBe(200)
    expect((await secretary.send('POST', `/media/${id}/remove`, { reason: '录错了' })).body).toMatchObject({
      code: 'media.removed',
    })
    const bin = await secretary.send<Rows>('GET', '/media?removed=true')
    expect(bin.body.rows.map((row) => row.id)).toContain(id)
    expect((await secretary.send<Made>('POST', `/media/${id}/restore`, {})).status).toBe(200)
    expect(await read(secretary, id)).toMatchObject({ removedAt: null })
  })

  it('takes captions that are in the format, finds words in them, and gives them to the player', async () => {
    const id = await added(secretary, { title: '字幕 一', transcript: '全文：坚持实事求是。' })
    await settle()
    const put = (vtt: string, language = 'zh-CN') =>
      secretary.send<Made>('PUT', `/media/${id}/captions/${language}`, { vtt })
    expect((await put('WEBVTT\n\n00:02.000 --> 00:01.000\n倒着')).body).toMatchObject({
      code: 'media.captions_wrong',
      detail: { line: 3, fault: 'ends_before_start' },
    })
    expect((await put('WEBVTT', 'xx')).status).toBe(400)
    expect((await put('WEBVTT\n\n00:01.000 --> 00:02.000\n<b>独有的词</b>')).status).toBe(200)
    const found = async (text: string) =>
      (await secretary.send<Rows>('GET', `/media?text=${encodeURIComponent(text)}`)).body.rows.map((row) => row.id)
    expect([await found('独有的词'), await found('实事求是')]).toEqual([[id], [id]])
    expect(await found('%')).toEqual([])
    expect(await playback(secretary, id)).toMatchObject({
      captions: [{ language: 'zh-CN', cues: [{ start: 1, end: 2, text: '独有的词' }] }],
      transcript: '全文：坚持实事求是。',
    })
    expect((await secretary.send('POST', `/media/${id}/captions/en/remove`, {})).body).toMatchObject({
      code: 'media.captions_missing',
    })
    expect((await secretary.send('POST', `/media/${id}/captions/zh-CN/remove`, {})).status).toBe(200)
    expect(await found('独有的词')).toEqual([])
  })

  it('lists by page, filter and place, exports the same, and gives cards to other modules', async () => {
    const page = await secretary.send<Rows>('GET', '/media?limit=2&sort=title')
    expect(page.body.rows).toHaveLength(2)
    const rest = await secretary.send<Rows>('GET', `/media?limit=100&sort=title&cursor=${page.body.next}`)
    const all = [...page.body.rows, ...rest.body.rows]
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
    expect(all.some((row) => row.from === 'above')).toBe(true)
    const above = await secretary.send<Rows>('GET', '/media?from=above')
    expect(above.body.rows.every((row) => row.from === 'above')).toBe(true)
    expect((await secretary.send('GET', `/media?orgId=${f.orgs.nurses.id}`)).body).toMatchObject({
      code: 'media.no_such_org',
    })
    const file = await committee.send<string>('POST', '/media/export', { filter: { kind: 'sound' }, format: 'csv' })
    expect(file.body).toContain('入党誓词 诵读')
    const cards = await mediaCards(
      { db: f.admin, actor: { tenantId: f.tenantId } },
      all.map((row) => row.id),
    )
    expect(cards).toHaveLength(all.length)
  })

  it('refuses a list of more than ten thousand to be exported', async () => {
    await sql`insert into media_item (tenant_id, id, unit_id, org_path, kind, title, source, copyright, state, incoming,
        created_by, created_at, updated_at)
      select ${f.tenantId}::uuid, gen_random_uuid(), ${f.orgs.retired.id}::uuid, ${f.orgs.retired.path}, 'sound', '录音',
        '自制', '自制', 'uploaded', '{}', ${committee.personId}::uuid, now(), now() from generate_series(1, 10001)`.execute(
      f.admin,
    )
    const retired = await f.signIn('party_worker', 'retired')
    const answer = await retired.send('POST', '/media/export', { filter: {}, format: 'csv' })
    expect(answer.body).toMatchObject({ code: 'media.too_many_rows' })
  })
})
