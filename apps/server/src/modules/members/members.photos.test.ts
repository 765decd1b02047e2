import type { FindingRow, MemberPhoto, MemberRecord } from '@tongxin/contract'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type Change, type People, peopleOf } from '../../test/member-records.ts'
import { lookAgain } from './members.quality.jobs.ts'

let f: Fixture
let people: People
let first: string
let second: string
const UNKNOWN = '01890000-0000-7000-8000-000000000000'

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  people = await peopleOf(f)
  first = await people.registered({ name: '照片甲', idNumber: idOf('11010119850505211'), phone: null })
  second = await people.registered({ name: '照片乙', idNumber: idOf('11010119860606313'), phone: null })
})

/** A drawn face of nobody: ovals whose place tells two of them apart. */
const face = (at: number, width = 600) =>
  sharp({ create: { width: 600, height: 800, channels: 3, background: '#c0d0e8' } })
    .composite([
      { input: { create: { width: 120 + at, height: 300, channels: 3, background: '#402010' } }, left: at, top: 90 },
      { input: { create: { width: 260, height: 90, channels: 3, background: '#f0d0b0' } }, left: 500 - at, top: 500 },
    ])
    .png()
    .toBuffer()
    .then((drawn) => sharp(drawn).resize({ width }).jpeg({ quality: 70 }).toBuffer())

