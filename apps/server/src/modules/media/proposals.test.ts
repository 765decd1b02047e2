import type { MediaProposal, MediaRecord } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { chaptersOf, coursesOf } from '../../test/learning-cases.ts'
import { sound } from '../../test/sounds.ts'
import { uploadTo } from '../../test/tus-upload.ts'
import { makeWaiting } from './media.jobs.ts'

type Told = { id: string; version: number; proposalId: string | null }
const VTT = 'WEBVTT\n\n00:01.000 --> 00:02.000\n我志愿加入中国共产党\n'
let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let number = 100

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  desk = await coursesOf(f)
})

const code = (value: string) => ({ body: { code: value } })
const settle = () => makeWaiting({ platform: f.platform, now: NOW, signal: new AbortController().signal }, null)
const words = { title: '入党誓词', source: '宣传部', copyright: '自制' }
const upload = (client: Client) => {
  number += 1
  return uploadTo(f, client, sound(number), { name: `第${number}版.wav`, purpose: 'media' })
}
async function film(client: Client): Promise<string> {
  const made = await client.send<{ id: string }>('POST', '/media', { fileId: await upload(client), ...words })
  await settle()
  return made.body.id
}
const seen = async (client: Client, id: string) => (await client.send<MediaRecord>('GET', `/media/${id}`)).body
const only = async (client: Client, id: string) => (await seen(client, id)).proposals[0] as MediaProposal
const decide = (client: Client, id: string, one: string | null, act: string, body: object = {}): Promise<Answer> =>
  client.send('POST', `/media/${id}/proposals/${one}/${act}`, body)
async function change(id: string, more: object): Promise<Told> {
  const { version } = await seen(desk.author, id)
  return (await desk.author.send<Told>('PUT', `/media/${id}`, { ...words, ...more }, { 'if-match': `"${version}"` }))
    .body
}
const shownIn = async (mediaId: string) => {
  const block = { id: crypto.randomUUID(), kind: 'media' as const, title: '', confirm: null, mediaId }
  return desk.open('有录音的课', { chapters: chaptersOf([block]) })
}

describe('the words and captions of a film that a reviewed lesson shows', () => {
  let id: string
  beforeAll(async () => {
    id = await film(desk.author)
    await shownIn(id)
  })

  it('change when somebody else has looked at them, and not by the hand that proposed it', async () => {
    const { proposalId } = await change(id, { transcript: '我志愿加入中国共产党。' })
    expect(await seen(desk.author, id)).toMatchObject({ transcript: null, waiting: 1, needsReview: true })
    expect(await decide(desk.author, id, proposalId, 'accept')).toMatchObject(code('media.own_proposal'))
    expect(await decide(desk.reviewer, id, proposalId, 'withdraw')).toMatchObject(code('media.not_own_proposal'))
    const { version } = await seen(desk.author, id)
    const again = await desk.author.send(
      'PUT',
      `/media/${id}`,
      { ...words, title: '誓词' },
      { 'if-match': `"${version}"` },
    )
    expect(again).toMatchObject(code('media.proposal_open'))
    expect(await only(desk.reviewer, id)).toMatchObject({
      what: 'words',
      differences: [{ field: 'transcript', before: null, after: '我志愿加入中国共产党。' }],
      can: { decide: true, withdraw: false },
    })
    const { rows } = (await desk.reviewer.send<{ rows: { id: string }[] }>('GET', '/media?waiting=true')).body
    expect(rows.map((row) => row.id)).toEqual([id])
    expect(await decide(desk.reviewer, id, proposalId, 'accept')).toMatchObject({ status: 200 })
    expect(await seen(desk.author, id)).toMatchObject({ transcript: '我志愿加入中国共产党。', waiting: 0 })
    expect(await decide(desk.reviewer, id, proposalId, 'accept')).toMatchObject(code('media.proposal_missing'))
  })

  it('stay as they are when it is refused, of which whoever proposed it hears, or withdrawn', async () => {
    const put = await desk.author.send<Told>('PUT', `/media/${id}/captions/zh-CN`, { vtt: VTT })
    expect(await seen(desk.author, id)).toMatchObject({ captions: [], hasCaptions: false })
    const refused = await decide(desk.reviewer, id, put.body.proposalId, 'refuse', { reason: '有错字' })
    expect(refused).toMatchObject({ status: 200 })
    await f.deliver()
    const { rows } = (await desk.author.send<{ rows: { kind: string }[] }>('GET', '/my/notices')).body
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'media_refused' }))
    const next = await desk.author.send<Told>('PUT', `/media/${id}/captions/zh-CN`, { vtt: VTT })
    expect(await decide(desk.author, id, next.body.proposalId, 'withdraw')).toMatchObject({ status: 200 })
    const last = await desk.author.send<Told>('PUT', `/media/${id}/captions/zh-CN`, { vtt: VTT })
    await decide(desk.releaser, id, last.body.proposalId, 'accept')
    expect(await seen(desk.author, id)).toMatchObject({ captions: [{ language: 'zh-CN', cues: 1 }], proposals: [] })
    const gone = await desk.author.send<Told>('POST', `/media/${id}/captions/zh-CN/remove`, {})
    expect((await seen(desk.author, id)).captions).toHaveLength(1)
    await decide(desk.reviewer, id, gone.body.proposalId, 'accept')
    expect((await seen(desk.author, id)).captions).toEqual([])
  })

  it('of one that only drafts show are changed at once', async () => {
    const own = await film(desk.author)
    expect(await change(own, { title: '誓词' })).toMatchObject({ proposalId: null })
    expect(await seen(desk.author, own)).toMatchObject({ title: '誓词', needsReview: false })
  })
})

describe('the file of a film that a programme shows', () => {
  const replace = async (id: string) =>
    (
      await desk.author.send<Told>('POST', `/media/${id}/replace`, {
        fileId: await upload(desk.author),
        reason: '重新录制',
      })
    ).body
  const fileOf = async (id: string) => (await seen(desk.author, id)).fileName

  it('is replaced in its place once somebody else has watched the new one', async () => {
    const id = await film(desk.author)
    const worker = await f.signIn('party_worker', 'committee')
    const made = await worker.send<{ id: string }>('POST', '/television-channels', {
      name: '党员远程教育',
      about: '支部收看',
    })
    const added = await worker.send('POST', `/television-channels/${made.body.id}/programmes`, {
      mediaId: id,
      minutes: 1,
    })
    expect([made, added]).toMatchObject([{ status: 200 }, { status: 200 }])
    const before = await fileOf(id)
    const told = await replace(id)
    expect(told).toMatchObject({ id, proposalId: expect.any(String) })
    expect(await only(desk.reviewer, id)).toMatchObject({
      what: 'file',
      reason: '重新录制',
      fileId: expect.any(String),
    })
    await settle()
    expect(await fileOf(id)).toBe(before)
    expect(await decide(desk.reviewer, id, told.proposalId, 'accept')).toMatchObject({ status: 200 })
    await settle()
    expect(await fileOf(id)).not.toBe(before)
    // A lesson comes to show it while another file waits: its reviewers saw the present one.
    const second = await replace(id)
    await shownIn(id)
    const late = await decide(desk.reviewer, id, second.proposalId, 'accept')
    expect(late).toMatchObject(code('media.proposal_overtaken'))
  })
})
