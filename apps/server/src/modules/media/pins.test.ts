import type { CourseRecord, MediaRecord, MyCourse } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { sound } from '../../test/sounds.ts'
import { uploadTo } from '../../test/tus-upload.ts'
import { makeWaiting } from './media.jobs.ts'

type Replaced = { id: string; version: number; drafts: number; left: number }
let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let learner: Member

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  desk = await coursesOf(f)
  learner = await plantMember(f, 'teachers', '学习者')
})

let number = 0
const uploaded = () => {
  number += 1
  return uploadTo(f, desk.author, sound(number), { name: `第${number}版.wav`, purpose: 'media' })
}
const settle = () => makeWaiting({ platform: f.platform, now: NOW, signal: new AbortController().signal }, null)
async function film(): Promise<string> {
  const words = { title: '入党誓词', source: '宣传部', copyright: '自制' }
  const made = await desk.author.send<{ id: string }>('POST', '/media', { fileId: await uploaded(), ...words })
  await settle()
  return made.body.id
}
const replaced = async (id: string) =>
  (await desk.author.send<Replaced>('POST', `/media/${id}/replace`, { fileId: await uploaded(), reason: '重新录制' }))
    .body
const block = (mediaId: string) => ({
  id: crypto.randomUUID(),
  kind: 'media' as const,
  title: '',
  confirm: null,
  mediaId,
})
const named = ({ content }: Pick<CourseRecord, 'content'>) =>
  content.chapters.flatMap(({ blocks }) => blocks.flatMap((one) => (one.kind === 'media' ? [one.mediaId] : [])))
const fileOf = async (id: string) => (await desk.author.send<MediaRecord>('GET', `/media/${id}`)).body.fileName

describe('a film that a lesson shows', () => {
  it('stays the one that was reviewed; its replacement passes the three hands in a new version', async () => {
    const shown = await film()
    const before = await fileOf(shown)
    const id = await desk.open('有录音的课', { chapters: chaptersOf([block(shown)]) })
    await learner.client.send('POST', `/my/courses/${id}/start`, {})
    const next = await replaced(shown)
    expect(next).toMatchObject({ drafts: 1, left: 0 })
    expect(next.id).not.toBe(shown)
    await settle()
    expect(await fileOf(shown)).toBe(before)
    const { body: mine } = await learner.client.send<MyCourse>('GET', `/my/courses/${id}`)
    expect(JSON.stringify(mine.chapters)).toContain(shown)
    expect(await desk.read(id)).toMatchObject({ openState: 'draft', liveVersion: 1, contentVersion: 2 })
    expect(named(await desk.read(id))).toEqual([next.id])
    // Whoever replaced it has written the new version, and neither reviews nor releases it.
    expect((await desk.act(desk.author, id, 'submit')).status).toBe(200)
    expect((await desk.act(desk.author, id, 'review', { verdict: 'pass' })).status).toBe(403)
    await desk.act(desk.reviewer, id, 'review', { verdict: 'pass' })
    expect((await desk.act(desk.releaser, id, 'release', { verdict: 'pass' })).status).toBe(200)
    // Those in the middle go on with what they began.
    const { body: still } = await learner.client.send<MyCourse>('GET', `/my/courses/${id}`)
    expect(JSON.stringify(still.chapters)).toContain(shown)
  })

  it('stays also while others look at it, and comes into the draft that somebody is writing', async () => {
    const shown = await film()
    const chapters = () => chaptersOf([block(shown)])
    const reviewed = await desk.begun('送审的课', { chapters: chapters() })
    await desk.act(desk.author, reviewed, 'submit')
    const written = await desk.open('在改的课', { chapters: chapters() })
    await desk.act(desk.reviewer, written, 'revise')
    const next = await replaced(shown)
    expect(next).toMatchObject({ drafts: 1, left: 1 })
    expect(named(await desk.read(reviewed))).toEqual([shown])
    expect(named(await desk.read(written))).toEqual([next.id])
    await settle()
    await desk.act(desk.reviewer, written, 'submit')
    expect((await desk.act(desk.author, written, 'review', { verdict: 'pass' })).body).toMatchObject({
      code: 'learning.own_work',
    })
  })

  it('is replaced in its place as long as only drafts show it, which are not handed in before it is ready', async () => {
    const shown = await film()
    const id = await desk.begun('草稿', { chapters: chaptersOf([block(shown)]) })
    expect(await replaced(shown)).toMatchObject({ id: shown, drafts: 0, left: 0 })
    expect((await desk.act(desk.author, id, 'submit')).body).toMatchObject({ code: 'learning.media_unsettled' })
    await settle()
    expect((await desk.act(desk.author, id, 'submit')).status).toBe(200)
  })
})
