import type { OwnCheckin, OwnNote, Page, SharedNote } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let writer: Member
let friend: Member
let away: Member
let secretary: Member
let committee: Client
const SECRET = '我对这段话还没有想通'

beforeAll(async () => {
  f = await openFixture()
  writer = await plantMember(f, 'teachers', '李笔记')
  friend = await plantMember(f, 'teachers', '赵同组')
  away = await plantMember(f, 'nurses', '周外人')
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
})

const notesOf = async (who: Client, query = '') =>
  (await who.send<Page<OwnNote>>('GET', `/my/study/notes${query}`)).body.rows
const write = async (who: Member, body: string, more: object = {}) =>
  (await who.client.send<{ id: string }>('POST', '/my/study/notes', { body, ...more })).body.id
const share = (who: Member, id: string, isShared: boolean) =>
  who.client.send('PUT', `/my/study/notes/${id}/sharing`, { isShared })
const sharedWith = async (who: Member) =>
  (await who.client.send<Page<SharedNote>>('GET', '/my/study/shared-notes')).body.rows
const everything = () =>
  sql<{ hits: number }>`select count(*)::int as hits from platform_event where payload::text like ${`%${SECRET}%`}`
    .execute(f.admin)
    .then(({ rows }) => rows[0]?.hits)

describe('a private note', () => {
  it('is read, changed, thrown away and shared by nobody but its writer, whatever the post', async () => {
    const id = await write(writer, SECRET)
    for (const other of [friend.client, secretary.client, committee]) {
      expect(await notesOf(other)).toEqual([])
      expect((await other.send('PUT', `/my/study/notes/${id}`, { body: 'x' })).body).toMatchObject({
        code: 'study.not_found',
      })
      expect((await other.send('PUT', `/my/study/notes/${id}/removal`, { isRemoved: true })).status).toBe(404)
    }
    expect((await secretary.client.send('PUT', `/my/study/notes/${id}/sharing`, { isShared: true })).status).toBe(404)
    expect(await notesOf(writer.client)).toMatchObject([{ id, body: SECRET, isShared: false }])
  })

  it('is kept from every scope and every job by row security alone, as drafts and the diary are', async () => {
    await writer.client.send('PUT', '/my/study/draft', { title: '草稿', body: SECRET })
    const tables = ['study_note', 'study_draft', 'study_checkin', 'study_feedback']
    const asked = [
      { scope: f.orgs.committee.path, personId: null },
      { scope: f.orgs.committee.path, personId: committee.personId },
      { scope: f.orgs.teachers.path, personId: secretary.personId },
    ]
    for (const { scope, personId } of asked)
      await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope, personId }, async (tx) => {
        for (const table of tables) {
          const { rows } = await sql`select 1 from ${sql.table(table)} where tenant_id = ${f.tenantId}`.execute(tx)
          expect(rows, table).toEqual([])
        }
      })
  })

  it('leaves no word in the log, and is told only when it is shared', async () => {
    const id = await write(writer, `${SECRET}，再读一遍`)
    expect((await share(writer, id, true)).status).toBe(200)
    expect(await everything()).toBe(0)
    const { rows } = await sql<{ payload: object }>`select payload from platform_event
      where type = 'study.note_shared' and subject_id = ${id}`.execute(f.admin)
    expect(rows).toEqual([{ payload: { isShared: true } }])
  })

  it('is shared on purpose as it stands, seen by the branch alone, taken back, and gone with the note', async () => {
    const id = await write(writer, '第一稿')
    expect(await sharedWith(friend)).not.toContainEqual(expect.objectContaining({ id }))
    await share(writer, id, true)
    await writer.client.send('PUT', `/my/study/notes/${id}`, { body: '第二稿，只给自己' })
    expect(await sharedWith(friend)).toContainEqual(expect.objectContaining({ id, body: '第一稿', writer: '李笔记' }))
    expect(await sharedWith(away)).toEqual([])
    await share(writer, id, false)
    expect(await sharedWith(friend)).not.toContainEqual(expect.objectContaining({ id }))
    await share(writer, id, true)
    await writer.client.send('PUT', `/my/study/notes/${id}/removal`, { isRemoved: true })
    expect(await sharedWith(friend)).not.toContainEqual(expect.objectContaining({ id }))
    expect((await share(writer, id, true)).body).toMatchObject({ code: 'study.removed' })
    expect(await notesOf(writer.client, '?removed=true')).toMatchObject([{ id, isRemoved: true }])
    await writer.client.send('PUT', `/my/study/notes/${id}/removal`, { isRemoved: false })
    expect((await notesOf(writer.client)).map((note) => note.id)).toContain(id)
  })

  it('keeps its place in a course that is there, is found by its words, and needs a record to be shared', async () => {
    const missing = { courseId: '0193a7a0-0000-7000-8000-000000000000', second: 95 }
    const refused = await writer.client.send('POST', '/my/study/notes', { body: '想法', place: missing })
    expect(refused.body).toMatchObject({
      code: 'study.no_such_course',
      fields: [{ field: '/body/place/courseId' }],
    })
    const course = { orgId: f.orgs.teachers.id, title: '条例解读', column: 'rules', kind: 'video' }
    const { body } = await secretary.client.send<{ id: string }>('POST', '/courses', course)
    const id = await write(secretary, '这里讲得好', { place: { courseId: body.id, second: 95 } })
    expect(await notesOf(secretary.client, `?text=${encodeURIComponent('讲得')}`)).toMatchObject([
      { id, courseTitle: '条例解读', second: 95 },
    ])
    const own = (await committee.send<{ id: string }>('POST', '/my/study/notes', { body: '没有档案' })).body.id
    expect((await committee.send('PUT', `/my/study/notes/${own}/sharing`, { isShared: true })).body).toMatchObject({
      code: 'study.not_a_learner',
    })
  })
})

