import { randomUUID } from 'node:crypto'
import type { ConversationRow, Message, MessagePage } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let wang: Member
let li: Member
let zhao: Member
let nurse: Member
let visitor: Member
let secretary: Client
let committee: Client
let branch: string

const run = async (name: string, now = NOW) => {
  const job = MODULES.flatMap(({ jobs = [] }) => jobs).find((one) => one.name === name)
  await job?.run({ platform: f.platform, now, signal: new AbortController().signal })
}
const listOf = async (who: Client): Promise<ConversationRow[]> =>
  (await who.send<{ rows: ConversationRow[] }>('GET', '/my/conversations')).body.rows
const groupOf = async (who: Client, kind: string) => (await listOf(who)).find((row) => row.kind === kind)
const words = (text: string, more: object = {}) => ({ id: randomUUID(), kind: 'text', text, ...more })
const say = (who: Client, id: string, body: object) =>
  who.send<Message & { code?: string }>('POST', `/my/conversations/${id}/messages`, body)
const pageOf = (who: Client, id: string, query = '') =>
  who.send<MessagePage & { code?: string }>('GET', `/my/conversations/${id}/messages${query}`)
const takePost = (unit: 'teachers' | 'students', memberId: string, name: string) =>
  f.admin
    .insertInto('org_post')
    .values({
      tenant_id: f.tenantId,
      id: randomUUID(),
      unit_id: f.orgs[unit].id,
      org_path: f.orgs[unit].path,
      post: 'secretary',
      member_id: memberId,
      name,
      from_on: '2026-01-01',
      created_at: NOW,
    })
    .execute()
const moveTo = (iso: string) => f.setNow(new Date(iso))

beforeAll(async () => {
  f = await openFixture()
  wang = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  li = await plantMember(f, 'teachers', '李同志')
  zhao = await plantMember(f, 'students', '赵委员')
  nurse = await plantMember(f, 'nurses', '护理同志')
  visitor = await plantMember(f, 'teachers', '群众代表', { category: 'public' })
  secretary = wang.client
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  await takePost('teachers', wang.id, '王书记')
  await takePost('students', zhao.id, '赵委员')
  await run('conversations_follow')
  branch = (await groupOf(li.client, 'branch'))?.id ?? ''
})

