import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Tx } from '../../platform/ctx.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Fixture, NOW, type OrgKey, openFixture } from '../../test/fixture.ts'
import { type Deadline, type DeadlineCtx, endDeadlines, moveDeadlines, setDeadlines } from './index.ts'

let f: Fixture
beforeAll(async () => {
  f = await openFixture()
})

const due = (key: string, org: OrgKey, more: Partial<Deadline> = {}): Deadline => ({
  key,
  kind: 'org.term',
  params: { org: f.orgs[org].name },
  unit: f.orgs[org],
  permission: 'org.write',
  personId: null,
  startsOn: '2026-01-01',
  yellowOn: '2026-10-01',
  dueOn: '2026-12-01',
  remind: [30, 0],
  deskPath: `/orgs/${f.orgs[org].id}`,
  phonePath: null,
  ...more,
})
/** As a caller who holds only the given unit. */
const at = (org: OrgKey, work: (ctx: DeadlineCtx) => Promise<void>) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: f.orgs[org].path }, (tx: Tx) =>
    work({ db: tx, now: NOW, actor: { tenantId: f.tenantId } }),
  )
const stored = (prefix: string) =>
  f.admin
    .selectFrom('deadlines_item')
    .select(['key', 'due_on as dueOn', 'state', 'org_path as path', 'reminded_on as remindedOn'])
    .where('key', 'like', `${prefix}%`)
    .orderBy('key')
    .execute()

describe('deadlines of other modules', () => {
  it('refuse one that nobody would have to keep', async () => {
    await expect(
      at('teachers', (ctx) => setDeadlines(ctx, [due('a.x/1', 'teachers', { permission: null })])),
    ).rejects.toThrow('deadlines_item_somebody_check')
  })

  it('are one for each key: a changed day moves it and is reminded of afresh', async () => {
    await at('teachers', (ctx) => setDeadlines(ctx, [due('b.x/1', 'teachers'), due('b.x/1', 'teachers')]))
    await f.admin.updateTable('deadlines_item').set({ reminded_on: '2026-11-01' }).where('key', '=', 'b.x/1').execute()
    await at('teachers', (ctx) => setDeadlines(ctx, [due('b.x/1', 'teachers')]))
    expect((await stored('b.x/'))[0]?.remindedOn).toBe('2026-11-01')
    await at('teachers', (ctx) => setDeadlines(ctx, [due('b.x/1', 'teachers', { dueOn: '2027-01-01' })]))
    expect(await stored('b.x/')).toMatchObject([{ dueOn: '2027-01-01', state: 'open', remindedOn: null }])
  })

  it('are written for a unit that the caller does not see, whose scope stays what it was', async () => {
    await at('teachers', async (ctx) => {
      await setDeadlines(ctx, [due('c.x/1', 'nurses')])
      const seen = await ctx.db
        .selectFrom('deadlines_item')
        .select('key')
        .where('tenant_id', '=', f.tenantId)
        .where('key', '=', 'c.x/1')
        .execute()
      expect(seen).toEqual([])
      await endDeadlines(ctx, ['c.x/1', 'c.unknown/1'], 'done')
    })
    expect(await stored('c.')).toMatchObject([{ state: 'done', path: f.orgs.nurses.path }])
  })

  it('end once, and are open again when they are set again', async () => {
    await at('teachers', async (ctx) => {
      await setDeadlines(ctx, [due('d.x/1', 'teachers')])
      await endDeadlines(ctx, ['d.x/1'], 'void')
      await endDeadlines(ctx, ['d.x/1'], 'done')
    })
    expect(await stored('d.')).toMatchObject([{ state: 'void' }])
    await at('teachers', (ctx) => setDeadlines(ctx, [due('d.x/1', 'teachers')]))
    expect(await stored('d.')).toMatchObject([{ state: 'open' }])
  })

  it('go with a case to another unit, by key or by the beginning of the key', async () => {
    const id = uuidv7()
    const keys = [`e.x/${id}/1`, `e.x/${id}/2`, 'e.y/1']
    await at('committee', async (ctx) => {
      await setDeadlines(
        ctx,
        keys.map((key) => due(key, 'teachers')),
      )
      await moveDeadlines(ctx, `e.x/${id}`, f.orgs.nurses)
      await moveDeadlines(ctx, ['e.y/1'], f.orgs.retired)
    })
    expect((await stored('e.')).map(({ path }) => path)).toEqual([
      f.orgs.nurses.path,
      f.orgs.nurses.path,
      f.orgs.retired.path,
    ])
  })
})
