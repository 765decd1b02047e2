import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import type { ConversationRow, Message, MessagePage, ReportRow, ShownMessage } from '@tongxin/contract'
import { fastify } from 'fastify'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { MODULES } from '../../modules.ts'
import { Stream } from '../../platform/stream.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { uploadTo } from '../../test/tus-upload.ts'

let f: Fixture
let wang: Member
let li: Member
let qian: Member
let sun: Member
let nurse: Member
let committee: Client
let branch: string

const made = (who: Member, path: string, body: object) =>
  who.client.send<{ id: string; code?: string }>('POST', `/my/conversations${path}`, body)
const listOf = async (who: Member): Promise<ConversationRow[]> =>
  (await who.client.send<{ rows: ConversationRow[] }>('GET', '/my/conversations')).body.rows
const words = (text: string, more: object = {}) => ({ id: randomUUID(), kind: 'text', text, ...more })
const say = (who: Member, id: string, body: object) =>
  who.client.send<Message & { code?: string }>('POST', `/my/conversations/${id}/messages`, body)
const pageOf = (who: Member, id: string) => who.client.send<MessagePage>('GET', `/my/conversations/${id}/messages`)

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  wang = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  li = await plantMember(f, 'teachers', '李同志')
  qian = await plantMember(f, 'teachers', '钱同志')
  sun = await plantMember(f, 'teachers', '孙同志')
  nurse = await plantMember(f, 'nurses', '护理同志')
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  const job = MODULES.flatMap(({ jobs = [] }) => jobs).find(({ name }) => name === 'conversations_follow')
  await job?.run({ platform: f.platform, now: NOW, signal: new AbortController().signal })
  branch = (await listOf(li)).find(({ kind }) => kind === 'branch')?.id ?? ''
})

describe('a talk between two', () => {
  it('is with people of the own groups only, is one, and opens for nobody else', async () => {
    expect((await made(li, '/pairs', { personId: li.personId })).body).toMatchObject({ code: 'conversations.alone' })
    expect((await made(li, '/pairs', { personId: nurse.personId })).body).toMatchObject({
      code: 'conversations.not_reachable',
    })
    const { rows } = (
      await li.client.send<{ rows: { name: string; unitName: string }[] }>('POST', '/my/conversations/partners', {
        text: '钱',
      })
    ).body
    expect(rows).toMatchObject([{ name: '钱同志', unitName: '机械学院教工党支部' }])
    const { id } = (await made(li, '/pairs', { personId: qian.personId })).body
    expect((await made(qian, '/pairs', { personId: li.personId })).body.id).toBe(id)
    await say(li, id, words('方便谈谈吗'))
    expect((await listOf(qian)).find((row) => row.id === id)).toMatchObject({ name: '李同志', unread: 1 })
    for (const who of [wang.client, committee])
      expect((await who.send('GET', `/my/conversations/${id}/messages`)).status).toBe(404)
    expect(
      (await committee.send<{ rows: object[] }>('GET', '/conversation-groups?limit=100')).body.rows,
    ).not.toContainEqual(expect.objectContaining({ id }))
    expect((await committee.send('GET', `/conversation-groups/${id}`)).status).toBe(404)
  })
})

describe('a team', () => {
  it('has at most twelve, invites, takes out, is left, and ends with its founder', async () => {
    const { id } = (await made(li, '/teams', { name: '迎新小组', personIds: [qian.personId] })).body
    expect((await say(qian, id, words('收到'))).status).toBe(200)
    expect((await pageOf(sun, id)).status).toBe(404)
    expect((await made(sun, `/${id}/invitations`, { personIds: [sun.personId] })).status).toBe(404)
    expect((await made(qian, `/${id}/invitations`, { personIds: [li.personId] })).body.code).toBe(
      'conversations.belongs_already',
    )
    expect((await made(qian, `/${id}/invitations`, { personIds: [sun.personId] })).status).toBe(200)
    const many = Array.from({ length: 11 }, () => randomUUID())
    expect((await made(li, `/${id}/invitations`, { personIds: many })).body.code).toBe('conversations.too_many_people')
    const turns = (await pageOf(sun, id)).body.rows.filter(({ kind }) => kind === 'turn')
    expect(turns.map(({ turn, names }) => [turn, ...names])).toEqual([
      ['made', '钱同志'],
      ['invited', '孙同志'],
    ])
    expect((await made(qian, `/${id}/people/${sun.personId}/remove`, {})).body.code).toBe('conversations.not_keeper')
    expect((await made(li, `/${id}/people/${li.personId}/remove`, {})).body.code).toBe('conversations.founder_stays')
    expect((await made(li, `/${id}/people/${sun.personId}/remove`, {})).status).toBe(200)
    expect((await pageOf(sun, id)).status).toBe(404)
    const named = await li.client.send('PUT', `/my/conversations/${id}/name`, { name: '迎新工作组' })
    expect(named.status).toBe(200)
    expect((await made(li, `/${branch}/leave`, {})).body.code).toBe('conversations.not_a_team')
    expect((await made(li, `/${id}/leave`, {})).status).toBe(200)
    expect((await pageOf(li, id)).status).toBe(404)
    expect((await say(qian, id, words('还在吗'))).body.code).toBe('conversations.ended')
  })
})

