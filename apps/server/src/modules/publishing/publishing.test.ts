import type { ArticleRecord, ArticleSpread, MyArticles, Page, ReadArticle } from '@tongxin/contract'
import { parseFeed } from 'feedsmith'
import { beforeAll, describe, expect, it } from 'vitest'
import { SOURCE, says, textOf } from '../../test/article-texts.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { counterOf } from './counter.ts'
import { releaseDue } from './publishing.jobs.ts'

let f: Fixture
let editor: Client
let reviewer: Client
let finisher: Client
let elsewhere: Client
let reader: Member
let nurse: Member

type Changed = { id: string; state: string; stage: string | null; version: number }
const column = async (more: object = {}): Promise<string> => {
  const facts = { note: '', audience: 'public', comments: 'pre', linkHosts: [], position: 1, kind: 'news' }
  const { status, body } = await finisher.send<Changed>('POST', '/columns', {
    orgId: f.orgs.committee.id,
    name: `栏目${Math.random().toString(36).slice(2, 8)}`,
    ...facts,
    ...more,
  })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.id
}
const draft = async (columnId: string, more: object = {}): Promise<string> => {
  const asked = { columnId, orgId: f.orgs.teachers.id, text: textOf(more) }
  const { status, body } = await editor.send<Changed>('POST', '/articles', asked)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.id
}
const act = async (who: Client, id: string, name: string, body: object = {}) =>
  (await who.send<Changed>('POST', `/articles/${id}/${name}`, body)).body
const through = async (id: string, more: object = {}): Promise<Changed> => {
  await act(editor, id, 'submit')
  await act(reviewer, id, 'review', { isPassed: true })
  return act(finisher, id, 'finish', { isPassed: true, ...more })
}
const released = async (columnId: string, more: object = {}): Promise<string> => {
  const id = await draft(columnId, more)
  expect(await through(id)).toMatchObject({ state: 'released', stage: null })
  return id
}
const record = async (id: string, who = editor) => (await who.send<ArticleRecord>('GET', `/articles/${id}`)).body
const save = async (who: Client, id: string, text: object, more: object = {}) => {
  const { version } = await record(id)
  return (await who.send<Changed>('PUT', `/articles/${id}`, { text, ...more }, { 'if-match': `"${version}"` })).body
}
const page = (path: string, headers: Record<string, string> = {}) =>
  f.app.http.inject({ method: 'GET', url: `/portal/r00${path}`, headers: { 'user-agent': 'Mozilla/5.0', ...headers } })
/** Pages may be a second older than what was done: asked until they say it. */
const shownAt = (path: string, status: number) =>
  expect.poll(async () => (await page(path)).statusCode, { timeout: 5000, interval: 100 }).toBe(status)

beforeAll(async () => {
  f = await openFixture()
  editor = await f.signIn('branch_officer', 'teachers', { name: '李编辑' })
  reviewer = await f.signIn('branch_secretary', 'teachers', { name: '王审核' })
  finisher = await f.signIn('committee_admin', 'committee', { name: '赵终审' })
  elsewhere = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  reader = await plantMember(f, 'teachers', '读者甲')
  nurse = await plantMember(f, 'nurses', '读者乙')
})

