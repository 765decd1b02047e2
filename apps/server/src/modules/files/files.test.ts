import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FILE_FAULT_CODES, type FileFacts, filesRefusals } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { office, pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW } from '../../test/fixture.ts'
import { idIn, openUploads } from '../../test/uploads.ts'
import { clearAbandoned } from './files.jobs.ts'
import { demandUsable } from './files.service.ts'
import { attachFile, filesOfSubject } from './index.ts'

type Uploads = Awaited<ReturnType<typeof openUploads>>
let f: Fixture
let owner: Client
let neighbour: Client
let create: Uploads['create']
let append: Uploads['append']
let incoming: Uploads['incoming']
let upload: Uploads['upload']
let usageOf: Uploads['usageOf']
let under: Uploads['under']

beforeAll(async () => {
  const opened = await openUploads()
  ;({ f, owner, neighbour, create, append, incoming, upload, usageOf, under } = opened)
  return opened.close
})

describe('quarantine', () => {
  it('rejects what the checks refuse, keeps nothing of it and returns its bytes', async () => {
    const before = await usageOf(owner.personId)
    const facts = await upload(owner, '决议.docx', office('docx', { 'word/vbaProject.bin': Buffer.from('x') }))
    expect(facts).toMatchObject({ state: 'rejected', fault: 'macros', mayOpen: false })
    expect(await usageOf(owner.personId)).toBe(before)
    expect(readdirSync(incoming()).filter((name) => name.startsWith(facts.id))).toEqual([])
    expect(await owner.send('GET', `/files/${facts.id}/content`)).toMatchObject({ status: 422 })
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['type', 'payload'])
      .where('subject_id', '=', facts.id)
      .execute()
    expect(events).toEqual([{ type: 'files.file_rejected', payload: { fault: 'macros' } }])
  })

  it('rejects what the scanner finds', async () => {
    expect(await upload(owner, 'a.pdf', pdf('% EVIL'))).toMatchObject({ state: 'rejected', fault: 'infected' })
  })

  it('holds what the scanner did not answer for, where the installation says so', async () => {
    const facts = await upload(owner, 'a.pdf', pdf('% SILENCE'))
    expect(facts).toMatchObject({ state: 'unscanned', fault: null, mayOpen: false })
    const answer = await owner.send<string>('GET', `/files/${facts.id}/content`)
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({ code: 'files.held' })
  })

  it('keeps equal bytes once', async () => {
    const bytes = pdf('% the same twice')
    const facts = [await upload(owner, 'a.pdf', bytes), await upload(neighbour, 'b.pdf', bytes)]
    const rows = await f.admin
      .selectFrom('files_file')
      .select('sha256')
      .where(
        'id',
        'in',
        facts.map(({ id }) => id),
      )
      .execute()
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(1)
    const sum = rows[0]?.sha256 ?? ''
    const kept = join(f.platform.dataDir, 'files', 'kept', f.tenantId, sum.slice(0, 2), sum)
    expect(readFileSync(kept).equals(bytes)).toBe(true)
    expect(statSync(kept).nlink).toBe(1)
  })

  it('has a refusal for every reason', () => {
    const codes = [
      'files.empty',
      'files.too_large',
      'files.name_unusable',
      'files.type_not_allowed',
      'files.extension_mismatch',
      'files.damaged',
      'files.encrypted',
      'files.macros',
      'files.active_content',
      'files.unpacks_too_large',
      'files.image_too_large',
      'files.too_slow',
      'files.infected',
      'files.abandoned',
    ]
    expect(FILE_FAULT_CODES.map((fault) => `files.${fault}`)).toEqual(codes)
    for (const fault of FILE_FAULT_CODES) {
      const row = { state: 'rejected', fault } as Parameters<typeof demandUsable>[0]
      expect(() => demandUsable(row, true)).toThrow(filesRefusals[fault]())
    }
  })
})

