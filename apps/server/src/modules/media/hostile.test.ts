import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Playback } from '@tongxin/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Client, type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf } from '../../test/learning-cases.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import { keptPath } from '../files/index.ts'
import { makeWaiting } from './media.jobs.ts'
import { foldersOf } from './media.store.ts'
import { makeStreams } from './media.streams.ts'

let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
const programs = mkdtempSync(join(tmpdir(), 'tongxin-programs-'))

beforeAll(async () => {
  f = await openFixture()
  desk = await coursesOf(f)
})
afterAll(() => rmSync(programs, { recursive: true, force: true }))

const later = (seconds: number) => f.setNow(new Date(NOW.getTime() + seconds * 1000))
const upload = (sha256: string) =>
  JSON.stringify({ fileId: randomUUID(), name: '片.mp4', mediaType: 'video/mp4', bytes: 8, sha256, scanned: false })

type Planted = { id?: string; tenantId?: string; state?: string; incoming?: string; orgPath?: string }
async function plant(org: OrgKey, more: Planted = {}, columns: object = {}): Promise<string> {
  const id = more.id ?? randomUUID()
  await f.admin
    .insertInto('media_item')
    .values({
      tenant_id: more.tenantId ?? f.tenantId,
      id,
      unit_id: f.orgs[org].id,
      org_path: more.orgPath ?? f.orgs[org].path,
      kind: 'video',
      title: '片',
      source: '自制',
      copyright: '自制',
      state: more.state ?? 'uploaded',
      incoming: more.incoming ?? null,
      created_by: desk.author.personId,
      created_at: NOW,
      updated_at: NOW,
      ...columns,
    })
    .execute()
  return id
}
/** A video with streams, beside the upload that they were made of. */
async function ready(org: OrgKey, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const [renditionId, sha256] = [randomUUID(), randomUUID().replaceAll('-', '').repeat(2)]
  const kept = keptPath(f.platform.dataDir, f.tenantId, sha256)
  const folder = foldersOf(f.platform.dataDir, f.tenantId).whole(renditionId)
  for (const path of [dirname(kept), folder]) mkdirSync(path, { recursive: true })
  writeFileSync(kept, 'GPS 31.2N')
  for (const [name, text] of Object.entries({ 'index.m3u8': '#EXTM3U', ...files }))
    writeFileSync(join(folder, name), text)
  const made = Object.entries(files).map(([name, text]) => ({ name, height: 360, bytes: text.length, bandwidth: 1 }))
  const columns = { served: upload(sha256), rendition_id: renditionId, renditions: JSON.stringify(made) }
  return plant(org, { state: 'ready' }, columns)
}
const block = (mediaId: string) => ({
  id: crypto.randomUUID(),
  kind: 'media' as const,
  title: '',
  confirm: null,
  mediaId,
})
const stream = async (client: Client, id: string, path = '/media') =>
  (await client.send<Playback>('GET', `${path}/${id}/playback`)).body.hls?.url ?? ''
const opened = async (url: string) => {
  const answer = await f.app.http.inject({ method: 'GET', url })
  return answer.statusCode === 200 ? answer.body : answer.json<{ code: string }>().code
}

describe('a link', () => {
  it('opens the streams and not the upload beside them, which holds places and was looked into by nobody', async () => {
    const url = await stream(desk.author, await ready('committee'))
    expect(await opened(url)).toBe('#EXTM3U')
    expect(await opened(url.replace('index.m3u8', 'original'))).toBe('media.not_found')
  })

  it('ends with the right to watch, not twelve hours later', async () => {
    const film = await ready('committee')
    const learner = (await plantMember(f, 'teachers', '学习者')).client
    const id = await desk.open('有视频的课', { isPublic: true, chapters: chaptersOf([block(film)]) })
    const links = [await stream(learner, film), await stream(f.stranger, film, '/public/media')]
    for (const url of links) expect(await opened(url)).toBe('#EXTM3U')
    await desk.act(desk.releaser, id, 'withdraw', { reason: '内容有误' })
    later(31)
    for (const url of links) expect(await opened(url)).toBe('media.link_expired')
    f.setNow(NOW)
  })
})