describe('a column', () => {
  it('is refused twice under a name, outside the post, with unusable words, and where nothing changes', async () => {
    const facts = { note: '', audience: 'public', comments: 'none', linkHosts: [], position: 1 }
    const body = { orgId: f.orgs.committee.id, kind: 'news', name: '要闻', ...facts }
    const made = await finisher.send<Changed>('POST', '/columns', body)
    expect((await finisher.send('POST', '/columns', body)).body).toMatchObject({ code: 'publishing.name_taken' })
    const worker = await f.signIn('party_worker', 'faculty')
    expect((await worker.send('POST', '/columns', body)).body).toMatchObject({ code: 'publishing.no_such_org' })
    const turned = { ...body, name: '要闻\u202e二' }
    expect((await finisher.send('POST', '/columns', turned)).body).toMatchObject({
      code: 'publishing.text_unusable',
      fields: [{ field: '/body/name' }],
    })
    const at = `/columns/${made.body.id}`
    const open = { isOpen: true, reason: '仍然开放' }
    expect((await finisher.send('POST', `${at}/close`, open)).body).toMatchObject({ code: 'publishing.not_possible' })
    expect((await worker.send('PUT', at, { name: '别的', ...facts }, { 'if-match': '"1"' })).status).toBe(404)
    const stale = await finisher.send('PUT', at, { name: '要闻', ...facts }, { 'if-match': '"7"' })
    expect(stale.body).toMatchObject({ code: 'request.version_stale' })
    const many = await f.admin.selectFrom('publishing_column').selectAll().where('id', '=', made.body.id).execute()
    const copies = Array.from({ length: 60 }, (_, at) => ({
      ...many[0],
      id: crypto.randomUUID(),
      name: `满${at}`,
      unit_id: f.orgs.students.id,
      org_path: f.orgs.students.path,
    }))
    await f.admin
      .insertInto('publishing_column')
      .values(copies as never)
      .execute()
    expect((await finisher.send('POST', '/columns', { ...body, orgId: f.orgs.students.id })).body).toMatchObject({
      code: 'publishing.too_many_columns',
    })
  })

  it('that is closed takes nothing in and shows nothing, until it is opened again', async () => {
    const columnId = await column()
    const id = await released(columnId)
    const waiting = await draft(columnId)
    await shownAt(`/a/${id}`, 200)
    await finisher.send('POST', `/columns/${columnId}/close`, { isOpen: false, reason: '调整栏目' })
    const asked = { columnId, orgId: f.orgs.teachers.id, text: textOf() }
    expect((await editor.send('POST', '/articles', asked)).body).toMatchObject({ code: 'publishing.column_closed' })
    expect(await act(editor, waiting, 'submit')).toMatchObject({ code: 'publishing.column_closed' })
    expect((await reader.client.send('GET', `/my/articles/${id}`)).status).toBe(404)
    await shownAt(`/a/${id}`, 404)
    await finisher.send('POST', `/columns/${columnId}/close`, { isOpen: true, reason: '调整完毕' })
    expect((await reader.client.send('GET', `/my/articles/${id}`)).status).toBe(200)
  })
})

describe('the text of an article', () => {
  it.each([
    [
      { document: { type: 'doc', content: [{ type: 'script' }] } },
      'publishing.document_unknown_part',
      '/document/content/0/type',
    ],
    [{ document: { type: 'p' } }, 'publishing.document_broken', '/document'],
    [
      { document: { type: 'doc', content: [says('坏\u0001')] } },
      'publishing.document_unusable_text',
      '/document/content/0/content/0/text',
    ],
    [
      { document: { type: 'doc', content: [says('长'.repeat(100_001))] } },
      'publishing.document_too_large',
      '/document/content/0/content/0/text',
    ],
    [
      { document: { type: 'doc', content: [says('链', [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }])] } },
      'publishing.document_unsafe_link',
      '/document/content/0/content/0/marks/0/attrs/href',
    ],
    [
      { document: { type: 'doc', content: [says('链', [{ type: 'link', attrs: { href: 'https://x.cn/' } }])] } },
      'publishing.link_host',
      '/document/content/0/content/0/marks/0/attrs/href',
    ],
    [
      {
        document: {
          type: 'doc',
          content: [{ type: 'image', attrs: { fileId: '0199c0de-0000-7000-8000-000000000001' } }],
        },
      },
      'publishing.not_a_picture',
      '/document',
    ],
    [{ title: '标题\u202e反' }, 'publishing.text_unusable', '/title'],
    [{ source: { ...SOURCE, url: 'javascript:alert(1)' } }, 'publishing.unsafe_link', '/source/url'],
    [{ source: { ...SOURCE, checkedOn: '2026-11-03' } }, 'publishing.dates_wrong', '/source/checkedOn'],
    [
      { openness: { category: 'dues', scope: 'society', fromOn: '2026-11-02', untilOn: '2026-11-01' } },
      'publishing.dates_wrong',
      '/openness/untilOn',
    ],
  ])('is refused at the place that is wrong: %#', async (more, code, at) => {
    const columnId = await column({ linkHosts: ['*.gov.cn'] })
    const asked = { columnId, orgId: f.orgs.teachers.id, text: textOf(more) }
    expect((await editor.send('POST', '/articles', asked)).body).toMatchObject({
      code,
      fields: [{ field: `/body/text${at}` }],
    })
  })

  it('needs what its column asks for before anybody reviews it', async () => {
    const [news, open, shown] = [await column(), await column({ kind: 'openness' }), await column({ kind: 'showcase' })]
    const { source: _, ...bare } = textOf()
    const empty = await draft(news, { document: { type: 'doc', content: [{ type: 'paragraph' }] } })
    expect(await act(editor, empty, 'submit')).toMatchObject({ code: 'publishing.nothing_said' })
    const { body } = await editor.send<Changed>('POST', '/articles', {
      columnId: news,
      orgId: f.orgs.teachers.id,
      text: bare,
    })
    expect(await act(editor, body.id, 'submit')).toMatchObject({
      code: 'publishing.source_missing',
      fields: [{ field: '/body/text/source' }],
    })
    expect(await act(editor, await draft(open), 'submit')).toMatchObject({ code: 'publishing.openness_missing' })
    expect(await act(editor, await draft(shown), 'submit')).toMatchObject({ code: 'publishing.showcase_missing' })
    const nobody = { showcase: { subject: 'person', name: '先锋同志', honours: [] } }
    expect(await act(editor, await draft(shown, nobody), 'submit')).toMatchObject({
      code: 'publishing.consent_missing',
    })
    const outside = { columnId: news, orgId: f.orgs.nurses.id, text: textOf() }
    expect((await editor.send('POST', '/articles', outside)).body).toMatchObject({ code: 'publishing.no_such_org' })
    const unknown = { ...outside, orgId: f.orgs.teachers.id, columnId: f.orgs.nurses.id }
    expect((await editor.send('POST', '/articles', unknown)).body).toMatchObject({ code: 'publishing.no_such_column' })
  })
})

