import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { rebuildCounts } from '../modules/members/index.ts'
import { PROJECT_ROOT } from '../platform/config.ts'
import { withClient } from '../platform/database-roles.ts'
import { type Fixture, NOW, openFixture } from '../test/fixture.ts'
import { withDatabaseName } from '../test/global-setup.ts'
import { plantPeople, type Unit } from '../test/planting.ts'
import { loadScale } from './scale.ts'

const launcher = join(PROJECT_ROOT, 'bin/tongxin.mjs')

function demoScale(args: string[], more: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'scale-'))
  try {
    const env = { PATH: '/usr/bin:/bin', LANG: 'en_US.UTF-8', TONGXIN_DATA: dataDir, ...more }
    return spawnSync(process.execPath, [launcher, 'demo', 'scale', ...args], { env, encoding: 'utf8' })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

describe('tongxin demo scale', () => {
  it('refuses sizes that are none, and a database of somebody else', () => {
    for (const args of [
      [],
      ['--members', '10'],
      ['--members', '0', '--organisations', '9'],
      ['--members', 'many', '--organisations', '9'],
    ])
      expect(demoScale(args)).toMatchObject({ status: 2, stdout: '' })
    const elsewhere = demoScale(['--members', '10', '--organisations', '9'], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    })
    expect(elsewhere.status).toBe(1)
    expect(JSON.parse(elsewhere.stderr)).toMatchObject({ code: 'demonstration.needs_own_database' })
  })
})

describe('a city at scale', () => {
  let f: Fixture
  let top: Unit
  let cookie: string
  const made: string[] = []
  const load = async () => {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(f.admin)
    const adminUrl = withDatabaseName(inject('database').adminUrl, rows[0]?.name ?? '')
    const scale = { members: 700, organisations: 1300 }
    const given = { config: { dataDir: f.platform.dataDir }, adminUrl, now: NOW, scale }
    return { adminUrl, ...(await loadScale(given, (step, done) => made.push(`${step} ${done}`))) }
  }
  const read = async <T>(path: string) =>
    (await f.app.http.inject({ url: `/api/v1${path}`, headers: { cookie } })).json<T>()
  type Page = {
    rows: { id: string; name: string; memberNo: string; idNumber: string; members: number }[]
    total: number
  }

  beforeAll(async () => {
    f = await openFixture()
    const { adminUrl, tenantId } = await load()
    top = await f.admin
      .selectFrom('org_unit')
      .select(['id', 'path', 'name'])
      .where('tenant_id', '=', tenantId)
      .where('parent_id', 'is', null)
      .executeTakeFirstOrThrow()
    const post = { role: 'committee_admin' as const, unit: top }
    const [person] = await withClient(adminUrl, (client) => plantPeople(client, tenantId, [post], NOW))
    cookie = person?.cookie ?? ''
  }, 60_000)

  it('is not made twice, and leaves the indexes and nothing half done when refused', async () => {
    const indexes = () => sql<{ n: number }>`select count(*)::int as n from pg_indexes`.execute(f.admin)
    const before = await indexes()
    await expect(load()).rejects.toMatchObject({ code: 'demonstration.there_already' })
    expect((await indexes()).rows).toEqual(before.rows)
    expect(made.slice(0, 2)).toEqual(['organisations 1300', 'members 700'])
  })

  it('has the tree, the people and the totals that the application would have made', async () => {
    expect((await read<Page>('/members')).total).toBe(700)
    const tree = await read<Page>(`/orgs?parentId=${top.id}`)
    expect(tree.rows).toHaveLength(1)
    expect(await f.admin.selectFrom('org_unit').select('id').where('path', 'like', 'd00%').execute()).toHaveLength(1300)
    expect(await rebuildCounts(f.platform, NOW)).toBe(0)
  })

  it('is sealed, keyed and searched like everybody else', async () => {
    const { rows } = await read<Page>('/members?sort=-updated')
    const person = rows[0]
    if (!person) throw new Error('nobody there')
    expect(person.idNumber).toMatch(/^110\*+\d{3}[\dX]$/)
    const byName = await read<Page>(`/members?search=${encodeURIComponent(person.name)}`)
    expect(byName.rows.map(({ id }) => id)).toContain(person.id)
    const byNumber = await read<Page>(`/members?search=${person.memberNo}`)
    expect(byNumber.rows.map(({ id }) => id)).toEqual([person.id])
    const record = await read<{ fields: Record<string, string>; card: { name: string } }>(`/members/${person.id}`)
    expect(record.card.name).toBe(person.name)
    const tail = await read<Page>(`/members?search=${person.idNumber.slice(-4)}`)
    expect(tail.rows.map(({ id }) => id)).toContain(person.id)
  })
})
