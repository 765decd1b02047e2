import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Launch, PackageRecord, PackageResult, PackageRow } from '@tongxin/contract'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { sweep } from './courseware.jobs.ts'
import { UNPACK_LIMITS, unpack } from './courseware.unpack.ts'

const CONTENT_HOST = 'content.example.test'
type Made = { id: string; version: number }
let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let maker: Client
let member: Member

beforeAll(async () => {
  f = await openFixture({ CONTENT_ORIGIN: `https://${CONTENT_HOST}`, UNSCANNED_FILES: 'open' })
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  desk = await coursesOf(f)
  maker = await f.signIn('party_worker', 'committee', { name: '课件管理员' })
  member = await plantMember(f, 'teachers', '学习者')
})

const encoded = (text: string) => Buffer.from(text).toString('base64')
async function upload(client: Client, bytes: Uint8Array, name = '课件.zip', purpose = 'package'): Promise<string> {
  const at = `${f.app.http.listeningOrigin}/api/v1/files`
  const tus = { cookie: client.cookie, 'tus-resumable': '1.0.0' }
  const created = await fetch(at, {
    method: 'POST',
    headers: {
      ...tus,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${encoded(name)},purpose ${encoded(purpose)}`,
    },
  })
  const id = created.headers.get('location')?.split('/').at(-1) ?? ''
  await fetch(`${at}/${id}`, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  return id
}
const imported = async (bytes: Uint8Array, client = maker, more: object = {}) =>
  client.send<Made>('POST', '/packages', { fileId: await upload(client, bytes), ...more })

/** Two lessons of SCORM 1.2 below a heading; the second has a mastery score. */
const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>党章学习</title>
<item identifier="h"><title>第一章</title>
<item identifier="a" identifierref="ra"><title>阅读</title></item>
<item identifier="b" identifierref="rb" parameters="?n=2"><title>测试</title><adlcp:masteryscore>80</adlcp:masteryscore></item>
</item></organization></organizations>
<resources><resource identifier="ra" type="webcontent" adlcp:scormtype="sco" href="阅读/a.html"/>
<resource identifier="rb" type="webcontent" adlcp:scormtype="sco" href="b.html"/></resources></manifest>`
const MANIFEST_2004 = MANIFEST.replace('<schemaversion>1.2<', '<schemaversion>2004 4th Edition<').replaceAll(
  'scormtype',
  'scormType',
)
const zipped = (parts: Zippable = {}, manifest = MANIFEST): Uint8Array =>
  zipSync({
    'imsmanifest.xml': strToU8(manifest),
    '阅读/a.html': strToU8('<p>党章</p>'),
    'b.html': strToU8('<script>parent.API.LMSInitialize("")</script>'),
    ...parts,
  })
const refused = (code: string) => ({ body: { code } })
const read = async (id: string, client = maker) => (await client.send<PackageRecord>('GET', `/packages/${id}`)).body
const fetched = (url: string, headers: Record<string, string> = {}) =>
  f.app.http.inject({
    method: 'GET',
    url: new URL(url).pathname + new URL(url).search,
    headers: { host: CONTENT_HOST, ...headers },
  })

describe('importing a package', () => {
  it('refuses zips that climb out, are doubled, locked, too many or bombs', async () => {
    expect(await imported(zipped({ '../evil.html': strToU8('x') }))).toMatchObject(refused('courseware.unsafe_path'))
    const link = zipSync({
      'imsmanifest.xml': strToU8(MANIFEST),
      l: [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }],
    })
    expect(await imported(link)).toMatchObject(refused('courseware.unsafe_path'))
    expect(await imported(zipped({ 'B.html': strToU8('other') }))).toMatchObject(refused('courseware.damaged'))
    expect(await imported(zipped({ 'zero.bin': new Uint8Array(20_000_000) }))).toMatchObject(
      refused('courseware.unpacks_too_large'),
    )
    const path = join(f.platform.dataDir, 'three.zip')
    const folder = join(f.platform.dataDir, 'three')
    mkdirSync(folder)
    writeFileSync(path, zipped())
    await expect(unpack(path, folder, { ...UNPACK_LIMITS, files: 2 })).rejects.toMatchObject({
      code: 'courseware.too_many_files',
    })
    const locked = Buffer.from(zipped())
    for (const mark of ['PK\x03\x04', 'PK\x01\x02']) {
      for (let at = locked.indexOf(mark, 0, 'latin1'); at >= 0; at = locked.indexOf(mark, at + 4, 'latin1'))
        locked[at + (mark.endsWith('\x04') ? 6 : 8)] = (locked[at + (mark.endsWith('\x04') ? 6 : 8)] ?? 0) | 1
    }
    expect(await imported(locked)).toMatchObject(refused('courseware.encrypted'))
  })

  it('refuses manifests that are missing, define a document type, contradict themselves or lead elsewhere', async () => {
    const told = (from: string, to: string) => imported(zipped({}, MANIFEST.replace(from, to)))
    expect(await imported(zipSync({ 'a.html': strToU8('x') }))).toMatchObject(refused('courseware.no_manifest'))
    expect(await told('<manifest', '<!DOCTYPE manifest [<!ENTITY a "b">]><manifest')).toMatchObject(
      refused('courseware.manifest_damaged'),
    )
    expect(await told('identifierref="ra"', 'identifierref="rx"')).toMatchObject(
      refused('courseware.manifest_incomplete'),
    )
    expect(await told('href="b.html"', 'href="c.html"')).toMatchObject({
      body: { code: 'courseware.file_missing', detail: { name: 'c.html' } },
    })
    expect(await told('href="b.html"', 'href="https://elsewhere.example/"')).toMatchObject(
      refused('courseware.outside_address'),
    )
    const nothing = MANIFEST.replaceAll(/ identifierref="r[ab]"/g, '')
    expect(await imported(zipped({}, nothing))).toMatchObject(refused('courseware.nothing_to_open'))
  })

  it('refuses files of others, of other purposes, foreign units and posts that make no courses', async () => {
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const foreign = await upload(secretary, zipped())
    expect(await maker.send('POST', '/packages', { fileId: foreign })).toMatchObject(
      refused('courseware.not_a_package_file'),
    )
    const nurses = f.orgs.nurses.id
    expect(await imported(zipped(), secretary, { orgId: nurses })).toMatchObject(refused('courseware.no_such_org'))
    expect((await member.client.send('POST', '/packages', { fileId: foreign })).status).toBe(403)
    expect(await maker.send('GET', `/packages/${nurses}`)).toMatchObject(refused('courseware.not_found'))
  })

  it('reads contents, also from names in GBK, a folder around everything, and a manifest of 2004', async () => {
    const made = await imported(zipped())
    expect(made.body).toMatchObject({ version: 1 })
    expect(await read(made.body.id)).toMatchObject({
      title: '党章学习',
      kind: 'scorm12',
      edition: '1.2',
      files: 3,
      contents: [
        { id: 'h', title: '第一章', depth: 0, opens: false },
        { id: 'a', title: '阅读', depth: 1, opens: true },
        { id: 'b', depth: 1, opens: true },
      ],
    })
    const around = zipSync({
      pack: { 'imsmanifest.xml': strToU8(MANIFEST_2004), 'b.html': strToU8('b'), 阅读: { 'a.html': strToU8('a') } },
    })
    // 阅读 in GBK, in place of its six bytes of UTF-8 and without the flag that says so.
    const plain = Buffer.from(
      zipSync({ 'imsmanifest.xml': strToU8(MANIFEST_2004), 'b.html': strToU8('b'), 'XXXX/a.html': strToU8('a') }),
    )
    const gbk = Buffer.from(
      plain.toString('latin1').replaceAll('XXXX', Buffer.from('d4c4b6c1', 'hex').toString('latin1')),
      'latin1',
    )
    for (const bytes of [around, gbk]) {
      const { body } = await imported(bytes, maker, { title: ' 两 种 ' })
      expect(await read(body.id)).toMatchObject({ title: '两 种', kind: 'scorm2004', edition: '2004 4th Edition' })
    }
    const { body } = await maker.send<{ rows: PackageRow[] }>('GET', '/packages?kind=scorm2004&sort=title')
    expect(body.rows).toHaveLength(2)
  })

  it('renames, renews, removes and restores, each under its conditions', async () => {
    const { body } = await imported(zipped())
    const act = (path: string, more: object) => maker.send<Made>('POST', `/packages/${body.id}/${path}`, more)
    const other = { fileId: await upload(maker, zipped({}, MANIFEST_2004)), reason: '更新' }
    expect(await act('versions', other)).toMatchObject(refused('courseware.other_kind'))
    expect(await act('restore', {})).toMatchObject(refused('courseware.not_removed'))
    expect(
      (await act('versions', { fileId: await upload(maker, zipped({ 'c.txt': strToU8('c') })), reason: '更新' }))
        .status,
    ).toBe(200)
    const renamed = await maker.send('PUT', `/packages/${body.id}`, { title: '新名' }, { 'if-match': '"2"' })
    expect(renamed.body).toMatchObject({ version: 3 })
    expect(await read(body.id)).toMatchObject({
      title: '新名',
      number: 2,
      files: 4,
      versions: [{ number: 2 }, { number: 1 }],
    })
    expect((await act('remove', { reason: '过时' })).status).toBe(200)
    expect(await act('remove', { reason: '过时' })).toMatchObject(refused('courseware.removed'))
    expect(await maker.send('GET', `/packages/${body.id}/preview`)).toMatchObject(refused('courseware.removed'))
    expect((await act('restore', {})).status).toBe(200)
    const idle = new Date(Date.now() + 48 * 3600_000)
    await sweep({ platform: f.platform, now: idle, signal: new AbortController().signal })
    const { url } = (await maker.send<Launch>('GET', `/packages/${body.id}/preview`)).body
    expect((await fetched(url.replace('player', 'files/c.txt'))).body).toBe('c')
  })
})

describe('learning with a package', () => {
  let packageId: string
  let courseId: string
  const launch = async (client = member.client, body: object = {}) =>
    client.send<Launch>('POST', `/my/packages/${packageId}/launch`, body)
  const commit = (opened: Launch, item: string, sequence: number, core: object, client = member.client) =>
    client.send<{ attempt: { state: string; scaled: number | null } }>(
      'POST',
      `/my/package-attempts/${opened.attemptId}/commit`,
      {
        launchId: opened.launchId,
        item,
        sequence,
        runtime: JSON.stringify({ suspend_data: 'p3', core }),
      },
    )

  beforeAll(async () => {
    packageId = (await imported(zipped())).body.id
    const block = { id: crypto.randomUUID(), kind: 'package' as const, title: '', confirm: null, packageId }
    courseId = await desk.open('课件课程', { chapters: chaptersOf([block]) })
    await member.client.send('POST', `/my/courses/${courseId}/start`, {})
  })

  it('is refused outside of a course, on the own origin, by forged and ended links, and in other frames', async () => {
    const lone = (await imported(zipped())).body.id
    expect(await member.client.send('POST', `/my/packages/${lone}/launch`, {})).toMatchObject(
      refused('courseware.not_found'),
    )
    expect(await maker.send('POST', `/packages/${packageId}/remove`, { reason: '过时' })).toMatchObject(
      refused('courseware.in_use'),
    )
    const { url } = (await maker.send<Launch>('GET', `/packages/${packageId}/preview`)).body
    expect(new URL(url).host).toBe(CONTENT_HOST)
    const page = await fetched(url)
    expect(page.headers['content-security-policy']).toContain('frame-ancestors http://127.0.0.1:8080')
    expect(page.headers['x-frame-options']).toBeUndefined()
    expect((await f.app.http.inject({ method: 'GET', url: new URL(url).pathname })).statusCode).toBe(404)
    expect((await fetched(url.replace(/content\/...../, 'content/AAAAA'))).json()).toMatchObject({
      code: 'courseware.link_expired',
    })
    const lesson = url.replace('player', 'files')
    expect((await fetched(`${lesson}/%E9%98%85%E8%AF%BB/A.HTML`)).body).toContain('党章')
    expect((await fetched(`${lesson}/b.html`, { range: 'bytes=1-6' })).body).toBe('script')
    expect((await fetched(`${lesson}/b.html`)).headers['content-security-policy']).toContain("connect-src 'self'")
    for (const name of ['index.json', '..%2f..%2findex.json', '%00', '__proto__', 'constructor', 'b.html%00', '0'])
      expect((await fetched(`${lesson}/${name}`)).statusCode, name).toBe(404)
    const part = async (range: string) => {
      const { statusCode, headers } = await fetched(`${lesson}/b.html`, { range })
      return [statusCode, headers['content-range']]
    }
    const size = '<script>parent.API.LMSInitialize("")</script>'.length
    expect(await part('bytes=0-0')).toEqual([206, `bytes 0-0/${size}`])
    expect(await part('bytes=-3')).toEqual([206, `bytes ${size - 3}-${size - 1}/${size}`])
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`])
    expect(await part('bytes=-0')).toEqual([416, `bytes */${size}`])
    expect(await part('bytes=0-1,3-4'), 'several at once: the whole').toEqual([200, undefined])
    const shown = (await fetched(`${lesson}/b.html`)).headers
    expect(shown['set-cookie']).toBeUndefined()
    expect(shown).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect((await fetched(url.replace('player', 'parts/scorm12.js'))).body).toContain('Scorm12API')
    await maker.send('DELETE', '/session')
    expect((await fetched(`${lesson}/b.html`)).statusCode).toBe(401)
    maker = await f.signIn('party_worker', 'committee', { name: '课件管理员' })
  })

  it('goes on where it was left, keeps nothing of older windows and repetitions, and reports once', async () => {
    const first = (await launch()).body
    expect(await launch(member.client, { again: true })).toMatchObject(refused('courseware.not_finished'))
    expect((await commit(first, 'a', 1, { lesson_status: 'incomplete', exit: 'suspend' })).body).toMatchObject({
      isDone: false,
    })
    const second = (await launch()).body
    expect(second).toMatchObject({ attemptId: first.attemptId, learner: { id: member.id, name: '学习者' } })
    const kept = second.items.find(({ id }) => id === 'a')
    expect(JSON.parse(kept?.runtime ?? '')).toMatchObject({ suspend_data: 'p3', core: { exit: 'suspend' } })
    expect(await commit(first, 'a', 2, {})).toMatchObject(refused('courseware.opened_elsewhere'))
    const stranger = await plantMember(f, 'students', '旁人')
    expect(await commit(second, 'a', 2, {}, stranger.client)).toMatchObject(refused('courseware.attempt_not_found'))
    expect(await commit(second, 'h', 2, {})).toMatchObject(refused('courseware.runtime_wrong'))
    await commit(second, 'a', 2, { lesson_status: 'completed', total_time: '00:10:00' })
    expect((await commit(second, 'a', 2, { lesson_status: 'incomplete' })).body).toMatchObject({ isDone: true })
    const failing = { lesson_status: 'completed', score: { raw: '79' } }
    expect((await commit(second, 'b', 1, failing)).body.attempt).toMatchObject({ state: 'failed', scaled: 0.79 })
    const done = { lesson_status: 'completed', score: { raw: '90', max: '100' }, total_time: '0001:00:30' }
    expect((await commit(second, 'b', 2, done)).body.attempt).toMatchObject({
      state: 'passed',
      scaled: 0.9,
      seconds: 4230,
      itemsDone: 2,
    })
    await commit(second, 'b', 3, { lesson_status: 'incomplete' })
    await f.deliver()
    const { rows } = (await maker.send<{ rows: PackageResult[] }>('GET', `/packages/${packageId}/results`)).body
    expect(rows).toMatchObject([{ memberName: '学习者', state: 'passed', number: 1, versionNumber: 1 }])
    const course = await member.client.send<{ completedAt: string | null }>('GET', `/my/courses/${courseId}`)
    expect(course.body.completedAt, 'the course knows').not.toBeNull()
    const stated = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'xapi.stated')
      .execute()
    expect(stated.filter(({ payload }) => (payload as { kind: string }).kind === 'package')).toHaveLength(2)
    expect((await launch(member.client, { again: true })).body.attemptId).not.toBe(first.attemptId)
  })

  it('is refused without an address of its own, and unscanned where such files are not opened', async () => {
    const was = { contentOrigin: f.platform.contentOrigin, opensUnscanned: f.platform.opensUnscanned }
    const preview = () => maker.send('GET', `/packages/${packageId}/preview`)
    Object.assign(f.platform, { contentOrigin: null })
    expect(await preview()).toMatchObject(refused('courseware.no_content_origin'))
    Object.assign(f.platform, { ...was, opensUnscanned: false })
    expect(await preview()).toMatchObject(refused('courseware.not_opened_unscanned'))
    Object.assign(f.platform, was)
    expect((await preview()).status).toBe(200)
  })

  it('shows results of the own units alone, and exports them with a trace', async () => {
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await nurses.send<{ rows: unknown[] }>('GET', `/packages/${packageId}/results`)).body.rows).toEqual([])
    const answer = await maker.send('POST', `/packages/${packageId}/results/export`, {
      filter: {},
      format: 'csv',
      purpose: '年度总结',
    })
    expect(String(answer.body)).toContain('已通过')
    await sql`insert into courseware_attempt (tenant_id, id, package_id, version_number, member_id, person_id, org_path,
        number, launch_id, state, items, begun_at, last_at)
      select tenant_id, gen_random_uuid(), package_id, version_number, member_id, person_id, org_path,
        number + g, launch_id, 'begun', items, begun_at, last_at
      from courseware_attempt, generate_series(10, 10010) g where state = 'passed'`.execute(f.admin)
    const all = await maker.send('POST', `/packages/${packageId}/results/export`, { filter: {}, format: 'csv' })
    expect(all).toMatchObject(refused('courseware.too_many_rows'))
    const traces = await f.admin
      .selectFrom('platform_event')
      .select('payload')
      .where('type', '=', 'courseware.exported')
      .execute()
    expect(traces).toMatchObject([{ payload: { rows: 2, format: 'csv' } }])
  })
})
