import type { PaperRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, figures, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let secretary: Member
let desk: Client
let called: Member
let guest: Member
let outsider: Member
let leftOut: Member
let id = ''
let items: { id: string }[] = []

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  called = await plantMember(f, 'teachers', '李同志')
  leftOut = await plantMember(f, 'teachers', '当事人')
  outsider = await plantMember(f, 'students', '外支部')
  guest = await plantMember(f, 'students', '列席人')
  const leaving = [{ memberId: leftOut.id, reason: 'illness' }]
  id = await convened(desk, planBody(f, secretary.id, { invites: { who: 'all', leftOut: leaving } }))
  items = (await desk.send<{ agenda: { id: string }[] }>('GET', `/meetings/${id}`)).body.agenda
  // A guest of another branch: the row of the call is what a wider meeting writes.
  const { tenantId } = f
  const row = await f.admin
    .selectFrom('meetings_attendee')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', id)
    .where('member_id', '=', called.id)
    .executeTakeFirstOrThrow()
  await f.admin
    .insertInto('meetings_attendee')
    .values({ ...row, member_id: guest.id, person_id: guest.personId, name: '列席人', part: 'observer' })
    .execute()
})

/** A checked upload of the client, over tus. */
async function uploaded(client: Client, name = '工作计划.pdf'): Promise<string> {
  const bytes = pdf(`% ${name} ${client.personId}`)
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const base = { 'tus-resumable': '1.0.0', cookie: client.cookie }
  const described = `filename ${encoded(name)},purpose ${encoded('document')}`
  const origin = f.app.http.listeningOrigin
  const created = await fetch(`${origin}/api/v1/files`, {
    method: 'POST',
    headers: { ...base, 'upload-length': String(bytes.length), 'upload-metadata': described },
  })
  const fileId = created.headers.get('location')?.split('/').at(-1) ?? ''
  const headers = { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await fetch(`${origin}/api/v1/files/${fileId}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) })
  return fileId
}

const add = async (client: Client, body: object = {}) =>
  client.send<{ id: string; code?: string }>('POST', `/meetings/${id}/papers`, {
    fileId: await uploaded(client),
    ...body,
  })
const remove = (client: Client, paperId: string, reason = '换成定稿') =>
  client.send('POST', `/meetings/${id}/papers/${paperId}/remove`, { reason })
const atDesk = async () => (await desk.send<{ papers: PaperRow[] }>('GET', `/meetings/${id}`)).body.papers
const onPhone = async (who: Member) =>
  (await who.client.send<{ papers: PaperRow[] }>('GET', `/my/meetings/${id}`)).body.papers
const opened = async (who: Member, fileId: string) => (await who.client.send('GET', `/files/${fileId}/content`)).status

describe('POST /meetings/:id/papers', () => {
  it('refuses the signed out, members, other branches, files of others and items of other meetings', async () => {
    const fileId = await uploaded(desk)
    expect((await f.stranger.send('POST', `/meetings/${id}/papers`, { fileId })).status).toBe(401)
    expect((await called.client.send('POST', `/meetings/${id}/papers`, { fileId })).status).toBe(403)
    const foreign = await f.signIn('branch_secretary', 'students')
    expect(await foreign.send('POST', `/meetings/${id}/papers`, { fileId })).toMatchObject({
      status: 404,
      body: { code: 'meetings.not_found' },
    })
    expect(await add(desk, { fileId: await uploaded(called.client) })).toMatchObject({
      status: 404,
      body: { code: 'files.not_found' },
    })
    expect(await add(desk, { agendaId: crypto.randomUUID() })).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_item' },
    })
  })

  it('gives a paper to an item, with the state of its check, once', async () => {
    const fileId = await uploaded(desk)
    expect((await add(desk, { fileId, agendaId: items[1]?.id })).status).toBe(200)
    expect(await atDesk()).toMatchObject([
      { agendaId: items[1]?.id, fileId, name: '工作计划.pdf', state: 'unscanned', mayOpen: true, removed: null },
    ])
    expect(await add(desk, { fileId })).toMatchObject({ status: 409, body: { code: 'files.already_attached' } })
  })

  it('takes thirty and no more', async () => {
    const other = await convened(desk, planBody(f, secretary.id))
    const by = { added_by: secretary.personId, added_by_name: '王书记', added_at: NOW }
    const planted = Array.from({ length: 29 }, () => ({
      tenant_id: f.tenantId,
      id: crypto.randomUUID(),
      meeting_id: other,
      org_path: f.orgs.teachers.path,
      file_id: crypto.randomUUID(),
      name: 'a.pdf',
      ...by,
    }))
    await f.admin.insertInto('meetings_paper').values(planted).execute()
    const send = async () => desk.send('POST', `/meetings/${other}/papers`, { fileId: await uploaded(desk) })
    expect((await send()).status).toBe(200)
    expect(await send()).toMatchObject({ status: 422, body: { code: 'meetings.too_many_papers' } })
  })
})

describe('a paper', () => {
  it('is opened by those who are called, of whatever branch, and by nobody else', async () => {
    const [paper] = await onPhone(called)
    const fileId = paper?.fileId ?? ''
    expect(await onPhone(guest)).toMatchObject([{ fileId }])
    expect([await opened(called, fileId), await opened(guest, fileId)]).toEqual([200, 200])
    expect([await opened(outsider, fileId), await opened(leftOut, fileId)]).toEqual([404, 404])
    expect(await onPhone(leftOut)).toEqual([])
  })

  it('is taken back with a reason, once, and then no longer shown or opened', async () => {
    const [paper] = await atDesk()
    const paperId = paper?.id ?? ''
    expect((await remove(called.client, paperId)).status).toBe(403)
    expect((await remove(desk, paperId, ' ')).status).toBe(400)
    expect(await remove(desk, crypto.randomUUID())).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_paper' },
    })
    expect((await remove(desk, paperId)).status).toBe(200)
    expect(await remove(desk, paperId)).toMatchObject({ status: 409, body: { code: 'meetings.paper_removed' } })
    expect(await atDesk()).toMatchObject([{ mayOpen: false, removed: { by: '王书记', reason: '换成定稿' } }])
    expect([await onPhone(called), await opened(called, paper?.fileId ?? '')]).toEqual([[], 404])
  })

  it('of an item that was taken off the agenda stays with the meeting', async () => {
    const made = await add(desk, { agendaId: items[0]?.id })
    const { version } = (await desk.send<{ version: number }>('GET', `/meetings/${id}`)).body
    const plan = planBody(f, secretary.id, { agenda: [{ id: items[1]?.id, title: '审议支部工作计划', votes: 'none' }] })
    const changed = await desk.send('PUT', `/meetings/${id}`, plan, { 'if-match': `"${version}"` })
    expect(changed.status).toBe(200)
    expect((await onPhone(called)).map((one) => [one.id, one.agendaId])).toEqual([[made.body.id, null]])
  })

  it('neither comes nor goes once the record is handed over for signature', async () => {
    f.setNow(at(-5))
    await desk.send('POST', `/meetings/${id}/open`, {})
    expect(
      (await called.client.send('POST', `/my/meetings/${id}/check-in`, { code: figures(f, id, at(-5)) })).status,
    ).toBe(200)
    f.setNow(at(100))
    expect((await desk.send('POST', `/meetings/${id}/close`, {})).status).toBe(200)
    const [left] = (await atDesk()).filter(({ removed }) => removed === null)
    expect((await desk.send('POST', `/meetings/${id}/submit`, {})).status).toBe(200)
    expect(await remove(desk, left?.id ?? '')).toMatchObject({ status: 409, body: { code: 'meetings.wrong_state' } })
    expect(await add(desk)).toMatchObject({ status: 409, body: { code: 'meetings.wrong_state' } })
    f.setNow(NOW)
  })
})