describe('a group of a branch', () => {
  it('is there for its members and for nobody else, whatever the post, on every route', async () => {
    expect((await say(li.client, branch, words('大家好'))).status).toBe(200)
    for (const stranger of [nurse.client, committee, zhao.client, visitor.client]) {
      expect((await listOf(stranger)).some(({ id }) => id === branch)).toBe(false)
      const asked = [
        await stranger.send('GET', `/my/conversations/${branch}`),
        await pageOf(stranger, branch),
        await say(stranger, branch, words('偷听')),
        await stranger.send('POST', `/my/conversations/${branch}/people`, {}),
        await stranger.send('POST', `/my/conversations/${branch}/search`, { text: '大家' }),
        await stranger.send('PUT', `/my/conversations/${branch}/read`, { seq: 1 }),
        await stranger.send('POST', `/my/conversations/${branch}/summary`, {
          title: '汇编',
          fromOn: '2026-11-01',
          untilOn: '2026-11-30',
          hasNames: true,
          format: 'docx',
        }),
      ]
      for (const { status, body } of asked) {
        expect(status).toBe(404)
        expect(body).toMatchObject({ code: 'conversations.not_found' })
      }
    }
    expect((await f.stranger.send('GET', '/my/conversations')).status).toBe(401)
  })

  it('stays sealed in the database, and a row copied to another place does not open', async () => {
    await say(li.client, branch, words('绝密的悄悄话'))
    const rows = await f.admin.selectFrom('conversations_message').selectAll().execute()
    expect(JSON.stringify(rows.map((row) => row.sealed?.toString('utf8')))).not.toContain('悄悄')
    const [first, second] = rows
    await f.admin
      .updateTable('conversations_message')
      .set({ sealed: second?.sealed ?? null })
      .where('id', '=', first?.id ?? '')
      .execute()
    expect((await pageOf(li.client, branch)).status).toBe(500)
    await f.admin
      .updateTable('conversations_message')
      .set({ sealed: first?.sealed ?? null })
      .where('id', '=', first?.id ?? '')
      .execute()
    const { rows: seen } = await f.platform.db.transaction().execute(async (tx) => {
      await sql`select set_config('app.tenant', ${f.tenantId}, true), set_config('app.scope', 'r00', true),
        set_config('app.person', ${committee.personId}, true)`.execute(tx)
      return sql<{
        n: number
      }>`select count(*)::int as n from conversations_message where tenant_id = ${f.tenantId}`.execute(tx)
    })
    expect(seen[0]?.n, 'row security under the widest scope of another person').toBe(0)
  })

  it('loses whoever leaves the branch at once, and gains the new branch at once', async () => {
    const mover = await plantMember(f, 'teachers', '调动同志')
    const page = await pageOf(mover.client, branch)
    expect(page.body.rows.length).toBeGreaterThan(0)
    await f.admin
      .updateTable('members_member')
      .set({ org_id: f.orgs.nurses.id, org_path: f.orgs.nurses.path })
      .where('id', '=', mover.id)
      .execute()
    expect((await pageOf(mover.client, branch)).body).toMatchObject({ code: 'conversations.not_found' })
    const now = await listOf(mover.client)
    expect(now.map(({ kind, unitName }) => [kind, unitName])).toEqual([['branch', '医学院护理党支部']])
    const { body } = await li.client.send<{ rows: { name: string }[] }>(
      'POST',
      `/my/conversations/${branch}/people`,
      {},
    )
    expect(body.rows.map(({ name }) => name).toSorted()).toEqual(['李同志', '王书记'].toSorted())
  })

  it('lets a guest in until a day, and no longer', async () => {
    const admit = (memberId: string, untilOn: string, who = secretary) =>
      who.send<{ id: string }>('POST', `/conversation-groups/${branch}/guests`, { memberId, untilOn })
    expect((await admit(visitor.id, '2026-10-01')).body).toMatchObject({ code: 'conversations.dates_wrong' })
    expect((await admit(li.id, '2026-11-10')).body).toMatchObject({ code: 'conversations.belongs_already' })
    expect((await admit(visitor.id, '2026-11-10', li.client)).body).toMatchObject({ code: 'request.not_permitted' })
    const { body } = await admit(visitor.id, '2026-11-10')
    expect((await admit(visitor.id, '2026-11-12')).body).toMatchObject({ code: 'conversations.already_guest' })
    expect((await groupOf(visitor.client, 'branch'))?.isGuest).toBe(true)
    expect((await say(visitor.client, branch, words('群众的意见'))).status).toBe(200)
    moveTo('2026-11-10T16:30:00Z')
    expect((await pageOf(visitor.client, branch)).body).toMatchObject({ code: 'conversations.not_found' })
    f.setNow(NOW)
    const end = () => secretary.send('POST', `/conversation-groups/${branch}/guests/${body.id}/end`, {})
    expect((await end()).status).toBe(200)
    expect(await listOf(visitor.client)).toEqual([])
    expect((await end()).body).toMatchObject({ code: 'conversations.person_not_found' })
  })

  it('ends with its unit and is renamed with it', async () => {
    const retired = await plantMember(f, 'retired', '退休同志')
    await f.admin
      .updateTable('org_unit')
      .set({ name: '离退休第一党支部' })
      .where('id', '=', f.orgs.retired.id)
      .execute()
    await run('conversations_follow')
    const id = (await groupOf(retired.client, 'branch'))?.id ?? ''
    expect((await groupOf(retired.client, 'branch'))?.name).toBe('离退休第一党支部')
    await f.admin
      .updateTable('org_unit')
      .set({ dissolved_on: '2026-11-01' })
      .where('id', '=', f.orgs.retired.id)
      .execute()
    await run('conversations_follow')
    expect((await say(retired.client, id, words('还在吗'))).body).toMatchObject({ code: 'conversations.ended' })
  })
})

describe('the group of committees', () => {
  it('follows posts: two secretaries meet in the group of the unit above, and leave it with the post', async () => {
    const above = (await listOf(secretary)).find((row) => row.kind === 'officers' && row.unitName === '机械学院党总支')
    expect((await listOf(zhao.client)).map(({ id }) => id)).toContain(above?.id)
    expect((await listOf(li.client)).some(({ kind }) => kind === 'officers')).toBe(false)
    const { body } = await zhao.client.send<{ rows: { name: string; unitName: string }[] }>(
      'POST',
      `/my/conversations/${above?.id}/people`,
      {},
    )
    expect(body.rows.map(({ name, unitName }) => `${name} ${unitName}`).toSorted()).toEqual(
      ['王书记 机械学院教工党支部', '赵委员 机械学院学生党支部'].toSorted(),
    )
    await f.admin.updateTable('org_post').set({ until_on: '2026-11-01' }).where('member_id', '=', zhao.id).execute()
    expect((await pageOf(zhao.client, above?.id ?? '')).status).toBe(404)
    await f.admin.updateTable('org_post').set({ until_on: null }).where('member_id', '=', zhao.id).execute()
  })
})

