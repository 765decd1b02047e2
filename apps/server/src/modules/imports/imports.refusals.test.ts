import { writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../cli/import-roster.ts'
import type { Terminal } from '../../cli/terminal.ts'
import { writeXlsx } from '../../platform/spreadsheet/write.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { idOf } from '../../test/invented-id.ts'
import { branchesOf, makeBatch, makerNamed, resumeBatches, whenIdle } from './index.ts'

type Batch = { id: string; state: string; rowsHash: string; code: string; refusal: { code: string } | null }

let f: Fixture
let maker: Client
let checker: Client
const roster = ['姓名', '公民身份号码', '党支部', '人员类别']
const HEAD = roster.join(',')
const row = (name: string, seventeen: string, branch = '机械学院教工党支部') => [
  name,
  idOf(seventeen),
  branch,
  '正式党员',
]
const sheet = (name: string, headings: readonly string[], rows: readonly string[][]) => ({
  name,
  columns: headings.map((header, index) => ({ header, key: String(index), text: true })),
  rows: rows.map((cells) => Object.fromEntries(cells.map((text, index) => [String(index), text]))),
})

beforeAll(async () => {
  f = await openFixture()
  maker = await f.signIn('committee_admin', 'committee')
  checker = await f.signIn('committee_admin', 'committee')
})

const upload = (file: Buffer, fileName = 'a.xlsx') =>
  maker.send<Batch>('POST', `/imports?fileName=${fileName}`, file, { 'content-type': 'application/octet-stream' })
const submitted = async (file: Buffer, fileName = 'a.csv'): Promise<Batch> => {
  const { body } = await upload(file, fileName)
  return (await maker.send<Batch>('POST', `/imports/${body.id}/submit`, { existing: 'skip' })).body
}
const csv = (...rows: string[][]) => Buffer.from([HEAD, ...rows.map((cells) => cells.join(','))].join('\r\n'))

describe('a file', () => {
  it('without a column for the ID number is refused, naming the columns found', async () => {
    expect(
      await upload(
        Buffer.from('姓名,党支部,人员类别,入党日期\r\n王一,机械学院教工党支部,正式党员,2012-06-01'),
        'a.csv',
      ),
    ).toMatchObject({
      status: 422,
      body: { code: 'imports.no_id_column' },
    })
  })

  it('is taken also when the rights of its sender change while it arrives', async () => {
    const content = csv(row('王一', '11010119800101301'))
    const touch = () =>
      f.admin
        .updateTable('access_grant')
        .set((eb) => ({ version: eb('version', '+', 1) }))
        .where('person_id', '=', maker.personId)
        .execute()
    const arriving = async function* () {
      yield content.subarray(0, 10)
      await touch()
      yield content.subarray(10)
    }
    const answer = await f.app.http.inject({
      method: 'POST',
      url: '/api/v1/imports?fileName=a.csv',
      headers: { cookie: maker.cookie, 'content-type': 'application/octet-stream' },
      payload: Readable.from(arriving()),
    })
    expect(answer.json()).toMatchObject({ state: 'read' })
  })

  it('with two rosters is refused, naming the sheets', async () => {
    const sheets = ['甲', '乙'].map((name, index) => sheet(name, roster, [row('王一', `1101011990010110${index}`)]))
    expect(await upload(await writeXlsx({ sheets }))).toMatchObject({
      status: 422,
      body: { code: 'imports.several_tables', detail: { found: ['甲', '乙'] } },
    })
  })

  it('whose organisations cannot stand where it puts them is refused, naming both', async () => {
    const units = [
      ['机械工程党支部', '党支部', '江湾大学委员会'],
      ['机械工程党委', '党委', '机械工程党支部'],
    ]
    const sheets = [
      sheet('党组织', ['党组织全称', '类别', '上级党组织'], units),
      sheet('名册', roster, [row('王一', '11010119900101101', '机械工程党支部')]),
    ]
    expect(await upload(await writeXlsx({ sheets }))).toMatchObject({
      status: 422,
      body: { code: 'imports.unit_kind_unknown', detail: { name: '机械工程党委', parent: '机械工程党支部' } },
    })
  })
})

describe('a batch', () => {
  it('out of scope is not found, like one that does not exist', async () => {
    const batch = await submitted(csv(row('王二', '11010119900101102')))
    const stranger = await f.signIn('committee_admin', 'medicine')
    for (const id of [batch.id, '01890000-0000-7000-8000-000000000000']) {
      expect(await stranger.send('GET', `/imports/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'imports.not_found' },
      })
      expect((await stranger.send('POST', `/imports/${id}/approve`, { rowsHash: batch.rowsHash })).status).toBe(404)
    }
  })

  it('is not written when its checker has left the post meanwhile', async () => {
    const batch = await submitted(csv(row('王三', '11010119900101103')))
    await f.admin
      .updateTable('imports_batch')
      .set({ state: 'applying', checked_by: '01890000-0000-7000-8000-000000000001', checked_at: NOW })
      .where('id', '=', batch.id)
      .execute()
    await resumeBatches(f.platform)
    expect((await checker.send<Batch>('GET', `/imports/${batch.id}`)).body).toMatchObject({
      state: 'failed',
      refusal: { code: 'imports.checker_left' },
    })
  })

  it('stops whole when its rows were tampered with, and may be confirmed again by nobody but a checker', async () => {
    const batch = await submitted(csv(row('王四', '11010119900101104')))
    await f.admin
      .updateTable('imports_chunk')
      .set({ sealed: Buffer.alloc(64, 1) })
      .where('batch_id', '=', batch.id)
      .execute()
    await checker.send('POST', `/imports/${batch.id}/approve`, { rowsHash: batch.rowsHash })
    await whenIdle()
    expect((await checker.send<Batch>('GET', `/imports/${batch.id}`)).body).toMatchObject({
      state: 'failed',
      refusal: { code: 'imports.stopped' },
      can: { approve: true },
    })
    expect(await f.admin.selectFrom('members_member').select('id').where('name', '=', '王四').execute()).toEqual([])
  })
})

describe('the command import-roster', () => {
  const terminal: Terminal = { language: 'en', cwd: '/', answer: () => {}, progress: () => {}, text: (key) => key }

  it('writes nothing in nobody’s name', async () => {
    await expect(run(['roster.xlsx'], terminal)).rejects.toMatchObject({ code: 'imports.commit_unavailable' })
    await expect(makerNamed(f.platform, 'nobody', NOW)).rejects.toMatchObject({ code: 'imports.maker_unknown' })
  })

  it('makes a batch in the name of its maker, which waits for a second person', async () => {
    const index = f.platform.vault.blindIndex('access_sign_in_name.name', 'clerk.wang')
    await f.admin
      .insertInto('access_sign_in_name')
      .values({ name_index: index, person_id: maker.personId, kind: 'chosen' })
      .execute()
    const actor = await makerNamed(f.platform, 'Clerk.Wang', NOW)
    expect(await branchesOf(f.platform, actor)).toContain('机械学院教工党支部')
    const path = join(await mkdtemp(join(tmpdir(), 'roster-')), 'r.csv')
    writeFileSync(path, csv(row('王五', '11010119900101105')))
    const batch = await makeBatch(f.platform, actor, { path, name: 'r.csv', choice: {} }, NOW)
    expect(batch).toMatchObject({ state: 'submitted', people: 1, can: { approve: false } })
    expect(await maker.send('POST', `/imports/${batch.id}/approve`, { rowsHash: batch.rowsHash })).toMatchObject({
      body: { code: 'imports.maker_checks' },
    })
  })
})