describe('a file of the own notes', () => {
  const take = (who: Client, body: object) => who.send<string>('POST', '/my/study/notes/export', body)

  it('holds what the writer noted, with course, place and time, nothing of the bin, and leaves no trace', async () => {
    const reader = await plantMember(f, 'teachers', '孙导出', { role: 'branch_secretary' })
    expect((await take(reader.client, { format: 'md' })).body).toMatchObject({ code: 'study.nothing_noted' })
    const course = { orgId: f.orgs.teachers.id, title: '党章_导读', column: 'rules', kind: 'video' }
    const { id: courseId } = (await reader.client.send<{ id: string }>('POST', '/courses', course)).body
    await write(reader, '后面的 *想法*', { place: { courseId, second: 3675 } })
    await write(reader, '开头', { place: { courseId, second: 5, quote: '总纲第一段' } })
    // Each line stays a line of text: no heading, list, rule, or fence that swallows what follows.
    await write(reader, ['# 不在课程里', '~~~', '1. 其一', '---', '    缩进 &lt;'].join('\n'))
    const gone = await write(reader, '扔掉的')
    await reader.client.send('PUT', `/my/study/notes/${gone}/removal`, { isRemoved: true })
    const { body } = await take(reader.client, { format: 'md' })
    expect(Buffer.from(body).toString()).toBe(
      [
        '# 我的笔记',
        '## 党章\\_导读',
        '### 位置 0:05 · 记于 2026-11-02 09:00',
        '> 总纲第一段',
        '开头',
        '### 位置 1:01:15 · 记于 2026-11-02 09:00',
        '后面的 \\*想法\\*',
        '## 没有关联课程',
        '### 记于 2026-11-02 09:00',
        '\\# 不在课程里',
        '\\~\\~\\~',
        '1\\. 其一',
        '\\---',
        '缩进 \\&lt;\n',
      ].join('\n\n'),
    )
    expect(String((await take(reader.client, { format: 'docx', fromOn: '2026-11-02' })).body).slice(0, 2)).toBe('PK')
    const before = { format: 'md', untilOn: '2026-11-01' }
    expect((await take(reader.client, before)).body).toMatchObject({ code: 'study.nothing_noted' })
    const many = sql`insert into study_note (tenant_id, id, person_id, body, created_at, updated_at)
      select ${f.tenantId}, gen_random_uuid(), ${reader.personId}, '一条', now(), now() from generate_series(1, 5000)`
    await many.execute(f.admin)
    expect((await take(reader.client, { format: 'md' })).body).toMatchObject({
      code: 'study.too_many_notes',
      detail: { most: 5000 },
    })
  })
})

describe('the diary of days', () => {
  const day = (onDate: string) =>
    writer.client.send('PUT', `/my/study/checkins/${onDate}`, { kind: 'read', words: '读了第三章' })

  it('is off until the organisation switches it on, and asks nothing of anybody', async () => {
    expect((await day('2026-11-02')).body).toMatchObject({ code: 'study.checkin_off' })
    expect((await writer.client.send('GET', '/my/study/checkins')).body).toMatchObject({ isEnabled: false, rows: [] })
    const set = {
      orgId: f.orgs.faculty.id,
      code: 'study.checkin_enabled',
      value: true,
      effectiveFrom: '2026-11-02',
      reason: '各支部自愿试行',
    }
    const answer = await committee.send('POST', '/settings', set)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  })

  it('takes days of the last two months, marks what was made up, and shows them to the writer alone', async () => {
    expect((await day('2026-11-03')).body).toMatchObject({ code: 'study.day_not_open' })
    expect((await day('2026-08-01')).body).toMatchObject({ code: 'study.day_not_open' })
    expect((await day('2026-11-02')).body).toMatchObject({ isMadeUp: false })
    expect((await day('2026-11-01')).body).toMatchObject({ isMadeUp: true })
    const month = async (who: Client) =>
      (await who.send<{ rows: OwnCheckin[] }>('GET', '/my/study/checkins?month=2026-11')).body.rows
    expect((await month(writer.client)).map(({ onDate }) => onDate)).toEqual(['2026-11-01', '2026-11-02'])
    for (const other of [friend.client, secretary.client, committee]) expect(await month(other)).toEqual([])
    expect((await writer.client.send('DELETE', '/my/study/checkins/2026-11-01')).status).toBe(200)
    expect(await month(writer.client)).toHaveLength(1)
    expect(
      (await away.client.send('PUT', '/my/study/checkins/2026-11-02', { kind: 'read', words: '' })).body,
    ).toMatchObject({ code: 'study.checkin_off' })
  })
})