describe('a message', () => {
  it('is said once under its own id, in the order of the server, and found again after a place', async () => {
    const from = (await pageOf(li.client, branch)).body.lastSeq
    const one = words('第一条')
    const sent = await Promise.all([1, 2, 3].map(() => say(li.client, branch, one)))
    expect(new Set(sent.map(({ body }) => body.seq)).size).toBe(1)
    expect((await say(secretary, branch, { ...one, text: '冒名' })).body).toMatchObject({
      code: 'conversations.id_taken',
    })
    await Promise.all(['二', '三', '四'].map((text) => say(secretary, branch, words(text))))
    const { rows } = (await pageOf(li.client, branch, `?after=${from}`)).body
    expect(rows.map(({ seq }) => seq)).toEqual([from + 1, from + 2, from + 3, from + 4])
    expect((await pageOf(li.client, branch, `?before=${from + 2}&limit=1`)).body).toMatchObject({
      rows: [{ text: '第一条', isMine: true }],
      hasOlder: true,
    })
  })

  it('answers, calls and is read: counts for whoever spoke, names in a small group', async () => {
    const asked = (await say(secretary, branch, words('周五能来吗'))).body
    const reply = words('能来', { replyTo: asked.id, mentions: [wang.personId] })
    expect((await say(li.client, branch, reply)).body.replyTo).toMatchObject({ name: '王书记', excerpt: '周五能来吗' })
    expect(await groupOf(secretary, 'branch')).toMatchObject({ unread: 1, isCalled: true })
    const stranger = words('在吗', { mentions: [nurse.personId] })
    expect((await say(li.client, branch, stranger)).body).toMatchObject({ code: 'conversations.person_not_found' })
    const gone = words('回复谁', { replyTo: randomUUID() })
    expect((await say(li.client, branch, gone)).body).toMatchObject({ code: 'conversations.message_not_found' })
    const readers = (who: Client, id: string) =>
      who.send('POST', `/my/conversations/${branch}/messages/${id}/readers`, {})
    expect((await readers(secretary, asked.id)).body).toMatchObject({ readers: 1, people: 1, names: ['李同志'] })
    expect((await readers(li.client, asked.id)).body).toMatchObject({ code: 'conversations.not_yours' })
    await secretary.send('PUT', `/my/conversations/${branch}/read`, { seq: 10_000 })
    expect(await groupOf(secretary, 'branch')).toMatchObject({ unread: 0, isCalled: false })
    await secretary.send('PUT', `/my/conversations/${branch}/mute`, { isMuted: true })
    expect((await groupOf(secretary, 'branch'))?.isMuted).toBe(true)
  })

  it('is refused where something is missing', async () => {
    const bare = (kind: string, more: object = {}) => say(li.client, branch, { id: randomUUID(), kind, ...more })
    for (const kind of ['text', 'picture', 'voice', 'file', 'vote', 'notice'])
      expect((await bare(kind)).body, kind).toMatchObject({ code: 'conversations.incomplete' })
    expect((await bare('vote', { cardId: randomUUID() })).body).toMatchObject({ code: 'conversations.no_card' })
    expect((await bare('notice', { cardId: randomUUID() })).body).toMatchObject({ code: 'conversations.no_card' })
    expect((await bare('voice', { fileId: randomUUID(), seconds: 61 })).status).toBe(400)
  })

  it('is taken back within two minutes, by whoever said it, with nothing of it left', async () => {
    const one = (await say(li.client, branch, words('说错了'))).body
    const recall = (who: Client, id = one.id) =>
      who.send('POST', `/my/conversations/${branch}/messages/${id}/recall`, {})
    expect((await recall(secretary)).body).toMatchObject({ code: 'conversations.not_yours' })
    moveTo('2026-11-02T01:02:01Z')
    expect((await recall(li.client)).body).toMatchObject({ code: 'conversations.too_late' })
    moveTo('2026-11-02T01:01:59Z')
    expect((await recall(li.client)).status).toBe(200)
    expect((await recall(li.client)).status).toBe(200)
    f.setNow(NOW)
    const kept = await f.admin
      .selectFrom('conversations_message')
      .select('sealed')
      .where('id', '=', one.id)
      .executeTakeFirst()
    expect(kept?.sealed).toBeNull()
    const last = (await pageOf(secretary, branch)).body.rows.at(-1)
    expect(last).toMatchObject({ id: one.id, kind: 'recalled', text: null })
  })

  it('is found by words of Chinese, width and case aside, and only by whoever belongs', async () => {
    await say(li.client, branch, words('下周参观ＡＢＣ纪念馆，请自带雨具'))
    const search = (who: Client, text: string) =>
      who.send<{ rows: Message[] }>('POST', `/my/conversations/${branch}/search`, { text })
    expect((await search(secretary, 'abc纪念 雨具')).body.rows).toHaveLength(1)
    expect((await search(secretary, '没有说过')).body.rows).toHaveLength(0)
  })

  it('goes when the organisation keeps it no longer', async () => {
    const day = 86_400_000
    const before = (await pageOf(li.client, branch)).body.rows.length
    await run('conversations_remove_old', new Date(NOW.getTime() + 179 * day))
    expect((await pageOf(li.client, branch)).body.rows).toHaveLength(before)
    await run('conversations_remove_old', new Date(NOW.getTime() + 181 * day))
    expect((await pageOf(li.client, branch)).body.rows).toHaveLength(0)
  })
})
