import type { Dossier, LackingRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { type People, peopleOf } from '../../test/member-records.ts'

let f: Fixture
let people: People
let secretary: Client
let memberId: string

const UNKNOWN = '00000000-0000-7000-8000-000000000009'

beforeAll(async () => {
  f = await openFixture()
  people = await peopleOf(f)
  secretary = people.secretary
  memberId = await people.registered({ name: '纸档案', idNumber: idOf('11010119850505211'), phone: null })
})

const read = async (by = secretary) => (await by.send<Dossier>('GET', `/members/${memberId}/dossier`)).body
const post = <T = { id: string; code: string }>(what: string, body: object, by = secretary) =>
  by.send<T>('POST', `/members/${memberId}/dossier/${what}`, body)
const paper = { document: 'application_form', on: '2012-05-20', pages: 12, form: 'original' }

describe('the folder', () => {
  it('refuses who may not write, and what is outside the scope', async () => {
    const place = { place: '学院档案室' }
    const path = `/members/${memberId}/dossier/place`
    expect((await f.stranger.send('PUT', path, place)).status).toBe(401)
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect(await nurses.send('PUT', path, place)).toMatchObject({ status: 404, body: { code: 'members.not_found' } })
    expect((await nurses.send('GET', `/members/${memberId}/dossier`)).status).toBe(404)
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await leader.send('PUT', path, place)).status).toBe(403)
  })

  it('says where it lies and changes the place', async () => {
    const set = (body: object) => secretary.send('PUT', `/members/${memberId}/dossier/place`, body)
    expect((await read()).folder).toBeNull()
    expect((await set({ place: '学院档案室', cabinet: '3', box: '12' })).status).toBe(200)
    expect((await set({ place: '校档案馆', volume: '0087' })).status).toBe(200)
    expect((await read()).folder).toMatchObject({ place: '校档案馆', cabinet: null, box: null, volume: '0087' })
  })
})

describe('the papers of a folder', () => {
  it('refuse a date in the future and an unknown paper', async () => {
    expect(await post('papers', { ...paper, on: '2027-01-01' })).toMatchObject({
      status: 422,
      body: { code: 'dossier.date_in_future', fields: [{ field: '/body/on' }] },
    })
    expect((await post('papers', { ...paper, document: 'diary' })).status).toBe(400)
    expect(await post(`papers/${UNKNOWN}/remove`, { reason: '误登' })).toMatchObject({
      status: 404,
      body: { code: 'dossier.paper_not_found' },
    })
  })

  it('are missing until they are entered, and again once they are taken out', async () => {
    expect((await read()).missing).toContain('application_form')
    const { body } = await post('papers', paper)
    expect(await read()).toMatchObject({
      papers: [{ document: 'application_form', pages: 12, form: 'original', removedReason: null }],
      missing: expect.not.arrayContaining(['application_form']),
    })
    expect((await post(`papers/${body.id}/remove`, { reason: '移交校档案馆' })).status).toBe(200)
    expect(await post(`papers/${body.id}/remove`, { reason: '再移一次' })).toMatchObject({
      body: { code: 'dossier.paper_removed' },
    })
    expect(await read()).toMatchObject({
      papers: [{ removedReason: '移交校档案馆' }],
      missing: expect.arrayContaining(['application_form']),
    })
  })
})

describe('the list of missing papers', () => {
  const list = async (query: string, by = secretary) =>
    (await by.send<{ rows: LackingRow[]; next: string | null; code: string }>('GET', `/member-papers?${query}`)).body
  const rowOf = async (query = 'limit=100') => (await list(query)).rows.find(({ id }) => id === memberId)

  it('refuses a unit outside the scope, an unknown paper, and an export without the post or a purpose', async () => {
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await list(`orgId=${f.orgs.teachers.id}`, nurses)).code).toBe('members.org_not_found')
    expect((await secretary.send('GET', '/member-papers?document=diary')).status).toBe(400)
    const body = { filter: {}, format: 'xlsx', language: 'zh-CN', purpose: '补齐档案' }
    const leader = await f.signIn('group_leader', 'teachers')
    expect((await leader.send('POST', '/member-papers/export', body)).status).toBe(403)
    const { purpose: _, ...without } = body
    expect((await people.approver.send('POST', '/member-papers/export', without)).status).toBe(400)
  })

  it('names whose folder lacks what, within the scope alone, and follows what is entered', async () => {
    const before = await rowOf()
    expect(before).toMatchObject({ name: '纸档案', place: '校档案馆 · 0087' })
    expect(before?.missing).toEqual((await read()).missing)
    expect(before?.missing).toContain('vetting')
    await post('papers', { ...paper, document: 'vetting' })
    expect((await rowOf())?.missing).not.toContain('vetting')
    expect(await rowOf('document=vetting&limit=100')).toBeUndefined()
    expect(await rowOf('category=applicant&limit=100')).toBeUndefined()
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await list('limit=100', nurses)).rows.some(({ id }) => id === memberId)).toBe(false)
    for (const document of before?.missing ?? []) await post('papers', { ...paper, document })
    expect(await rowOf()).toBeUndefined()
  })

  it('goes out as a workbook and as a register, each with its purpose on record', async () => {
    for (const format of ['xlsx', 'pdf'] as const) {
      const body = { filter: {}, format, language: 'zh-CN', purpose: '补齐档案' }
      const { status, body: file } = await people.approver.send<string>('POST', '/member-papers/export', body)
      expect(status).toBe(200)
      expect(file.slice(0, 2)).toBe(format === 'xlsx' ? 'PK' : '%P')
    }
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['reason', 'payload'])
      .where('type', '=', 'members.lacking_exported')
      .execute()
    expect(events).toMatchObject([
      { reason: '补齐档案', payload: { format: 'xlsx' } },
      { reason: '补齐档案', payload: { format: 'pdf' } },
    ])
  })
})