describe('the three hands', () => {
  it('are three people: nobody who wrote reviews, and neither of them has the last word', async () => {
    const columnId = await column()
    const id = await draft(columnId)
    expect(await act(reviewer, id, 'review', { isPassed: true })).toMatchObject({ code: 'publishing.not_possible' })
    expect(await save(reviewer, id, textOf({ title: '书记也改过' }))).toMatchObject({ stage: 'editing' })
    await save(editor, id, textOf())
    await act(editor, id, 'submit')
    expect(await act(reviewer, id, 'review', { isPassed: true })).toMatchObject({ code: 'publishing.own_hand' })
    expect((await editor.send('POST', `/articles/${id}/review`, { isPassed: true })).status).toBe(403)
    expect((await elsewhere.send('GET', `/articles/${id}`)).body).toMatchObject({ code: 'publishing.not_found' })
    expect(await act(finisher, id, 'finish', { isPassed: true })).toMatchObject({ code: 'publishing.not_possible' })
    expect(await act(finisher, id, 'review', { isPassed: true })).toMatchObject({ stage: 'final' })
    expect(await act(finisher, id, 'finish', { isPassed: true })).toMatchObject({ code: 'publishing.own_hand' })
    const own = await f.signIn('party_worker', 'teachers', { name: '支部干事' })
    expect(await act(own, id, 'finish', { isPassed: true })).toMatchObject({ code: 'publishing.not_yours' })
    const third = await f.signIn('party_worker', 'committee', { name: '宣传部' })
    expect(await act(third, id, 'finish', { isPassed: true })).toMatchObject({ state: 'released' })
    const { steps, versions } = await record(id)
    expect(steps.map(({ kind }) => kind)).toEqual([
      'released',
      'finished',
      'passed',
      'submitted',
      'saved',
      'saved',
      'drafted',
    ])
    expect(versions).toMatchObject([{ number: 1, editor: '李编辑', reviewer: '赵终审', finisher: '宣传部' }])
  })

  it('return a text with what is wrong, and it comes again', async () => {
    const id = await draft(await column())
    await act(editor, id, 'submit')
    expect(await act(reviewer, id, 'review', { isPassed: false })).toMatchObject({
      code: 'publishing.comment_missing',
      fields: [{ field: '/body/comment' }],
    })
    await act(reviewer, id, 'review', { isPassed: false, comment: '请补充时间地点' })
    expect(await save(editor, id, textOf({ title: '改过的标题' }))).toMatchObject({ stage: 'editing' })
    const stale = { text: textOf() }
    expect((await editor.send('PUT', `/articles/${id}`, stale, { 'if-match': '"1"' })).body).toMatchObject({
      code: 'request.version_stale',
    })
    await act(editor, id, 'submit')
    expect(await act(editor, id, 'take-back')).toMatchObject({ stage: 'editing' })
    await act(editor, id, 'submit')
    await act(reviewer, id, 'review', { isPassed: true })
    expect(await act(finisher, id, 'finish', { isPassed: false, comment: '缺少照片' })).toMatchObject({
      stage: 'editing',
    })
    expect(await through(id)).toMatchObject({ state: 'released' })
    expect((await record(id)).title).toBe('改过的标题')
  })

  it('release at the hour that was set, which may be moved, and not before', async () => {
    const columnId = await column()
    const [id, moved] = [await draft(columnId), await draft(columnId)]
    expect(await through(id, { releaseAt: '2026-11-02T00:00:00Z' })).toMatchObject({ code: 'publishing.release_past' })
    const at = { isPassed: true, releaseAt: '2026-11-02T02:00:00Z' }
    expect(await act(finisher, id, 'finish', at)).toMatchObject({ stage: 'ready' })
    await through(moved, { releaseAt: '2026-11-02T02:00:00Z' })
    await act(finisher, moved, 'schedule', { releaseAt: '2026-11-03T02:00:00Z' })
    const run = (now: Date) => releaseDue({ platform: f.platform, now, signal: new AbortController().signal })
    await run(NOW)
    expect((await record(id)).state).toBe('draft')
    await run(new Date('2026-11-02T02:01:00Z'))
    expect([(await record(id)).state, (await record(moved)).state]).toEqual(['released', 'draft'])
    expect(await act(finisher, moved, 'schedule', { releaseAt: null })).toMatchObject({ state: 'released' })
  })
})

