import type { MeetingPhoto } from '@tongxin/contract'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let secretary: Member
let desk: Client
let recorder: Member
let member: Member
let id = ''
const NOBODY = '01890000-0000-7000-8000-000000000000'

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  recorder = await plantMember(f, 'teachers', '记录人')
  member = await plantMember(f, 'teachers', '李同志')
  id = await convened(desk, planBody(f, secretary.id, { recorderId: recorder.id, agenda: [] }))
})

let shade = 0
/** A camera's picture with what a camera writes into it, or the bytes given; over tus. @returns the id of the upload */
async function uploaded(client: Client, name = '会场.jpg', purpose = 'photo', given?: Uint8Array): Promise<string> {
  shade += 7
  const background = { r: shade % 256, g: 90, b: 120 }
  const camera = sharp({ create: { width: 2400, height: 1600, channels: 3, background } })
  const exif = { IFD0: { Make: 'SecretCamera' }, IFD3: { GPSLatitude: '31/1 14/1 0/1' } }
  const bytes = given ?? (await camera.withExif(exif).jpeg({ quality: 60 }).toBuffer())
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const base = { 'tus-resumable': '1.0.0', cookie: client.cookie }
  const origin = f.app.http.listeningOrigin
  const created = await fetch(`${origin}/api/v1/files`, {
    method: 'POST',
    headers: {
      ...base,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${encoded(name)},purpose ${encoded(purpose)}`,
    },
  })
  const fileId = created.headers.get('location')?.split('/').at(-1) ?? ''
  const headers = { ...base, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await fetch(`${origin}/api/v1/files/${fileId}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) })
  return fileId
}

type Added = { id: string; signaturesVoided: number; code?: string }
const add = async (client: Client, more: object = {}, of = `/meetings/${id}`) =>
  client.send<Added>('POST', `${of}/photos`, { fileId: await uploaded(client), caption: '会场全景', ...more })
const photos = async (client = desk, of = `/meetings/${id}`) =>
  (await client.send<{ photos: MeetingPhoto[] }>('GET', of)).body.photos
const bytesOf = async (client: Client, path: string) => {
  const answer = await fetch(`${f.app.http.listeningOrigin}/api/v1${path}`, { headers: { cookie: client.cookie } })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}