describe('GET /files/:id/content', () => {
  it('refuses the signed out, strangers, unfinished uploads and other organisations', async () => {
    const facts = await upload(owner, '决议.pdf', pdf('% private'))
    expect((await f.stranger.send('GET', `/files/${facts.id}/content`)).status).toBe(401)
    const admin = await f.signIn('committee_admin', 'committee')
    for (const client of [neighbour, admin]) {
      expect(await client.send('GET', `/files/${facts.id}/content`)).toMatchObject({
        status: 404,
        body: { code: 'files.not_found' },
      })
      expect(await client.send('GET', `/files/${facts.id}`)).toMatchObject({
        status: 404,
        body: { code: 'files.not_found' },
      })
    }
    const open = idIn(await create(owner, 'a.pdf', 10))
    expect(await owner.send('GET', `/files/${open}/content`)).toMatchObject({
      status: 409,
      body: { code: 'files.still_pending' },
    })
    expect((await owner.send('GET', '/files/nothing/content')).status).toBe(404)
    // Without a content origin the path for it does not exist.
    expect((await owner.send('GET', '/files/content/abc')).status).toBe(404)
  })

  it('serves the owner an attachment that nothing may run', async () => {
    const bytes = pdf('% mine')
    const facts = await upload(owner, '支部 决议.pdf', bytes)
    const answer = await owner.send<string>('GET', `/files/${facts.id}/content`)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('支部 决议.pdf')}`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-length': String(bytes.length),
      'cache-control': 'private, no-store',
    })
    expect(answer.body).toBe(bytes.toString())
  })

  it('opens an attached file to those who may read the record, and writes down who did', async () => {
    const facts = await upload(owner, '会议照片.pdf', pdf('% attached'))
    const { id: orgId, path: orgPath } = f.orgs.teachers
    const subject = { kind: 'meeting', id: uuidv7(), orgId, orgPath, readPermission: 'meetings.read' }
    await expect(under(neighbour, (ctx) => attachFile(ctx, facts.id, subject))).rejects.toMatchObject({
      code: 'files.not_found',
    })
    await under(owner, (ctx) => attachFile(ctx, facts.id, subject))
    await expect(under(owner, (ctx) => attachFile(ctx, facts.id, subject))).rejects.toMatchObject({
      code: 'files.already_attached',
    })
    expect((await under(owner, (ctx) => filesOfSubject(ctx, 'meeting', subject.id, true))).map(({ id }) => id)).toEqual(
      [facts.id],
    )
    const secretary = await f.signIn('branch_secretary', 'teachers')
    expect((await secretary.send('GET', `/files/${facts.id}/content`)).status).toBe(200)
    expect((await neighbour.send('GET', `/files/${facts.id}/content`)).status).toBe(404)
    const member = await f.signIn('member', 'teachers')
    expect((await member.send('GET', `/files/${facts.id}/content`)).status).toBe(404)
    const opened = await f.admin
      .selectFrom('platform_event')
      .select('actor_id')
      .where('subject_id', '=', facts.id)
      .where('type', '=', 'files.file_opened')
      .execute()
    expect(opened).toEqual([{ actor_id: secretary.personId }])
  })
})

describe('uploads that nobody finished', () => {
  it('are cleared after a day with their bytes and reservation', async () => {
    const person = await f.signIn('branch_secretary', 'retired')
    const id = idIn(await create(person, 'a.pdf', 100))
    await append(person, id, 0, Buffer.alloc(10))
    const job = (now: Date) => clearAbandoned({ platform: f.platform, now, signal: new AbortController().signal })
    await job(new Date(NOW.getTime() + 23 * 3600_000))
    expect((await person.send<FileFacts>('GET', `/files/${id}`)).body.state).toBe('pending')
    await job(new Date(NOW.getTime() + 25 * 3600_000))
    expect((await person.send<FileFacts>('GET', `/files/${id}`)).body).toMatchObject({
      state: 'rejected',
      fault: 'abandoned',
    })
    expect(readdirSync(incoming()).filter((name) => name.startsWith(id))).toEqual([])
    expect(await usageOf(person.personId)).toBe(0)
  })

  it('leave no bytes behind when the server ended before it had tidied up', async () => {
    const person = await f.signIn('branch_secretary', 'retired')
    const waiting = idIn(await create(person, 'b.pdf', 100))
    await append(person, waiting, 0, Buffer.alloc(10))
    const [orphan, fresh] = [crypto.randomUUID(), crypto.randomUUID()]
    for (const name of [orphan, `${orphan}.json`, fresh]) writeFileSync(join(incoming(), name), 'x')
    const touched = (id: string, at: number) => utimesSync(join(incoming(), id), new Date(at), new Date(at))
    touched(orphan, NOW.getTime() - 25 * 3600_000)
    touched(waiting, NOW.getTime() - 25 * 3600_000)
    touched(fresh, NOW.getTime() - 3600_000)
    await clearAbandoned({ platform: f.platform, now: NOW, signal: new AbortController().signal })
    const left = readdirSync(incoming())
    expect(left.filter((name) => name.startsWith(orphan))).toEqual([])
    expect(left).toEqual(expect.arrayContaining([waiting, fresh]))
  })
})
