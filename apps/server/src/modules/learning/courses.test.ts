import type { CourseRecord, CourseRow } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from '../../test/fixture.ts'
import { cardBlock, chaptersOf, coursesOf, SOURCE, textBlock } from '../../test/learning-cases.ts'
import { plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Awaited<ReturnType<typeof coursesOf>>

beforeAll(async () => {
  f = await openFixture()
  desk = await coursesOf(f)
})

const code = (name: string) => ({ body: { code: name } })
const version = (number: number) => ({ 'if-match': `"${number}"` })

describe('a draft', () => {
  it('is refused outside the scope and without the right to write', async () => {
    const body = { orgId: f.orgs.nurses.id, title: '课', column: 'rules', kind: 'article' }
    const faculty = await f.signIn('party_worker', 'faculty')
    expect(await faculty.send('POST', '/courses', body)).toMatchObject(code('learning.no_such_org'))
    const leader = await f.signIn('group_leader', 'teachers')
    expect(await leader.send('POST', '/courses', body)).toMatchObject({ status: 403 })
    expect(await desk.author.send('GET', `/courses/${crypto.randomUUID()}`)).toMatchObject(code('learning.not_found'))
  })

  it('names what is wrong with it and where', async () => {
    const id = await desk.begun()
    const audience = { orgId: f.orgs.committee.id, kinds: ['formal' as const], posts: [], levels: [] }
    expect(await desk.save(id, { validFrom: '2026-12-02', validUntil: '2026-12-01' })).toMatchObject(
      code('learning.validity_backwards'),
    )
    expect(await desk.save(id, { audience: { ...audience, levels: ['branch'] } })).toMatchObject({
      body: { code: 'learning.levels_without_posts', fields: [{ field: '/body/audience/levels' }] },
    })
    const block = textBlock()
    expect(await desk.save(id, { chapters: chaptersOf([block, block]) })).toMatchObject(code('learning.ids_repeated'))
    const card = cardBlock()
    if (card.kind !== 'card' || !card.question) throw new Error('a card without question')
    const wrong = { ...card, question: { ...card.question, right: 3 } }
    expect(await desk.save(id, { chapters: chaptersOf([textBlock(), wrong]) })).toMatchObject({
      body: { code: 'learning.right_missing', fields: [{ field: '/body/chapters/0/blocks/1/question/right' }] },
    })
    expect(await desk.save(id, { coverId: crypto.randomUUID() })).toMatchObject(code('learning.file_not_usable'))
    const below = await coursesOf(f, 'faculty')
    const theirs = await below.begun('总支课程')
    expect(await desk.save(theirs, { audience }, desk.author)).toMatchObject(code('learning.audience_outside'))
    expect(await desk.author.send('PUT', `/courses/${id}/draft`, {}, version(1))).toMatchObject({ status: 400 })
  })

  it('is not overwritten by somebody who has not seen the last version', async () => {
    const id = await desk.begun()
    const { content } = await desk.read(id)
    expect(await desk.author.send('PUT', `/courses/${id}/draft`, content, version(1))).toMatchObject({
      status: 412,
      body: { code: 'request.version_stale' },
    })
  })
})

describe('three hands', () => {
  it('want a source, content, and things that are there', async () => {
    const id = await desk.begun('没有来源', { source: null })
    expect(await desk.act(desk.author, id, 'submit')).toMatchObject(code('learning.source_missing'))
    await desk.save(id, { source: SOURCE })
    expect(await desk.act(desk.author, id, 'submit')).toMatchObject(code('learning.content_missing'))
    const unsaid = { ...cardBlock(), question: { text: '？', options: ['是', '否'], right: 0, why: '' } }
    await desk.save(id, { chapters: chaptersOf([unsaid]) })
    expect(await desk.act(desk.author, id, 'submit')).toMatchObject(code('learning.content_missing'))
    const quiz = {
      id: crypto.randomUUID(),
      kind: 'quiz',
      title: '',
      confirm: null,
      paperId: crypto.randomUUID(),
    } as const
    await desk.save(id, { chapters: chaptersOf([quiz]) })
    expect(await desk.act(desk.author, id, 'submit')).toMatchObject(code('learning.block_unknown'))
    await desk.save(id, { chapters: chaptersOf([textBlock()]), prerequisites: [crypto.randomUUID()] })
    expect(await desk.act(desk.author, id, 'submit')).toMatchObject(code('learning.prerequisite_unknown'))
  })

  it('are three people: the author neither reviews nor releases, the reviewer does not release', async () => {
    const id = await desk.begun('三人', { chapters: chaptersOf([textBlock()]) })
    expect(await desk.act(desk.reviewer, id, 'review', { verdict: 'pass' })).toMatchObject(code('learning.wrong_state'))
    await desk.act(desk.author, id, 'submit')
    expect(await desk.save(id, {})).toMatchObject(code('learning.wrong_state'))
    expect(await desk.act(desk.author, id, 'review', { verdict: 'pass' })).toMatchObject(code('learning.own_work'))
    expect((await desk.read(id)).can).toMatchObject({ review: false, write: false })
    expect((await desk.read(id, desk.reviewer)).can).toMatchObject({ review: true })
    await desk.act(desk.reviewer, id, 'review', { verdict: 'pass' })
    expect(await desk.act(desk.reviewer, id, 'release', { verdict: 'pass' })).toMatchObject(
      code('learning.reviewed_by_you'),
    )
    expect(await desk.act(desk.author, id, 'release', { verdict: 'pass' })).toMatchObject(code('learning.own_work'))
    expect((await desk.act(desk.releaser, id, 'release', { verdict: 'pass' })).status).toBe(200)
    expect(await desk.read(id)).toMatchObject({ state: 'live', liveVersion: 1, openState: null })
  })

  it('return with a reason that the author reads', async () => {
    const id = await desk.begun('退回', { chapters: chaptersOf([textBlock()]) })
    await desk.act(desk.author, id, 'submit')
    expect(await desk.act(desk.reviewer, id, 'review', { verdict: 'return' })).toMatchObject({ status: 400 })
    await desk.act(desk.reviewer, id, 'review', { verdict: 'return', reason: '出处不全' })
    expect((await desk.read(id)).versions[0]).toMatchObject({ state: 'draft', returnedReason: '出处不全' })
  })
})

describe('a released version', () => {
  it('is frozen, given up and revised by versions, and compared', async () => {
    const id = await desk.open('版本')
    expect(await desk.save(id, { title: '改' })).toMatchObject(code('learning.no_draft'))
    expect((await desk.author.send('POST', `/courses/${id}/draft`, {})).status).toBe(200)
    expect(await desk.author.send('POST', `/courses/${id}/draft`, {})).toMatchObject(code('learning.draft_there'))
    await desk.save(id, { title: '版本二' })
    expect(await desk.read(id)).toMatchObject({ title: '版本', contentVersion: 2, content: { title: '版本二' } })
    const compared = await desk.author.send<{ rows: object[] }>('GET', `/courses/${id}/differences?from=1&to=2`)
    expect(compared.body.rows).toEqual([
      { place: [], what: 'title', change: 'changed', before: '版本', after: '版本二' },
    ])
    expect(await desk.author.send('GET', `/courses/${id}/differences?from=1&to=9`)).toMatchObject(
      code('learning.version_not_found'),
    )
    expect((await desk.act(desk.author, id, 'discard')).status).toBe(200)
    expect((await desk.read(id)).versions).toHaveLength(1)
    const draft = await desk.begun()
    expect(await desk.act(desk.author, draft, 'discard')).toMatchObject(code('learning.not_live'))
  })

  it('is taken back with a reason and opened again', async () => {
    const id = await desk.open('下架')
    expect(await desk.act(desk.releaser, id, 'restore', { reason: '恢复' })).toMatchObject(
      code('learning.not_withdrawn'),
    )
    expect((await desk.act(desk.releaser, id, 'withdraw', { reason: '内容过时' })).status).toBe(200)
    expect(await desk.read(id)).toMatchObject({ state: 'withdrawn', withdrawnReason: '内容过时' })
    expect((await desk.act(desk.releaser, id, 'restore', { reason: '已更新' })).status).toBe(200)
  })

  it('does not come before itself', async () => {
    const first = await desk.open('先')
    const second = await desk.open('后', { prerequisites: [first] })
    await desk.author.send('POST', `/courses/${first}/draft`, {})
    await desk.save(first, { prerequisites: [second] })
    expect(await desk.act(desk.author, first, 'submit')).toMatchObject(code('learning.prerequisite_circular'))
  })
})

describe('the list of courses', () => {
  it('shows branches what is meant for them, never drafts from above, never the answers of questions', async () => {
    const chapters = chaptersOf([cardBlock()])
    const audience = { orgId: f.orgs.faculty.id, kinds: ['formal' as const], posts: [], levels: [] }
    const id = await desk.open('给机械学院', { kind: 'micro', chapters, audience })
    const draft = await desk.begun('未发布')
    const rowsOf = async (role: 'branch_secretary', org: 'teachers' | 'nurses') => {
      const client = (await plantMember(f, org, '书记', { role })).client
      const rows = (await client.send<{ rows: CourseRow[] }>('GET', '/courses?limit=100')).body.rows
      return { client, ids: rows.map((row) => row.id) }
    }
    const near = await rowsOf('branch_secretary', 'teachers')
    expect(near.ids).toContain(id)
    expect(near.ids).not.toContain(draft)
    expect((await rowsOf('branch_secretary', 'nurses')).ids).not.toContain(id)
    const seen = await near.client.send<CourseRecord>('GET', `/courses/${id}`)
    expect(seen.body).toMatchObject({ versions: [], can: { write: false, review: false } })
    expect(JSON.stringify(seen.body)).not.toContain('按月主动交纳')
    expect(await near.client.send('GET', `/courses/${id}/differences?from=1&to=1`)).toMatchObject(
      code('learning.not_found'),
    )
  })

  it('is filtered, sorted, paged and exported', async () => {
    await desk.open('理论一', { column: 'theory', isRequired: true })
    await desk.open('理论二', { column: 'theory', isPublic: true })
    const list = async (query: string) =>
      (await desk.author.send<{ rows: CourseRow[]; next: string | null }>('GET', `/courses?${query}`)).body
    expect((await list('column=theory&sort=title')).rows.map(({ title }) => title)).toEqual(['理论一', '理论二'])
    expect((await list('column=theory&required=true')).rows).toHaveLength(1)
    expect((await list('column=theory&audience=public')).rows).toHaveLength(1)
    const first = await list('column=theory&sort=title&limit=1')
    const second = await list(`column=theory&sort=title&limit=1&cursor=${first.next}`)
    expect([first, second].flatMap(({ rows }) => rows.map(({ title }) => title))).toEqual(['理论一', '理论二'])
    const file = await desk.author.send('POST', '/courses/export', { format: 'csv', filter: { column: 'theory' } })
    expect(file.status).toBe(200)
    expect(String(file.body)).toContain('理论一')
    await sql`insert into learning_course (tenant_id, id, org_id, org_path, title, column_code, kind, audience_id, audience_path,
        audience_kinds, created_by, changed_at)
      select ${f.tenantId}, gen_random_uuid(), ${f.orgs.retired.id}, 'r00.003', '多', 'work', 'article', ${f.orgs.retired.id}, 'r00.003',
        '{formal}', ${crypto.randomUUID()}, now() from generate_series(1, 10001)`.execute(f.admin)
    const many = { format: 'csv', filter: { column: 'work' } }
    expect(await desk.author.send('POST', '/courses/export', many)).toMatchObject(code('learning.too_many_rows'))
  })
})
