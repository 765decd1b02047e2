import type { MyCourse, noteProgress, ProgressMark, Reply } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { cardBlock, chaptersOf, coursesOf, markOf, textBlock } from '../../test/learning-cases.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>
let member: Member

beforeAll(async () => {
  f = await openFixture()
  desk = await coursesOf(f)
  member = await plantMember(f, 'teachers', '学习者')
})

type Noted = Reply<typeof noteProgress>
const note = (client: Client, ...marks: ProgressMark[]) =>
  client.send<Noted>('POST', '/my/learning/progress', { marks })
const start = (client: Client, id: string) => client.send('POST', `/my/courses/${id}/start`, {})
const mine = async (client: Client, id: string) => (await client.send<MyCourse>('GET', `/my/courses/${id}`)).body

describe('a clock that was turned back', () => {
  it('makes no second answer the first one, once it was told what is right', async () => {
    const card = cardBlock()
    const id = await desk.open('微课', { kind: 'micro', chapters: chaptersOf([card]) })
    await start(member.client, id)
    const wrong = await note(member.client, markOf(id, card.id, { choice: 0 }))
    expect(wrong.body.answers).toMatchObject([{ right: 1 }])
    await note(member.client, markOf(id, card.id, { choice: 1, at: '2001-01-01T00:00:00.000Z' }))
    expect((await mine(member.client, id)).marks).toMatchObject([{ choice: 0 }])
  })

  it('counts a leap second, which is an instant of RFC 3339, as now', async () => {
    const block = textBlock()
    const id = await desk.open('闰秒', { chapters: chaptersOf([block]) })
    await start(member.client, id)
    const noted = await note(member.client, markOf(id, block.id, { at: '2016-12-31T23:59:60Z' }))
    expect(noted).toMatchObject({ status: 200, body: { completed: [id] } })
  })
})

describe('a course that may not be begun yet', () => {
  it('is known by its chapters and not read: before what comes first, and before its day', async () => {
    const secret = '尚未公布的部署'
    const content = { chapters: chaptersOf([textBlock(secret)]) }
    const first = await desk.open('先修')
    const second = await desk.open('进阶', { ...content, prerequisites: [first] })
    const later = await desk.open('明年', { ...content, validFrom: '2027-01-01' })
    for (const id of [second, later]) {
      const read = await mine(member.client, id)
      expect(read.chapters).toMatchObject([{ title: '第1章', blocks: [] }])
      expect(JSON.stringify(read)).not.toContain(secret)
    }
    const [block] = (await mine(member.client, first)).chapters[0]?.blocks ?? []
    await start(member.client, first)
    await note(member.client, markOf(first, block?.id ?? ''))
    expect(JSON.stringify(await mine(member.client, second))).toContain(secret)
  })
})