describe('a picture, a file, a voice', () => {
  it('is seen by whoever belongs and by no post, and goes with the message that is taken back', async () => {
    const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#c8161d' } })
      .jpeg()
      .toBuffer()
    const upload = (purpose: string) => uploadTo(f, li.client, picture, { name: '现场.jpg', purpose })
    const [photo, paper] = [await upload('photo'), await upload('document')]
    const send = (kind: string, fileId: string, more: object = {}) =>
      say(li, branch, { id: randomUUID(), kind, fileId, ...more })
    expect((await send('picture', paper)).body.code).toBe('conversations.not_a_picture')
    expect((await send('voice', paper, { seconds: 5 })).body.code).toBe('conversations.not_a_voice')
    const said = (await send('picture', photo)).body
    expect(said).toMatchObject({ kind: 'picture', fileId: photo, fileName: '现场.jpg' })
    expect((await qian.client.send('GET', `/files/${photo}`)).status).toBe(200)
    for (const who of [committee, nurse.client])
      expect((await who.send('GET', `/files/${photo}/content`)).body).toMatchObject({ code: 'files.not_found' })
    await made(li, `/${branch}/messages/${said.id}/recall`, {})
    expect((await qian.client.send('GET', `/files/${photo}`)).status).toBe(404)
  })
})

describe('silence', () => {
  it('is set by the keeper with a reason, told to the group, audited, and ended', async () => {
    const silence = (who: Member, personId: string) =>
      made(who, `/${branch}/people/${personId}/silence`, { hours: 24, reason: '发布无关广告' })
    expect((await silence(li, qian.personId)).body.code).toBe('conversations.not_keeper')
    expect((await silence(wang, wang.personId)).body.code).toBe('conversations.keeper_speaks')
    expect((await silence(wang, nurse.personId)).body.code).toBe('conversations.person_not_found')
    expect((await silence(wang, qian.personId)).status).toBe(200)
    expect((await silence(wang, qian.personId)).body.code).toBe('conversations.already_silenced')
    const refused = (await say(qian, branch, words('广告'))).body as unknown as { code: string; detail: object }
    expect(refused.code).toBe('conversations.silenced')
    const record = await qian.client.send('GET', `/my/conversations/${branch}`)
    expect(record.body).toMatchObject({
      silence: { reason: '发布无关广告', by: '王书记' },
      isKeeper: false,
      keptDays: 180,
    })
    const told = await f.admin
      .selectFrom('platform_event')
      .select(['reason', 'payload'])
      .where('type', '=', 'conversations.silenced')
      .execute()
    expect(told).toMatchObject([{ reason: '发布无关广告' }])
    expect((await made(wang, `/${branch}/people/${qian.personId}/speak`, {})).status).toBe(200)
    expect((await say(qian, branch, words('对不起'))).status).toBe(200)
  })
})