describe('a medium of a lesson', () => {
  it('is played by ranges and not taken as a whole where the lesson may not be downloaded', async () => {
    const film = await ready('committee', { 'offline.mp4': 'a small film', '360p.mp4': 'a film' })
    const more = { isPublic: true, isDownloadable: false, chapters: chaptersOf([block(film)]) }
    await desk.open('只供在线观看', more)
    const learner = (await plantMember(f, 'teachers', '只看不存')).client
    const refused = { statusCode: 403, code: 'media.not_downloadable' }
    for (const [client, path] of [
      [learner, '/media'],
      [f.stranger, '/public/media'],
    ] as const) {
      const { body } = await client.send<Playback>('GET', `${path}/${film}/playback`)
      expect(body).toMatchObject({ offline: null, hls: { bytes: null } })
      const part = (name: string, headers: Record<string, string> = {}) =>
        f.app.http.inject({ url: (body.hls?.url ?? '').replace('index.m3u8', name), headers })
      expect((await part('index.m3u8')).statusCode).toBe(200)
      expect(await part('360p.mp4', { range: 'bytes=2-5' })).toMatchObject({ statusCode: 206, body: 'film' })
      // Several ranges, and a range of another edition, are answered with the whole.
      for (const headers of [{}, { range: 'bytes=0-0,2-3' }, { range: 'bytes=0-1', 'if-range': '"x"' }]) {
        const whole = await part('360p.mp4', headers)
        expect({ statusCode: whole.statusCode, code: whole.json<{ code: string }>().code }).toEqual(refused)
      }
      expect((await part('offline.mp4', { range: 'bytes=0-1' })).statusCode).toBe(403)
    }
    const own = (await desk.author.send<Playback>('GET', `/media/${film}/playback`)).body
    expect(await opened(own.offline?.url ?? '')).toBe('a small film')
  })

  it('is not removed from under a lesson that its unit does not see', async () => {
    const film = await ready('teachers')
    const audience = { orgId: f.orgs.medicine.id, kinds: ['formal' as const], posts: [], levels: [] }
    await desk.open('医学院的课', { audience, chapters: chaptersOf([block(film)]) })
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect((await secretary.send('POST', `/media/${film}/remove`, { reason: '不用了' })).body).toMatchObject({
      code: 'media.in_use',
      detail: { count: 1 },
    })
  })
})

/** A program in the place of ffmpeg or ffprobe, which tells how it was called. */
function program(name: string, script: string): string {
  const path = join(programs, name)
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o700)
  return path
}
const PROBED = `echo '{"streams":[{"codec_type":"video","width":64,"height":64}],"format":{"duration":"2"}}'`

describe('a hostile upload', () => {
  it('is decoded within limits of memory and pixels, and by the film that was looked at, not by a cover before it', async () => {
    const ffmpeg = program('ffmpeg', `printf '%s\\n' "$@" >> args; ulimit -v >> limit; exit 1`)
    const asked = {
      tools: { ffmpeg, ffprobe: program('ffprobe', PROBED) },
      source: { path: join(programs, 'x'), mediaType: 'video/mp4' },
      kind: 'video' as const,
      folder: programs,
      longestSeconds: 60,
      signal: new AbortController().signal,
      onPercent: () => {},
    }
    await expect(makeStreams(asked)).rejects.toMatchObject({ fault: 'damaged' })
    const args = readFileSync(join(programs, 'args'), 'utf8').split('\n')
    expect(args).toEqual(expect.arrayContaining(['-max_pixels', '0:V:0']))
    expect(args).not.toContain('0:v:0')
    expect(Number(readFileSync(join(programs, 'limit'), 'utf8'))).toBeGreaterThan(1_000_000)
  })

  it('of one tenant keeps no other tenant waiting until all of its own are made', async () => {
    const tenantId = randomUUID()
    await f.admin
      .insertInto('platform_tenant')
      .values({ id: tenantId, path: 'r01', name: '另一家', created_at: NOW })
      .execute()
    const first = [
      await plant('committee', { incoming: upload('a') }),
      await plant('committee', { incoming: upload('b') }),
    ]
    const other = await plant('committee', { tenantId, orgPath: 'r01', incoming: upload('c') })
    await makeWaiting({ platform: f.platform, now: NOW, signal: new AbortController().signal }, null)
    const events = await f.admin
      .selectFrom('platform_event')
      .select('subject_id as id')
      .where('type', '=', 'media.kept_original')
      .orderBy('xid')
      .execute()
    expect(events.map(({ id }) => id).indexOf(other)).toBe(1)
    expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(first))
  })

  it('or a good one is handed back when the server stops, and no attempt is counted', async () => {
    const id = await plant('committee', { incoming: upload('d') })
    const ffprobe = program('slow', `: > ${join(programs, 'begun')}; exec /bin/sleep 60`)
    const stopping = new AbortController()
    const making = makeWaiting(
      { platform: f.platform, now: NOW, signal: stopping.signal },
      { ffmpeg: ffprobe, ffprobe },
    )
    await vi.waitFor(() => expect(existsSync(join(programs, 'begun'))).toBe(true), { timeout: 20_000 })
    stopping.abort()
    await making
    const row = await f.admin
      .selectFrom('media_item')
      .select(['state', 'attempts'])
      .where('id', '=', id)
      .executeTakeFirst()
    expect(row).toEqual({ state: 'uploaded', attempts: 0 })
  })
})
