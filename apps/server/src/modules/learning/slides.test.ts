import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CourseContent, MyCourse } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf, markOf } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { uploadTo } from '../../test/tus-upload.ts'
import { drawWaiting } from './slides.jobs.ts'
import type { SlideTools } from './slides.programs.ts'

let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let member: Member
let tools: SlideTools

/** Stands in for a program of the machine: the same arguments, files and words, on machines without it as well. */
async function program(name: string, script: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'tongxin-program-')), name)
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  desk = await coursesOf(f)
  member = await plantMember(f, 'teachers', '看幻灯片')
  tools = {
    pdfinfo: await program(
      'pdfinfo',
      'grep -q Broken slides.pdf && exit 3; echo "Pages:   2"; echo "Page size: 720 x 405 pts"',
    ),
    pdftoppm: await program('pdftoppm', 'printf first > page-1.jpg; printf second > page-2.jpg'),
    pdftotext: await program('pdftotext', "printf '第一张\\n初心\\f第二张\\f' > words.txt"),
    soffice: null,
  }
})

const code = (name: string) => ({ body: { code: name } })
const slides = (fileId: string): CourseContent['chapters'][number]['blocks'][number] => ({
  id: crypto.randomUUID(),
  kind: 'slides',
  title: '',
  confirm: null,
  fileId,
  name: '党课.pdf',
})
const uploaded = (marker: string) =>
  uploadTo(f, desk.author, pdf(`2 0 obj\n<< /Type /Pages /Kids [] /Count 0 /${marker} true >>\nendobj`), {
    name: '党课.pdf',
    purpose: 'document',
  })
const draw = () =>
  drawWaiting({ platform: f.platform, now: f.platform.clock(), signal: AbortSignal.timeout(60_000) }, tools)
const mine = async (id: string) => (await member.client.send<MyCourse>('GET', `/my/courses/${id}`)).body
const pageOf = (path: string, client = member.client) =>
  fetch(`${f.app.http.listeningOrigin}/api/v1${path}`, { headers: { cookie: client.cookie } })