describe('a report', () => {
  it('shows the officer the chosen messages only, and is decided by neither of the two', async () => {
    await say(qian, branch, words('没有选中的话'))
    const bad = (await say(qian, branch, words('骂人的话'))).body
    const report = (who: Member, messageIds: string[]) =>
      made(who, `/${branch}/reports`, { messageIds, reason: '言语不当' })
    expect((await report(qian, [bad.id])).body.code).toBe('conversations.message_not_found')
    expect((await report(nurse, [bad.id])).body.code).toBe('conversations.not_found')
    const { id } = (await report(li, [bad.id])).body
    const open = (who: Client) =>
      who.send<{ report: ReportRow; shown: ShownMessage[] }>('POST', `/conversation-reports/${id}/open`, {})
    const decide = (who: Client) =>
      who.send('POST', `/conversation-reports/${id}/decide`, { isUpheld: true, words: '已谈话提醒' })
    expect((await open(wang.client)).body).toMatchObject({ code: 'request.not_permitted' })
    const { body } = await open(committee)
    expect(body.shown.map(({ text }) => text)).toEqual(['骂人的话'])
    const accused = await f.signIn('party_worker', 'committee', { name: '钱同志' })
    await f.admin
      .updateTable('conversations_report')
      .set({ accused: [accused.personId] })
      .where('id', '=', id)
      .execute()
    expect((await open(accused)).body).toMatchObject({ code: 'conversations.not_found' })
    await f.admin
      .updateTable('conversations_report')
      .set({ accused: [qian.personId], person_id: accused.personId })
      .where('id', '=', id)
      .execute()
    expect((await decide(accused)).body).toMatchObject({ code: 'conversations.own_report' })
    await f.admin.updateTable('conversations_report').set({ person_id: li.personId }).where('id', '=', id).execute()
    expect((await decide(committee)).status).toBe(200)
    expect((await decide(committee)).body).toMatchObject({ code: 'conversations.report_decided' })
    const { rows } = (await li.client.send<{ rows: ReportRow[] }>('GET', '/my/conversation-reports')).body
    expect(rows).toMatchObject([{ id, state: 'upheld', words: '已谈话提醒' }])
  })
})

describe('a summary', () => {
  it('is made by the keeper only, of what was said in words, and the group is told', async () => {
    const body = {
      title: '十一月观点汇编',
      fromOn: '2026-11-01',
      untilOn: '2026-11-30',
      hasNames: false,
      format: 'docx',
    }
    const make = (who: Member, more: object = {}) =>
      who.client.send('POST', `/my/conversations/${branch}/summary`, { ...body, ...more })
    expect((await make(li)).body).toMatchObject({ code: 'conversations.not_keeper' })
    expect((await make(wang, { fromOn: '2026-12-01' })).body).toMatchObject({ code: 'conversations.dates_wrong' })
    expect((await make(wang, { fromOn: '2026-10-01', untilOn: '2026-10-02' })).body).toMatchObject({
      code: 'conversations.nothing_said',
    })
    const file = await make(wang)
    expect(file.status).toBe(200)
    expect(String(file.body).slice(0, 2)).toBe('PK')
    expect((await pageOf(li, branch)).body.rows.at(-1)).toMatchObject({
      kind: 'turn',
      turn: 'summarized',
      names: ['十一月观点汇编'],
    })
  })
})

describe('the stream', () => {
  it('tells that something was said to those who belong, and nobody else hears of it', async () => {
    const http = fastify({ forceCloseConnections: true })
    await http.register(cookie)
    const stream = new Stream(f.platform, { whispers: MODULES.flatMap(({ whispers = [] }) => whispers) })
    stream.mount(http)
    const url = await http.listen({ port: 0, host: '127.0.0.1' })
    stream.start()
    try {
      const [mine, above, beside] = await Promise.all([li.client, committee, nurse.client].map((who) => open(url, who)))
      await say(wang, branch, words('请大家看一下'))
      expect(await mine?.first).toContain(`"id":"${branch}"`)
      // All are told in one turn, one after another, so what the others were not told by now they are not told.
      expect([...(above?.heard ?? []), ...(beside?.heard ?? [])].join('')).not.toContain('conversations.said')
    } finally {
      stream.stop()
      await http.close()
    }
  })
})

/** An open stream; `first` is all that was heard when the first whisper came. */
async function open(url: string, client: Client) {
  const answer = await fetch(`${url}/stream`, { headers: { cookie: client.cookie } })
  const heard: string[] = []
  const { promise: first, resolve } = Promise.withResolvers<string>()
  const reading = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      heard.push(decoder.decode(chunk as Uint8Array, { stream: true }))
      if (heard.join('').includes('conversations.said')) resolve(heard.join(''))
    }
  }
  reading().catch(() => undefined)
  return { heard, first }
}