describe('what is shown', () => {
  it('is corrected through three hands, with the note and every version kept', async () => {
    const id = await released(await column())
    expect(await act(editor, id, 'correct', { note: '更正参加人数' })).toMatchObject({
      state: 'released',
      stage: 'editing',
    })
    expect(await act(editor, id, 'correct', { note: '再来一次' })).toMatchObject({ code: 'publishing.not_possible' })
    const text = textOf({ document: { type: 'doc', content: [says('参加人数为 32 人。')] } })
    await save(editor, id, text, { note: '更正参加人数为 32 人' })
    const before = await reader.client.send<ReadArticle>('GET', `/my/articles/${id}`)
    expect(before.body.corrections).toEqual([])
    await through(id)
    const after = await reader.client.send<ReadArticle>('GET', `/my/articles/${id}`)
    expect(after.body.corrections).toMatchObject([{ note: '更正参加人数为 32 人' }])
    expect(JSON.stringify(after.body.document)).toContain('32 人')
    const old = await editor.send<{ text: object }>('GET', `/articles/${id}/versions/1`)
    expect(JSON.stringify(old.body.text)).toContain('新的条例')
    await act(editor, id, 'correct', { note: '写错了' })
    expect(await act(editor, id, 'drop', { reason: '不需要更正' })).toMatchObject({ state: 'released', stage: null })
    expect((await record(id)).versions).toHaveLength(3)
  })

  it('is put first, taken off with the reason and shown again; never against a withdrawn consent', async () => {
    const columnId = await column({ kind: 'showcase' })
    const consent = { givenOn: '2026-10-30', by: '本人', evidence: '签字的同意书' }
    const showcase = { subject: 'person', name: '先锋同志', honours: ['优秀共产党员'], consent }
    const id = await released(columnId, { title: '身边的榜样', showcase })
    expect(await act(finisher, id, 'pin', { isPinned: true })).toMatchObject({ state: 'released' })
    expect(await act(finisher, id, 'pin', { isPinned: true })).toMatchObject({ code: 'publishing.not_possible' })
    const mine = await reader.client.send<MyArticles>('GET', `/my/articles?columnId=${columnId}`)
    expect(mine.body.pinned).toMatchObject([{ id, title: '身边的榜样' }])
    await act(finisher, id, 'withdraw', { reason: '核对荣誉名称' })
    expect((await reader.client.send('GET', `/my/articles/${id}`)).status).toBe(404)
    expect(await act(finisher, id, 'restore', { reason: '已核对' })).toMatchObject({ state: 'released' })
    await act(finisher, id, 'withdraw', { reason: '本人要求', isConsentWithdrawn: true })
    expect(await act(finisher, id, 'restore', { reason: '想恢复' })).toMatchObject({
      code: 'publishing.consent_withdrawn',
    })
    await shownAt(`/a/${id}`, 404)
  })

  it('is read by those whom it is for: a unit with those below, or whoever is signed in', async () => {
    const inside = await column({ audience: 'subtree', orgId: f.orgs.faculty.id })
    const id = await released(inside, { title: '学院内部通知' })
    expect((await reader.client.send('GET', `/my/articles/${id}`)).status).toBe(200)
    expect((await nurse.client.send('GET', `/my/articles/${id}`)).body).toMatchObject({ code: 'publishing.not_found' })
    expect((await nurse.client.send<MyArticles>('GET', '/my/articles')).body.rows.map((row) => row.id)).not.toContain(
      id,
    )
    expect((await page(`/a/${id}`)).statusCode).toBe(404)
    const signedIn = await released(await column({ audience: 'signed_in' }))
    expect((await nurse.client.send('GET', `/my/articles/${signedIn}`)).status).toBe(200)
    expect((await page(`/a/${signedIn}`)).statusCode).toBe(404)
    const { body } = await editor.send<Page<{ id: string }>>('GET', '/articles?standing=released&text=学院内部')
    expect(body.rows.map((row) => row.id)).toEqual([id])
    const columns = await nurse.client.send<{ rows: { id: string }[] }>('GET', '/my/columns')
    expect(columns.body.rows.map((row) => row.id)).not.toContain(inside)
  })
})

