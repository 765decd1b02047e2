import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { rebuildCounts } from '../members/index.ts'
import { forgetRows, resumeBatches, whenIdle } from './index.ts'

const acceptance = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../../../../test-data/acceptance/${name}`, import.meta.url)))
type Batch = {
  id: string
  state: string
  totals: object
  plan: object
  units: { name: string; parentName: string }[]
  rowsHash: string
  people: number
  done: number
  columns: Record<string, number>
  headings: string[]
  refusal: { code: string } | null
  can: Record<string, boolean>
  existing: string
}
type Rows = { rows: { row: number; outcome: string; name: string; problems: string[] }[]; next: number | null }

let f: Fixture
let maker: Client
let checker: Client

beforeAll(async () => {
  f = await openFixture()
  maker = await f.signIn('committee_admin', 'committee', { name: '制作人' })
  checker = await f.signIn('committee_admin', 'committee', { name: '审核人' })
})

async function upload(
  client: Client,
  file: Buffer,
  fileName: string,
  more = '',
): Promise<Answer<Batch & { code: string }>> {
  return client.send('POST', `/imports?fileName=${encodeURIComponent(fileName)}${more}`, file, {
    'content-type': 'application/octet-stream',
  })
}

async function applied(batch: Batch, existing: 'skip' | 'update' = 'skip'): Promise<Batch> {
  expect((await maker.send('POST', `/imports/${batch.id}/submit`, { existing })).status).toBe(200)
  const confirmed = await checker.send<Batch>('POST', `/imports/${batch.id}/approve`, { rowsHash: batch.rowsHash })
  expect(confirmed).toMatchObject({ status: 200, body: { state: 'applying' } })
  await whenIdle()
  await f.deliver()
  return (await checker.send<Batch>('GET', `/imports/${batch.id}`)).body
}

const csv = (...rows: string[]): Buffer =>
  Buffer.from(['姓名,公民身份号码,党支部,人员类别,入党日期,手机号码', ...rows].join('\r\n'))
const person = (name: string, seventeen: string, branch = '机械学院教工党支部', phone = '') =>
  `${name},${idOf(seventeen)},${branch},正式党员,2012-06-01,${phone}`

describe('an upload', () => {
  const small = csv(person('周一', '11010119800101101'))

  it('is refused to the signed out, to those without the permission, and without a file', async () => {
    expect((await upload(f.stranger, small, 'a.csv')).status).toBe(401)
    expect(await upload(await f.signIn('group_leader', 'teachers'), small, 'a.csv')).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    expect(await upload(maker, Buffer.alloc(0), 'a.csv')).toMatchObject({
      status: 422,
      body: { code: 'imports.file_empty' },
    })
    expect((await maker.send('POST', '/imports?fileName=a.csv', { rows: [] })).status).toBe(415)
  })

  it('is refused when it is no roster, saying why', async () => {
    expect(
      await upload(maker, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.alloc(600)]), 'a.xls'),
    ).toMatchObject({ status: 422, body: { code: 'imports.legacy_workbook' } })
    expect(await upload(maker, Buffer.from('品名,数量\r\n苹果,3'), 'a.csv')).toMatchObject({
      status: 422,
      body: { code: 'imports.no_table' },
    })
    expect(await upload(maker, Buffer.alloc(31 * 1024 * 1024, 'a'), 'a.csv')).toMatchObject({
      status: 422,
      body: { code: 'imports.file_too_large' },
    })
    expect(await f.admin.selectFrom('imports_batch').select('id').execute()).toEqual([])
  })

  it('refuses a correction of columns that names none for the ID number, or one twice', async () => {
    const columns = (mapping: object) => `&columns=${encodeURIComponent(JSON.stringify(mapping))}`
    for (const mapping of [{ name: 0 }, { name: 0, idNumber: 0 }, { name: 0, idNumber: 1, org_path: 2 }]) {
      expect(await upload(maker, small, 'a.csv', columns(mapping))).toMatchObject({
        status: 422,
        body: { code: 'imports.columns_wrong' },
      })
    }
  })

  it('rejects people of branches out of the scope, one row at a time', async () => {
    const secretary = await f.signIn('branch_secretary', 'teachers')
    const { body } = await upload(
      secretary,
      csv(person('周一', '11010119800101101'), person('周二', '11010119800202202', '机械学院学生党支部')),
      'b.csv',
    )
    expect(body.totals).toEqual({ accept: 1, warn: 0, reject: 1 })
    const { body: rows } = await secretary.send<Rows>('GET', `/imports/${body.id}/rows`)
    expect(rows.rows).toMatchObject([{ row: 3, outcome: 'reject', problems: ['branch.unknown'] }])
    expect((await (await f.signIn('branch_secretary', 'nurses')).send('GET', `/imports/${body.id}`)).status).toBe(404)
  })

  it('remembers a correction of the columns for the same headings', async () => {
    const odd = (name: string) =>
      Buffer.from(
        `姓名,公民身份号码,党支部,人员类别,甲,手机号码\r\n${name},${idOf('11010119810101101')},机械学院教工党支部,正式党员,2015-07-01,`,
      )
    const first = await upload(maker, odd('吴一'), 'c.csv')
    expect(first.body.columns.joinedOn).toBeUndefined()
    const corrected = await upload(
      maker,
      odd('吴一'),
      'c.csv',
      `&columns=${encodeURIComponent(JSON.stringify({ ...first.body.columns, joinedOn: 4 }))}`,
    )
    expect(corrected.body.columns.joinedOn).toBe(4)
    expect((await upload(maker, odd('吴二'), 'd.csv')).body.columns.joinedOn).toBe(4)
  })
})

describe('a confirmation', () => {
  it('is given by another person, to the very rows that were shown', async () => {
    const { body: batch } = await upload(maker, csv(person('郑一', '11010119820101101')), 'e.csv')
    const approve = (client: Client, rowsHash = batch.rowsHash) =>
      client.send('POST', `/imports/${batch.id}/approve`, { rowsHash })
    expect(await approve(checker)).toMatchObject({ status: 409, body: { code: 'imports.wrong_state' } })
    await maker.send('POST', `/imports/${batch.id}/submit`, { existing: 'skip' })
    expect(await maker.send('POST', `/imports/${batch.id}/submit`, { existing: 'skip' })).toMatchObject({
      status: 409,
      body: { code: 'imports.wrong_state' },
    })
    expect(await approve(maker)).toMatchObject({ status: 403, body: { code: 'imports.maker_checks' } })
    expect(await approve(await f.signIn('party_worker', 'committee'))).toMatchObject({
      status: 403,
      body: { code: 'request.not_permitted' },
    })
    expect(await approve(checker, '0'.repeat(64))).toMatchObject({
      status: 409,
      body: { code: 'imports.rows_changed' },
    })
    expect(await checker.send('POST', `/imports/${batch.id}/return`, { opinion: '少了退休支部' })).toMatchObject({
      status: 200,
      body: { state: 'returned', opinion: '少了退休支部' },
    })
    expect(await checker.send('POST', `/imports/${batch.id}/withdraw`, {})).toMatchObject({ status: 404 })
    expect(await maker.send('POST', `/imports/${batch.id}/withdraw`, {})).toMatchObject({
      body: { state: 'withdrawn' },
    })
  })

  it('needs somebody to register', async () => {
    const { body: batch } = await upload(maker, csv('郑二,,机械学院教工党支部,正式党员,2012-06-01,'), 'f.csv')
    expect(await maker.send('POST', `/imports/${batch.id}/submit`, { existing: 'skip' })).toMatchObject({
      status: 422,
      body: { code: 'imports.nobody_to_register' },
    })
  })

  it('writes nothing when somebody was registered in the meantime', async () => {
    const rows = csv(person('冯一', '11010119830101101'), person('冯二', '11010119830202202'))
    const [one, two] = [
      (await upload(maker, rows, 'g.csv')).body,
      (await upload(maker, csv(person('冯二', '11010119830202202')), 'h.csv')).body,
    ]
    expect((await applied(two)).state).toBe('applied')
    const failed = await applied(one)
    expect(failed).toMatchObject({ state: 'failed', refusal: { code: 'imports.registered_meanwhile' }, done: 0 })
    expect(
      (await checker.send<{ rows: object[] }>('GET', `/members?search=${encodeURIComponent('冯一')}`)).body.rows,
    ).toEqual([])
  })

  it('that is repeated changes nothing', async () => {
    const { body: batch } = await upload(maker, csv(person('陈一', '11010119840101101')), 'i.csv')
    await applied(batch)
    expect(await checker.send('POST', `/imports/${batch.id}/approve`, { rowsHash: batch.rowsHash })).toMatchObject({
      status: 200,
      body: { state: 'applied' },
    })
    expect(
      (await checker.send<{ rows: object[] }>('GET', `/members?search=${encodeURIComponent('陈一')}`)).body.rows,
    ).toHaveLength(1)
  })

  it('goes on after a process died', async () => {
    const { body: batch } = await upload(maker, csv(person('褚一', '11010119850101101')), 'j.csv')
    await maker.send('POST', `/imports/${batch.id}/submit`, { existing: 'skip' })
    await f.admin
      .updateTable('imports_batch')
      .set({ state: 'applying', checked_by: checker.personId, checked_at: NOW, claimed_at: NOW })
      .where('id', '=', batch.id)
      .execute()
    await resumeBatches(f.platform)
    expect((await checker.send<Batch>('GET', `/imports/${batch.id}`)).body.state).toBe('applying')
    await f.admin
      .updateTable('imports_batch')
      .set({ claimed_at: new Date(NOW.getTime() - 11 * 60_000) })
      .where('id', '=', batch.id)
      .execute()
    await resumeBatches(f.platform)
    expect((await checker.send<Batch>('GET', `/imports/${batch.id}`)).body.state).toBe('applied')
  })
})

describe('people registered already', () => {
  it('are skipped or updated as the maker said, and told as such', async () => {
    await applied((await upload(maker, csv(person('卫一', '11010119860101101')), 'k.csv')).body)
    const again = Buffer.from(
      `姓名,公民身份号码,党支部,人员类别,入党日期,工作单位\r\n卫一,${idOf('11010119860101101')},机械学院教工党支部,正式党员,2012-06-01,实验中心`,
    )
    const { body: batch } = await upload(maker, again, 'l.csv')
    expect(batch.plan).toEqual({ register: 0, existing: 1, elsewhere: 0 })
    expect((await maker.send<Rows>('GET', `/imports/${batch.id}/rows`)).body.rows).toMatchObject([
      { outcome: 'skip', problems: ['id.already_registered'] },
    ])
    const done = await applied(batch, 'update')
    expect(done).toMatchObject({ state: 'applied', existing: 'update' })
    const { rows } = (
      await checker.send<{ rows: { id: string; version: number }[] }>(
        'GET',
        `/members?search=${encodeURIComponent('卫一')}`,
      )
    ).body
    expect(await checker.send('GET', `/members/${rows[0]?.id}`)).toMatchObject({
      body: { fields: { workplace: '实验中心' }, version: 2 },
    })
    expect(await checker.send('POST', `/imports/${batch.id}/reverse`, { reason: '单位写错' })).toMatchObject({
      status: 200,
      body: { state: 'reversed' },
    })
    expect((await checker.send<{ fields: object }>('GET', `/members/${rows[0]?.id}`)).body.fields).not.toHaveProperty(
      'workplace',
    )
  })
})

describe('the roster of the campus', () => {
  const expected = JSON.parse(acceptance('roster-campus.expected.json').toString()) as {
    totals: object
    rows: { row: number; outcome: string; problems: string[] }[]
  }
  let batch: Batch

  it('is judged as expected, row for row, before anything is written', async () => {
    const answer = await upload(maker, acceptance('roster-campus.xlsx'), 'roster-campus.xlsx')
    batch = answer.body
    expect(batch.totals).toEqual(expected.totals)
    const rows: Rows['rows'] = []
    for (let after: number | null = 0; after !== null; ) {
      const page: Answer<Rows> = await maker.send<Rows>('GET', `/imports/${batch.id}/rows?limit=20&after=${after}`)
      rows.push(...page.body.rows)
      after = page.body.next
    }
    expect(rows.map(({ row, outcome, problems }) => ({ row, outcome, problems }))).toEqual(expected.rows)
    // Two of the fourteen stand already, and the committee is the one that imports.
    expect(batch.units).toHaveLength(11)
    expect(new Set(batch.units.map((unit) => unit.parentName))).toContain('江湾大学委员会')
  })

  it('gives the rows to correct back as a workbook, which can be imported again', async () => {
    const answer = await maker.send('POST', `/imports/${batch.id}/errors`, { language: 'zh-CN' })
    expect(answer.headers['content-type']).toContain('spreadsheetml')
    const raw = await f.app.http.inject({
      method: 'POST',
      url: `/api/v1/imports/${batch.id}/errors`,
      headers: { cookie: maker.cookie },
      payload: { language: 'zh-CN' },
    })
    const { body: again } = await upload(maker, raw.rawPayload, '错误清单.xlsx')
    const { accept, warn, reject } = again.totals as { accept: number; warn: number; reject: number }
    expect(accept + warn + reject).toBe(34)
  })

  it('becomes 281 people with accounts that wait for activation', async () => {
    const before = (await checker.send<{ total: number }>('GET', '/members')).body.total
    const done = await applied(batch)
    expect(done).toMatchObject({ state: 'applied', people: 281, done: 281, can: { reverse: true } })
    expect((await checker.send<{ total: number }>('GET', '/members')).body.total).toBe(before + 281)
    const { body: orgs } = await checker.send<{ rows: { id: string }[] }>(
      'GET',
      `/orgs?search=${encodeURIComponent('机械工程学院教工第一党支部')}`,
    )
    const { body: list } = await checker.send<{ rows: { name: string; idNumber: string }[]; total: number }>(
      'GET',
      `/members?orgId=${orgs.rows[0]?.id}`,
    )
    expect(list.total).toBeGreaterThan(20)
    expect(list.rows.every((row) => /^\d{3}\*{11}.{4}$/.test(row.idNumber))).toBe(true)
    const accounts = await f.admin
      .selectFrom('access_account as a')
      .innerJoin('members_member as m', 'm.person_id', 'a.person_id')
      .select('a.state')
      .where('m.batch_id', '=', batch.id)
      .execute()
    expect(accounts).toHaveLength(281)
    expect(new Set(accounts.map((account) => account.state))).toEqual(new Set(['pending']))
    expect(await rebuildCounts(f.platform, NOW)).toBe(0)
  })

  it('keeps no ID number in the clear, in the batch neither', async () => {
    const chunks = await f.admin.selectFrom('imports_chunk').select('sealed').execute()
    const members = await f.admin.selectFrom('members_member').selectAll().where('batch_id', '=', batch.id).execute()
    const versions = await f.admin.selectFrom('members_version').selectAll().where('source_id', '=', batch.id).execute()
    const text = chunks.map((chunk) => chunk.sealed.toString('latin1')).join('') + JSON.stringify([members, versions])
    expect(text.includes('440305198008216284')).toBe(false)
    expect(text.includes('13578417751')).toBe(false)
  })

  it('is not taken back once somebody works with it, nor after a day', async () => {
    const reverse = () =>
      checker.send<{ code: string; detail: { names: string[] } }>('POST', `/imports/${batch.id}/reverse`, {
        reason: '名册版本不对',
      })
    expect((await maker.send('POST', `/imports/${batch.id}/reverse`, {})).status).toBe(400)
    const one = await f.admin
      .selectFrom('members_member')
      .select(['id', 'name', 'person_id'])
      .where('batch_id', '=', batch.id)
      .executeTakeFirstOrThrow()
    await f.admin
      .updateTable('access_account')
      .set({ state: 'active' })
      .where('person_id', '=', one.person_id)
      .execute()
    expect(await reverse()).toMatchObject({
      status: 409,
      body: { code: 'imports.changed_since', detail: { names: [one.name] } },
    })
    await f.admin
      .updateTable('access_account')
      .set({ state: 'pending' })
      .where('person_id', '=', one.person_id)
      .execute()
    f.setNow(new Date(NOW.getTime() + 25 * 3600_000))
    const late = await f.signIn('committee_admin', 'committee')
    expect(await late.send('POST', `/imports/${batch.id}/reverse`, { reason: '名册版本不对' })).toMatchObject({
      status: 409,
      body: { code: 'imports.too_late' },
    })
    f.setNow(NOW)
  })

  it('is taken back as a whole within the day, and can be imported again', async () => {
    const before = (await checker.send<{ total: number }>('GET', '/members')).body.total
    const busy = batch.units.find(({ name }) => batch.units.every((unit) => unit.parentName !== name))
    if (!busy) throw new Error('the workbook has no organisation without others below')
    const kept = [busy.name, busy.parentName]
    const { body: found } = await checker.send<{ rows: { id: string }[] }>(
      'GET',
      `/orgs?search=${encodeURIComponent(busy.name)}`,
    )
    const group = { parentId: found.rows[0]?.id, kind: 'group', name: '第一党小组', effectiveOn: '2026-06-01' }
    expect(await checker.send('POST', '/orgs', group)).toMatchObject({ status: 200 })
    expect(await checker.send('POST', `/imports/${batch.id}/reverse`, { reason: '名册版本不对' })).toMatchObject({
      status: 200,
      body: { state: 'reversed' },
    })
    await f.deliver()
    expect((await checker.send<{ total: number }>('GET', '/members')).body.total).toBe(before - 281)
    expect(await rebuildCounts(f.platform, NOW)).toBe(0)
    const { body: again } = await upload(maker, acceptance('roster-campus.xlsx'), 'roster-campus.xlsx')
    expect(again).toMatchObject({ plan: { register: 281 } })
    // The organisations of the workbook went with it, from the trees of earlier dates too, but for one at work.
    const names = again.units.map(({ name }) => name)
    expect(names).toEqual(batch.units.map(({ name }) => name).filter((name) => !kept.includes(name)))
    const standing = async (on: string) => {
      const query = `search=${encodeURIComponent('党')}&limit=100${on}`
      const { body } = await checker.send<{ rows: { name: string }[] }>('GET', `/orgs?${query}`)
      return body.rows.map(({ name }) => name)
    }
    for (const on of ['', '&asOf=2026-06-30']) {
      expect((await standing(on)).filter((name) => names.includes(name))).toEqual([])
      expect(await standing(on)).toContain(busy.name)
    }
    expect((await applied(again)).state).toBe('applied')
  })

  it('is forgotten after thirty days, except for what was registered', async () => {
    expect(await forgetRows(f.platform, new Date(NOW.getTime() + 31 * 24 * 3600_000))).toBeGreaterThan(0)
    expect(await f.admin.selectFrom('imports_chunk').select('id').execute()).toEqual([])
  })
})