describe('slides', () => {
  it('are opened as a file until their pages are drawn, then read page by page with the place kept', async () => {
    const fileId = await uploaded('Whole')
    const block = slides(fileId)
    const id = await desk.open('幻灯片课', { isPublic: true, chapters: chaptersOf([block]) })
    await member.client.send('POST', `/my/courses/${id}/start`, {})
    expect((await mine(id)).slides).toEqual([])
    const path = `/courses/${id}/files/${fileId}/pages`
    expect(await member.client.send('GET', `${path}/1`)).toMatchObject(code('learning.not_found'))
    await draw()
    expect((await mine(id)).slides).toEqual([{ fileId, pages: 2, width: 1600, height: 900 }])
    expect((await desk.read(id)).slides).toHaveLength(1)
    const page = await pageOf(`${path}/2`)
    expect(page.headers.get('content-type')).toBe('image/jpeg')
    expect(await page.text()).toBe('second')
    expect(await (await pageOf(`${path}/words`)).json()).toEqual(['第一张\n初心', '第二张'])
    expect(await (await pageOf(`/public${path}/1`, f.stranger)).text()).toBe('first')
    for (const wrong of ['3', '0', 'x', '..%2f1'])
      expect(await member.client.send('GET', `${path}/${wrong}`)).toMatchObject({ status: 404 })
    await member.client.send('POST', '/my/learning/progress', {
      marks: [markOf(id, block.id, { place: 2, isDone: false })],
    })
    expect((await mine(id)).marks).toMatchObject([{ place: 2, isDone: false }])
  })

  it('are read, and their file is not given out, where the course may not be downloaded', async () => {
    const fileId = await uploaded('Pinned')
    const file = { id: crypto.randomUUID(), kind: 'file' as const, title: '', confirm: null, fileId, name: '党课.pdf' }
    const taken = await desk.begun('只给文件', { isDownloadable: false, chapters: chaptersOf([file]) })
    expect(await desk.act(desk.author, taken, 'submit')).toMatchObject(code('learning.file_needs_download'))
    const other = await uploaded('Watched')
    const more = { isPublic: true, isDownloadable: false, chapters: chaptersOf([slides(other)]) }
    const id = await desk.open('只供在线阅读', more)
    await draw()
    const path = `/courses/${id}/files/${other}`
    expect(await member.client.send('GET', `${path}/content`)).toMatchObject(code('learning.not_downloadable'))
    expect(await f.stranger.send('GET', `/public${path}/content`)).toMatchObject(code('learning.not_downloadable'))
    const below = await f.signIn('branch_secretary', 'teachers')
    expect(await below.send('GET', `${path}/content`)).toMatchObject(code('learning.not_downloadable'))
    for (const client of [member.client, below]) expect((await pageOf(`${path}/pages/1`, client)).status).toBe(200)
    expect((await pageOf(`/public${path}/pages/1`, f.stranger)).status).toBe(200)
    expect((await pageOf(`${path}/content`, desk.author)).status).toBe(200)
  })

  it('are shown to nobody who may not read the course', async () => {
    const fileId = await uploaded('Hidden')
    const id = await desk.begun('未发布', { chapters: chaptersOf([slides(fileId)]) })
    await draw()
    const path = `/courses/${id}/files/${fileId}/pages/1`
    expect(await member.client.send('GET', path)).toMatchObject(code('learning.not_found'))
    expect(await f.stranger.send('GET', path)).toMatchObject({ status: 401 })
    expect(await f.stranger.send('GET', `/public${path}`)).toMatchObject(code('learning.not_found'))
    expect((await pageOf(path, desk.author)).status).toBe(200)
  })

  it('stay a file where the programs fail, and are not tried for ever', async () => {
    const fileId = await uploaded('Broken')
    const id = await desk.open('坏文件', { chapters: chaptersOf([slides(fileId)]) })
    await draw()
    expect((await mine(id)).slides).toEqual([])
    const row = await f.admin
      .selectFrom('learning_file')
      .select('slides_state')
      .where('file_id', '=', fileId)
      .executeTakeFirstOrThrow()
    expect(row.slides_state).toBe('failed')
    expect((await pageOf(`/courses/${id}/files/${fileId}/content`)).status).toBe(200)
    expect((await desk.read(id)).undrawn).toEqual([{ fileId, state: 'failed', why: 'broken' }])
  })

  it('are drawn again when the desk asks for it, and wait on a machine without the programs, which says so', async () => {
    const [broken, whole] = [await uploaded('Broken'), await uploaded('Again')]
    const id = await desk.begun('再转换一次', { chapters: chaptersOf([slides(broken), slides(whole)]) })
    const again = (fileId: string, who = desk.author) =>
      who.send<object>('POST', `/courses/${id}/slides/${fileId}/drawing`, {})
    const undrawn = async () => new Map((await desk.read(id)).undrawn.map((one) => [one.fileId, one.why]))
    await drawWaiting({ platform: f.platform, now: f.platform.clock(), signal: AbortSignal.timeout(60_000) }, null)
    expect([...(await undrawn()).values()]).toEqual(['no_program', 'no_program'])
    await draw()
    expect(await undrawn()).toEqual(new Map([[broken, 'broken']]))
    expect(await again(whole)).toMatchObject(code('learning.slides_drawn'))
    expect(await again(crypto.randomUUID())).toMatchObject(code('learning.not_found'))
    expect((await again(broken, member.client)).status).toBe(403)
    expect((await again(broken)).body).toEqual({ fileId: broken, state: 'waiting', why: null })
    expect(await again(broken)).toMatchObject(code('learning.slides_drawn'))
    await draw()
    expect(await undrawn()).toEqual(new Map([[broken, 'broken']]))
  })
})