/** @returns the id of the upload */
async function uploaded(client: Client, bytes: Uint8Array, name = '证件照.jpg', purpose = 'photo'): Promise<string> {
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const base = { 'tus-resumable': '1.0.0', cookie: client.cookie }
  const metadata = `filename ${encoded(name)},purpose ${encoded(purpose)}`
  const created = await fetch(`${f.app.http.listeningOrigin}/api/v1/files`, {
    method: 'POST',
    headers: { ...base, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
  })
  const fileId = created.headers.get('location')?.split('/').at(-1) ?? ''
  await fetch(`${f.app.http.listeningOrigin}/api/v1/files/${fileId}`, {
    method: 'PATCH',
    headers: { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: new Uint8Array(bytes),
  })
  return fileId
}

const propose = (memberId: string, more: object, by = people.secretary) =>
  by.send<Change & { code: string }>('POST', '/member-changes', { kind: 'photo', memberId, ...more })
const recordOf = async (id: string) => (await people.secretary.send<MemberRecord>('GET', `/members/${id}`)).body
const bytesAt = async (client: Client, path: string) => {
  const answer = await fetch(`${f.app.http.listeningOrigin}/api/v1${path}`, { headers: { cookie: client.cookie } })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}
async function given(memberId: string, bytes: Uint8Array): Promise<void> {
  const made = await propose(memberId, { fileId: await uploaded(people.secretary, bytes) })
  expect(made).toMatchObject({ status: 200, body: { state: 'first_review' } })
  await people.approved(made.body.id)
}

describe('a photo', () => {
  it('is refused without a file, as a document, of an upload of somebody else, and where there is none to take out', async () => {
    const said = async (more: object) => (await propose(first, more)).body.code
    expect(await said({})).toBe('review.photo_missing')
    expect(await said({ fileId: null })).toBe('review.opinion_needed')
    expect(await said({ fileId: null, reason: '本人要求' })).toBe('review.nothing_changed')
    const paper = await uploaded(people.secretary, pdf('% paper'), '材料.pdf', 'document')
    expect(await said({ fileId: paper })).toBe('review.not_a_photo')
    expect(await said({ fileId: await uploaded(people.worker, await face(30)) })).toBe('files.not_found')
    const nurses = await f.signIn('branch_secretary', 'nurses')
    const theirs = { fileId: await uploaded(nurses, await face(40)) }
    expect((await propose(first, theirs, nurses)).body.code).toBe('members.not_found')
  })

  it('stands in the record once two others agreed, and in the collection form', async () => {
    const made = await propose(first, { fileId: await uploaded(people.secretary, await face(60)) })
    expect((await recordOf(first)).photo).toBeNull()
    const change = await people.worker.send<{ photo: object }>('GET', `/member-changes/${made.body.id}`)
    expect(change.body.photo).toEqual({ currentId: null, isNew: true })
    expect((await bytesAt(people.worker, `/member-changes/${made.body.id}/photo/large`)).status).toBe(200)
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await bytesAt(nurses, `/member-changes/${made.body.id}/photo/large`)).status).toBe(404)
    await people.approved(made.body.id)
    const photo = (await recordOf(first)).photo
    const shown = await bytesAt(people.secretary, `/members/${first}/photos/${photo?.id}/small`)
    expect(await sharp(shown.bytes).metadata()).toMatchObject({ format: 'jpeg', height: 360 })
    expect((await bytesAt(nurses, `/members/${first}/photos/${photo?.id}/small`)).status).toBe(404)
    expect(await people.secretary.send('GET', `/members/${first}/photos/${UNKNOWN}/small`)).toMatchObject({
      status: 404,
      body: { code: 'review.photo_gone' },
    })
    const admin = await f.signIn('committee_admin', 'committee')
    const form = { form: 'member', memberId: first, format: 'docx', language: 'zh-CN' }
    const printed = await fetch(`${f.app.http.listeningOrigin}/api/v1/members/print`, {
      method: 'POST',
      headers: { cookie: admin.cookie, 'content-type': 'application/json', 'idempotency-key': UNKNOWN },
      body: JSON.stringify(form),
    })
    expect(
      Object.keys(unzipSync(new Uint8Array(await printed.arrayBuffer()))).some((name) =>
        name.startsWith('word/media/'),
      ),
    ).toBe(true)
  })

  it('is not changed once handed in; another of the same hand takes its place, of another hand waits', async () => {
    const earlier = await propose(first, { fileId: await uploaded(people.secretary, await face(90)) })
    const { id } = earlier.body
    const edited = await people.secretary.send('PUT', `/member-changes/${id}`, { kind: 'photo' }, { 'if-match': '"1"' })
    expect(edited).toMatchObject({ status: 409, body: { code: 'review.photo_not_edited' } })
    const other = await f.signIn('branch_secretary', 'teachers')
    const theirs = await propose(first, { fileId: await uploaded(other, await face(120)) }, other)
    expect(theirs.body.code).toBe('review.already_open')
    const later = await propose(first, { fileId: await uploaded(people.secretary, await face(120)) })
    expect(later.status).toBe(200)
    expect((await people.secretary.send(`GET`, `/member-changes/${id}`)).body).toMatchObject({
      change: { state: 'withdrawn' },
    })
    const gone = (await recordOf(first)).photo?.id
    f.setNow(new Date(NOW.getTime() + 60_000))
    await people.approved(later.body.id)
    expect((await recordOf(first)).photo?.id).not.toBe(gone)
    const history = await people.secretary.send<{ rows: MemberPhoto[] }>('GET', `/members/${first}/photos`)
    expect(history.body.rows.map(({ until }) => until === null)).toEqual([true, false])
    expect(history.body.rows[0]).toMatchObject({ madeBy: '支部书记', setBy: '组织部' })
  })

  it('comes from the phone of the person too, who sees her own and no other', async () => {
    const self = await f.signIn('member', 'teachers', { memberId: second })
    await f.admin.updateTable('members_member').set({ person_id: self.personId }).where('id', '=', second).execute()
    const made = await self.send<Change>('POST', '/me/photo', { fileId: await uploaded(self, await face(150)) })
    expect(made).toMatchObject({ status: 200, body: { state: 'first_review' } })
    await people.approved(made.body.id)
    const mine = (await self.send<MemberRecord>('GET', '/me/record')).body.photo?.id
    expect((await bytesAt(self, `/me/photos/${mine}/large`)).status).toBe(200)
    const stranger = await f.signIn('member', 'students')
    const none = await stranger.send('POST', '/me/photo', { fileId: await uploaded(stranger, await face(10)) })
    expect(none).toMatchObject({ body: { code: 'members.no_record' } })
    const id = (await recordOf(first)).photo?.id
    expect((await bytesAt(stranger, `/me/photos/${id}/small`)).status).toBe(404)
  })

  it('is taken out with a reason', async () => {
    const made = await propose(first, { fileId: null, reason: '本人要求撤下' })
    await people.approved(made.body.id)
    expect((await recordOf(first)).photo).toBeNull()
  })
})

describe('the same photo in two records', () => {
  const findings = async (by = people.secretary) =>
    (await by.send<{ rows: FindingRow[] }>('GET', '/member-findings?code=photo_repeated&state=open')).body.rows
  const look = async () => {
    await f.deliver()
    await lookAgain(f.platform, NOW)
  }

  it('is a doubt about both, each naming the other, also at another size and quality', async () => {
    await given(first, await face(200))
    await given(second, await face(20))
    await look()
    expect(await findings()).toEqual([])
    await given(second, await face(200, 350))
    await look()
    const found = await findings()
    expect(found.map(({ memberId, others, amount }) => [memberId, others.map(({ name }) => name), amount])).toEqual(
      expect.arrayContaining([
        [first, ['照片乙'], 2],
        [second, ['照片甲'], 2],
      ]),
    )
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect(await findings(nurses)).toEqual([])
  })

  it('is mended in both once one of them has another', async () => {
    await given(second, await face(20))
    await look()
    expect(await findings()).toEqual([])
  })
})