describe('pictures of a record', () => {
  it('are refused before the meeting, of other branches, of strangers and of members who do not keep the record', async () => {
    const body = { fileId: await uploaded(desk), caption: '会场' }
    expect((await f.stranger.send('POST', `/meetings/${id}/photos`, body)).status).toBe(401)
    expect((await member.client.send('POST', `/meetings/${id}/photos`, body)).status).toBe(403)
    const foreign = await f.signIn('branch_secretary', 'students')
    expect((await foreign.send('POST', `/meetings/${id}/photos`, body)).body).toMatchObject({
      code: 'meetings.not_found',
    })
    expect((await desk.send('POST', `/meetings/${id}/photos`, body)).body).toMatchObject({
      code: 'meetings.wrong_state',
    })
    expect((await add(member.client, {}, `/my/meetings/${id}`)).body).toMatchObject({ code: 'meetings.not_the_keeper' })
    const outsider = await plantMember(f, 'students', '外支部')
    expect((await add(outsider.client, {}, `/my/meetings/${id}`)).body).toMatchObject({ code: 'meetings.not_found' })
  })

  it('are refused without a caption, as a document, and of an upload of somebody else', async () => {
    f.setNow(at(5))
    expect((await desk.send('POST', `/meetings/${id}/open`, {})).status).toBe(200)
    expect((await add(desk, { caption: ' ' })).status).toBe(400)
    const paper = await uploaded(desk, '计划.pdf', 'document', pdf('% plan'))
    expect((await add(desk, { fileId: paper })).body).toMatchObject({ code: 'meetings.not_a_picture' })
    expect((await add(desk, { fileId: await uploaded(member.client) })).body).toMatchObject({ code: 'files.not_found' })
  })

  it('come from desk and phone, in order, without what the camera wrote into them', async () => {
    expect((await add(desk)).status).toBe(200)
    expect((await add(recorder.client, { caption: '举手表决' }, `/my/meetings/${id}`)).status).toBe(200)
    const shown = await photos()
    expect(shown.map(({ caption, addedBy }) => [caption, addedBy])).toEqual([
      ['会场全景', '王书记'],
      ['举手表决', '记录人'],
    ])
    expect(await photos(recorder.client, `/my/meetings/${id}`)).toHaveLength(2)
    const photo = `/meetings/${id}/photos/${shown[0]?.id}`
    const { bytes } = await bytesOf(desk, `${photo}/small`)
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 480, height: 320 })
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    const kept = await bytesOf(desk, `/files/${shown[0]?.fileId}/content`)
    expect(kept.bytes.includes('SecretCamera')).toBe(false)
    expect((await bytesOf(recorder.client, `/my${photo}/large`)).status).toBe(200)
  })

  it('are not seen by the others who are called until the record is filed', async () => {
    const [first] = await photos()
    expect(await photos(member.client, `/my/meetings/${id}`)).toEqual([])
    expect((await bytesOf(member.client, `/my/meetings/${id}/photos/${first?.id}/small`)).status).toBe(404)
    expect((await bytesOf(desk, `/meetings/${id}/photos/${NOBODY}/small`)).status).toBe(404)
  })

  it('are arranged as a whole: a list that leaves one out is refused', async () => {
    const shown = await photos()
    const turned = shown.toReversed().map((photo) => ({ id: photo.id, caption: `${photo.caption}（改）` }))
    const send = (list: object[], client = desk, of = `/meetings/${id}`) =>
      client.send<Added>('PUT', `${of}/photos`, { photos: list })
    expect((await send(turned.slice(1))).body).toMatchObject({ code: 'meetings.photos_changed' })
    expect((await send([turned[0] ?? {}, turned[0] ?? {}])).body).toMatchObject({ code: 'meetings.photos_changed' })
    expect((await send(turned, recorder.client, `/my/meetings/${id}`)).status).toBe(200)
    expect((await photos()).map(({ caption }) => caption)).toEqual(['举手表决（改）', '会场全景（改）'])
  })

  it('are nine at most; one taken out with its reason makes room', async () => {
    while ((await photos()).length < 9) expect((await add(desk)).status).toBe(200)
    expect((await add(desk)).body).toMatchObject({ code: 'meetings.too_many_photos' })
    const last = (await photos()).at(-1)
    const take = (photoId: string | undefined, reason: string) =>
      desk.send<Added>('POST', `/meetings/${id}/photos/${photoId}/remove`, { reason })
    expect((await take(last?.id, ' ')).status).toBe(400)
    expect((await take(last?.id, '有人闭眼')).status).toBe(200)
    expect((await take(last?.id, '有人闭眼')).body).toMatchObject({ code: 'meetings.no_such_photo' })
    expect((await add(desk, { caption: '合影' })).status).toBe(200)
    expect((await photos()).at(-1)?.caption).toBe('合影')
  })

  it('belong to what is signed: a change voids signatures, and filing closes them', async () => {
    f.setNow(at(100))
    const hash = async () => (await desk.send<{ recordHash: string }>('GET', `/meetings/${id}`)).body.recordHash
    const submitAndSign = async (...clients: Client[]) => {
      expect((await desk.send('POST', `/meetings/${id}/submit`, {})).status).toBe(200)
      const recordHash = await hash()
      for (const client of clients)
        expect((await client.send('POST', `/meetings/${id}/sign`, { recordHash })).status).toBe(200)
      return recordHash
    }
    expect((await desk.send('POST', `/meetings/${id}/close`, {})).status).toBe(200)
    const before = await submitAndSign(desk)
    const [first] = await photos()
    const removed = await desk.send<Added>('POST', `/meetings/${id}/photos/${first?.id}/remove`, { reason: '重复' })
    expect(removed.body.signaturesVoided).toBe(1)
    expect(await submitAndSign(desk, recorder.client)).not.toBe(before)
    expect((await desk.send('POST', `/meetings/${id}/archive`, {})).status).toBe(200)
    expect((await add(desk)).body).toMatchObject({ code: 'meetings.wrong_state' })
    expect((await add(recorder.client, {}, `/my/meetings/${id}`)).body).toMatchObject({ code: 'meetings.wrong_state' })
    expect(await photos(member.client, `/my/meetings/${id}`)).toHaveLength(8)
  })

  it('are printed with the minutes in both formats', async () => {
    const print = (format: string) =>
      fetch(`${f.app.http.listeningOrigin}/api/v1/meetings/${id}/print/minutes`, {
        method: 'POST',
        headers: { cookie: desk.cookie, 'content-type': 'application/json', origin: f.platform.publicOrigin },
        body: JSON.stringify({ format }),
      })
    const word = await print('docx')
    expect(word.status).toBe(200)
    const parts = Object.keys(unzipSync(new Uint8Array(await word.arrayBuffer())))
    expect(parts.filter((name) => name.startsWith('word/media/'))).toHaveLength(8)
    const paper = Buffer.from(await (await print('pdf')).arrayBuffer()).toString('latin1')
    expect(paper.match(/\/Subtype \/Image/g)).toHaveLength(8)
  })
})
