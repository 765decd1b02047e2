import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'

type View = { id: string; name: string; seenBy: string; sharedBy: string | null; isDefault: boolean }

let f: Fixture
let faculty: Client
let colleague: Client
let teachers: Client
let medicine: Client
let member: Client

beforeAll(async () => {
  f = await openFixture()
  faculty = await f.signIn('party_worker', 'faculty', { name: '马书记' })
  colleague = await f.signIn('party_worker', 'faculty')
  teachers = await f.signIn('branch_secretary', 'teachers')
  medicine = await f.signIn('party_worker', 'medicine')
  member = await f.signIn('member', 'teachers', { reach: 'self' })
})

const LIST = '/saved-filters/transfers'
const viewsOf = async (client: Client) => (await client.send<{ rows: View[] }>('GET', LIST)).body.rows
const save = async (client: Client, name: string, seenBy?: string) =>
  (await client.send<{ id: string }>('PUT', LIST, { name, filter: { kind: 'out' }, ...(seenBy ? { seenBy } : {}) }))
    .body.id
const namesOf = async (client: Client) => (await viewsOf(client)).map(({ name }) => name)

describe('a shared view', () => {
  it('is refused to a member without a post, who keeps views alone', async () => {
    expect(await member.send('PUT', LIST, { name: '共用', filter: {}, seenBy: 'org' })).toMatchObject({
      status: 403,
      body: { code: 'settings.sharing_needs_post' },
    })
    await save(member, '我的')
    expect(await namesOf(member)).toEqual(['我的'])
    expect(await namesOf(faculty)).toEqual([])
  })

  it('is seen in its organisation, below only when it says so, and never beside', async () => {
    await save(faculty, '甲只给自己')
    await save(faculty, '乙给本组织', 'org')
    await save(faculty, '丙给下级', 'below')
    expect(await namesOf(colleague)).toEqual(['丙给下级', '乙给本组织'])
    expect(await namesOf(teachers)).toEqual(['丙给下级'])
    expect(await namesOf(medicine)).toEqual([])
    expect(await namesOf(member)).toEqual(['我的'])
    expect(await viewsOf(teachers)).toMatchObject([{ seenBy: 'below', sharedBy: '马书记', isDefault: false }])
  })

  it('is changed and removed by nobody but its owner', async () => {
    const [view] = await viewsOf(teachers)
    expect(await teachers.send('DELETE', `${LIST}/${view?.id}`)).toMatchObject({
      status: 404,
      body: { code: 'settings.not_found' },
    })
    await save(teachers, '丙给下级')
    expect((await viewsOf(faculty)).filter(({ name }) => name === '丙给下级')).toHaveLength(1)
  })

  it('leaves an event that says who shared what', async () => {
    const events = await f.admin
      .selectFrom('platform_event')
      .select(['payload', 'actor_id'])
      .where('type', '=', 'settings.view_shared')
      .execute()
    expect(events.map(({ payload }) => payload)).toContainEqual({ list: 'transfers', name: '丙给下级' })
    expect(new Set(events.map((one) => one.actor_id))).toEqual(new Set([faculty.personId]))
  })

  it('goes with its organisation when that moves', async () => {
    const row = await f.admin
      .selectFrom('settings_filter')
      .select(['org_id', 'org_path'])
      .where('name', '=', '乙给本组织')
      .executeTakeFirst()
    expect(row).toEqual({ org_id: f.orgs.faculty.id, org_path: f.orgs.faculty.path })
  })
})

describe('the view that a list opens with', () => {
  it('is refused for a view that the person does not see', async () => {
    const own = await save(medicine, '医学院自用')
    expect(await teachers.send('PUT', `${LIST}/default`, { id: own })).toMatchObject({
      status: 404,
      body: { code: 'settings.not_found' },
    })
  })

  it('is each person’s own choice, one a list, and may be taken back', async () => {
    const shared = (await viewsOf(colleague)).find(({ name }) => name === '乙给本组织')?.id ?? ''
    const other = (await viewsOf(colleague)).find(({ name }) => name === '丙给下级')?.id ?? ''
    await colleague.send('PUT', `${LIST}/default`, { id: shared })
    await colleague.send('PUT', `${LIST}/default`, { id: other })
    const chosen = async (client: Client) =>
      (await viewsOf(client)).filter(({ isDefault }) => isDefault).map(({ name }) => name)
    expect(await chosen(colleague)).toEqual(['丙给下级'])
    expect(await chosen(faculty)).toEqual([])
    expect((await colleague.send('PUT', `${LIST}/default`, { id: null })).status).toBe(200)
    expect(await chosen(colleague)).toEqual([])
  })
})

describe('a removed view', () => {
  it('is put back within a day, and not after', async () => {
    const id = await save(faculty, '丁', 'org')
    await faculty.send('DELETE', `${LIST}/${id}`)
    expect(await namesOf(colleague)).not.toContain('丁')
    expect((await colleague.send('POST', `${LIST}/${id}/restore`, {})).status).toBe(404)
    expect((await faculty.send('POST', `${LIST}/${id}/restore`, {})).status).toBe(200)
    expect(await namesOf(colleague)).toContain('丁')
    await faculty.send('DELETE', `${LIST}/${id}`)
    const yesterday = new Date(NOW.getTime() - 25 * 3600_000)
    await f.admin.updateTable('settings_filter').set({ removed_at: yesterday }).where('id', '=', id).execute()
    expect(await faculty.send('POST', `${LIST}/${id}/restore`, {})).toMatchObject({
      body: { code: 'settings.not_found' },
    })
  })

  it('gives its name free', async () => {
    const id = await save(faculty, '戊')
    await faculty.send('DELETE', `${LIST}/${id}`)
    await save(faculty, '戊')
    expect((await namesOf(faculty)).filter((name) => name === '戊')).toHaveLength(1)
  })
})