describe('comments', () => {
  const comment = (who: Member, id: string, words = '写得好') =>
    who.client.send<{ id: string; state: string; code?: string }>('POST', `/my/articles/${id}/comments`, { words })
  const under = async (who: Member, id: string) =>
    (
      await who.client.send<Page<{ id: string; state: string; reason: string | null }>>(
        'GET',
        `/my/articles/${id}/comments`,
      )
    ).body.rows

  it('are shown after the review, or at once, or not taken at all, as the column says', async () => {
    const none = await released(await column({ comments: 'none' }))
    expect((await comment(reader, none)).body).toMatchObject({ code: 'publishing.comments_closed' })
    const after = await released(await column({ comments: 'post' }))
    expect((await comment(reader, after)).body.state).toBe('shown')
    expect(await under(nurse, after)).toHaveLength(1)
    const first = await released(await column({ comments: 'pre' }))
    const { body } = await comment(reader, first)
    expect([await under(nurse, first), await under(reader, first)]).toMatchObject([[], [{ state: 'waiting' }]])
    const at = `/article-comments/${body.id}/decide`
    expect((await reviewer.send('POST', at, { isShown: false })).body).toMatchObject({
      code: 'publishing.comment_missing',
    })
    await reviewer.send('POST', at, { isShown: false, reason: '与文章无关' })
    expect(await under(reader, first)).toMatchObject([{ state: 'hidden', reason: '与文章无关' }])
    await reviewer.send('POST', at, { isShown: true })
    expect(await under(nurse, first)).toMatchObject([{ state: 'shown', reason: null }])
    const own = `/my/article-comments/${body.id}/take-back`
    expect((await nurse.client.send('POST', own, {})).body).toMatchObject({ code: 'publishing.not_found' })
    await reader.client.send('POST', own, {})
    expect(await under(nurse, first)).toEqual([])
    expect((await reviewer.send('POST', at, { isShown: true })).body).toMatchObject({ code: 'publishing.not_possible' })
  })

  it('are ten a day at most, and nobody decides on his own', async () => {
    const id = await released(await column({ comments: 'pre' }))
    for (let at = 0; at < 10; at += 1) await comment(reader, id, `第${at}条`)
    expect((await comment(reader, id)).body).toMatchObject({ code: 'publishing.too_many_comments' })
    const secretary = await plantMember(f, 'teachers', '书记读者', { role: 'branch_secretary' })
    const { body } = await comment(secretary, id)
    expect(
      (await secretary.client.send('POST', `/article-comments/${body.id}/decide`, { isShown: true })).body,
    ).toMatchObject({
      code: 'publishing.own_hand',
    })
  })
})

