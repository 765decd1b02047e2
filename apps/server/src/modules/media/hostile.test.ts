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
async function ready(org: OrgKey): Promise<string> {
  const [renditionId, sha256] = [randomUUID(), randomUUID().replaceAll('-', '').repeat(2)]
  const kept = keptPath(f.platform.dataDir, f.tenantId, sha256)
  const folder = foldersOf(f.platform.dataDir, f.tenantId).whole(renditionId)
  for (const path of [dirname(kept), folder]) mkdirSync(path, { recursive: true })
  writeFileSync(kept, 'GPS 31.2N')
  writeFileSync(join(folder, 'index.m3u8'), '#EXTM3U')
  return plant(org, { state: 'ready' }, { served: upload(sha256), rendition_id: renditionId, renditions: '[]' })
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
    const id = await desk.open('有视频的课', { chapters: chaptersOf([block(film)]) })
    await f.admin.updateTable('learning_course').set({ is_public: true }).where('id', '=', id).execute()
    const links = [await stream(learner, film), await stream(f.stranger, film, '/public/media')]
    for (const url of links) expect(await opened(url)).toBe('#EXTM3U')
    await desk.act(desk.releaser, id, 'withdraw', { reason: '内容有误' })
    later(11)
    for (const url of links) expect(await opened(url)).toBe('media.link_expired')
    f.setNow(NOW)
  })
})

describe('a medium of a lesson', () => {
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