describe('the portal', () => {
  it('makes every word of every field inert: in pages, in the feed and in what is exported', async () => {
    const evil = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "'-alert(1)-'",
      '</title><svg onload=alert(1)>',
      ']]><script>alert(1)</script>',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      '=HYPERLINK("https://x.cn")',
    ]
    const name = evil[1]?.slice(0, 28) ?? ''
    const columnId = await column({ kind: 'showcase', name, note: evil[0], comments: 'post' })
    const ids: string[] = []
    for (const text of evil) {
      const showcase = {
        subject: 'person',
        name: text,
        honours: [text],
        consent: { givenOn: '2026-10-30', by: text, evidence: text },
      }
      const source = { ...SOURCE, unit: text, evidence: text, url: 'https://x.cn/?q=%22%3E%3Cscript%3E' }
      const href = 'https://x.cn/"onmouseover="alert(1)'
      const document = { type: 'doc', content: [says(text, [{ type: 'link', attrs: { href } }])] }
      ids.push(await released(columnId, { title: text, summary: text, author: text, document, source, showcase }))
    }
    const allowed =
      /^<\/?(!doctype|html|head|meta|title|link|script|body|a|div|header|nav|ul|li|main|footer|span|button|article|p|strong|h1|h2|section|time)\b/
    for (const path of ['/', '/showcase', `/c/${columnId}`, ...ids.map((id) => `/a/${id}`)]) {
      const { body, statusCode, headers } = await page(path)
      expect(statusCode).toBe(200)
      const tags = body.match(/<[^>]*>/g) ?? []
      expect(tags.filter((tag) => !allowed.test(tag))).toEqual([])
      expect(tags.filter((tag) => /\son\w+\s*=/i.test(tag.replace(/"[^"]*"/g, '""')))).toEqual([])
      expect(tags.filter((tag) => /^<script/.test(tag))).toHaveLength(1)
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(headers['set-cookie']).toBeUndefined()
    }
    const atom = await page(`/c/${columnId}/feed.atom`)
    const { format, feed } = parseFeed(atom.body)
    expect(format).toBe('atom')
    const entries = (feed as { entries: { title: string; content: string; links: { href: string }[] }[] }).entries
    expect(entries).toHaveLength(evil.length)
    for (const { title, content } of entries) expect(`${title}${content}`).not.toMatch(/<(script|img|svg)/i)
    const csv = await finisher.send<string>('POST', '/articles/export', { filter: { columnId }, format: 'csv' })
    expect(csv.body).not.toMatch(/(^|,)"?=HYPERLINK/m)
    const comments = `/my/articles/${ids[0]}/comments`
    await reader.client.send('POST', comments, { words: evil[0] ?? '' })
    const said = await reader.client.send('GET', comments)
    expect(said.headers['content-type']).toMatch(/^application\/json/)
  })

  it('shows what was made open to all, for the time that was said, and takes what the public says', async () => {
    const columnId = await column({ kind: 'openness' })
    const openness = { category: 'dues', scope: 'society', fromOn: '2026-11-01', untilOn: '2026-11-30' }
    const id = await released(columnId, { title: '党费收缴使用情况', openness })
    const inner = await released(columnId, { title: '党内公开事项', openness: { ...openness, scope: 'party' } })
    const over = await released(columnId, { title: '过期事项', openness: { ...openness, untilOn: '2026-11-01' } })
    const list = await page('/openness')
    expect(list.body).toContain('党费收缴使用情况')
    expect(list.body).not.toMatch(/党内公开事项|过期事项/)
    expect((await page(`/a/${inner}`)).statusCode).toBe(404)
    expect((await reader.client.send('GET', `/my/articles/${inner}`)).body).toMatchObject({ publicPath: null })
    expect((await reader.client.send('GET', `/my/articles/${over}`)).status).toBe(404)
    const at = `/portal/r00/articles/${id}/feedback`
    expect((await f.stranger.send('POST', at, { words: '账目清楚' })).status).toBe(200)
    expect((await f.stranger.send('POST', at, { words: '坏\u0000' })).body).toMatchObject({
      code: 'publishing.text_unusable',
    })
    expect((await f.stranger.send('POST', `/portal/r00/articles/${inner}/feedback`, { words: '看看' })).status).toBe(
      404,
    )
    const { body } = await reviewer.send<Page<object>>('GET', '/article-comments?kind=feedback')
    expect(body.rows).toMatchObject([{ by: null, words: '账目清楚', state: 'waiting', articleId: id }])
  })

  it('is kept: the same bytes with the same tag, packed where the browser can, in two languages, and gone when taken off', async () => {
    const columnId = await column()
    const id = await released(columnId, { title: '留存的页面' })
    const first = await page(`/a/${id}`)
    expect(first.headers.vary).toBe('accept-encoding')
    const again = await page(`/a/${id}`, { 'if-none-match': String(first.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    const packed = await page(`/a/${id}`, { 'accept-encoding': 'gzip, br' })
    expect(packed.headers['content-encoding']).toBe('br')
    expect((await page(`/a/${id}?lang=en`)).body).toContain('Copy the link')
    expect((await page('/c/none')).statusCode).toBe(404)
    expect((await page('/nothing/at/all')).body).toContain('没有找到这个页面')
    expect((await page(`/c/${columnId}?after=x`)).statusCode).toBe(400)
    const front = await f.app.http.inject({ method: 'GET', url: '/portal' })
    expect([front.statusCode, front.headers.location]).toEqual([302, '/portal/r00/'])
    await act(finisher, id, 'withdraw', { reason: '测试下线' })
    await shownAt(`/a/${id}`, 404)
  })

  it('counts readers by where they came from, and nobody in particular', async () => {
    const id = await released(await column())
    const from = (query: string, headers: Record<string, string> = {}) => page(`/a/${id}${query}`, headers)
    await from('')
    await from('?from=feed')
    await from('?from=share', { referer: 'https://www.baidu.com/s?wd=x' })
    await from('', { referer: 'https://www.baidu.com/s?wd=x' })
    await from('', { 'user-agent': 'Mozilla/5.0 MicroMessenger/8.0' })
    await from('', { 'user-agent': 'Googlebot/2.1' })
    await reader.client.send('GET', `/my/articles/${id}`)
    await reader.client.send('POST', `/my/articles/${id}/share`, {})
    await f.stranger.send('POST', `/portal/r00/articles/${id}/share`, {})
    await counterOf(f.app.http).flush()
    const { body } = await editor.send<ArticleSpread>('GET', `/articles/${id}/spread`)
    expect(body).toMatchObject({ reads: 6, shares: 2, comments: 0, days: [{ onDate: '2026-11-02', reads: 6 }] })
    expect(Object.fromEntries(body.sources.map(({ source, reads }) => [source, reads]))).toEqual({
      portal: 1,
      feed: 1,
      share: 1,
      search: 1,
      wechat: 1,
      member: 1,
    })
  })
})

describe('the list', () => {
  it('is exported up to ten thousand rows, and not beyond', async () => {
    const columnId = await column()
    await draft(columnId, { title: '导出的一篇' })
    const ask = () => finisher.send<string>('POST', '/articles/export', { filter: { columnId }, format: 'csv' })
    expect((await ask()).body).toContain('导出的一篇')
    const [one] = await f.admin.selectFrom('publishing_article').selectAll().where('column_id', '=', columnId).execute()
    const { corrections: _, ...row } = one as NonNullable<typeof one>
    for (let batch = 0; batch < 5; batch += 1)
      await f.admin
        .insertInto('publishing_article')
        .values(Array.from({ length: 2000 }, () => ({ ...row, id: crypto.randomUUID() })) as never)
        .execute()
    expect((await ask()).body).toMatchObject({ code: 'publishing.too_many_rows' })
  })
})
