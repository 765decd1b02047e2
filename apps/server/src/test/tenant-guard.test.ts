import { describe, expect, it } from 'vitest'
import { assertTenantBound, tenantFaultsOf, tenantRelations } from './tenant-guard.ts'

const relations = { tables: new Set(['org_unit', 'org_change']), views: new Set(['org_path']) }
const faults = (sql: string) => tenantFaultsOf(sql, relations)

describe('the tenant guard refuses', () => {
  it.each([
    ['a read without a tenant', 'select * from org_unit where id = $1', 'org_unit has no'],
    ['a tenant under OR', 'select * from org_unit where tenant_id = $1 or id = $2', 'org_unit has no'],
    ['several tenants', 'select * from org_unit where tenant_id = any($1)', 'org_unit has no'],
    ['a null tenant', 'select * from org_unit where tenant_id = null', 'org_unit has no'],
    ['the session setting as tenant', 'select * from org_unit where tenant_id = app_tenant()', 'org_unit has no'],
    [
      'a second table that is not bound',
      'select * from org_unit u join org_change c on c.unit_id = u.id where u.tenant_id = $1',
      'org_change c',
    ],
    [
      'the wrong alias bound',
      'select * from org_unit u, org_unit p where u.tenant_id = $1 and p.id = u.parent_id',
      'org_unit p',
    ],
    ['a view over a tenant table', 'select * from org_path where id = $1', 'org_path has no'],
    ['a subquery', 'select 1 where exists (select from org_unit where id = $1)', 'org_unit has no'],
    [
      'a subquery bound to an unbound table',
      'select * from org_change c where exists (select from org_unit u where u.tenant_id = c.tenant_id)',
      'org_change c',
    ],
    ['a common table expression', 'with u as (select * from org_unit) select * from u', 'org_unit has no'],
    [
      'a branch of a union',
      'select id from org_unit where tenant_id = $1 union select id from org_change',
      'org_change has no',
    ],
    [
      'the kept side of an outer join',
      'select * from org_unit u left join org_change c on c.tenant_id = u.tenant_id and u.tenant_id = $1',
      'org_unit u',
    ],
    ['an update without a tenant', 'update org_unit set name = $1 where id = $2', 'org_unit has no'],
    [
      'a delete without a tenant',
      'delete from org_change using org_unit u where u.tenant_id = $1',
      'org_change has no',
    ],
    ['a change of tenant', 'update org_unit set tenant_id = $1 where tenant_id = $2', 'never changes'],
    ['a volatile update', 'update org_unit set id = gen_random_uuid() where tenant_id = $1', 'volatile'],
    ['an insert without tenant_id', 'insert into org_unit (id) values ($1)', 'names no tenant_id'],
    ['an insert without columns', 'insert into org_unit values ($1, $2)', 'names no tenant_id'],
    [
      'an insert from an unbound select',
      'insert into org_unit (tenant_id, id) select tenant_id, id from org_change',
      'org_change has no',
    ],
    ['a subquery in VALUES', 'insert into org_unit (tenant_id, id) values ($1, (select 1))', 'subquery in VALUES'],
    ['a write through a view', 'update org_path set name = $1 where tenant_id = $2', 'view org_path'],
    ['a merge', 'merge into org_unit u using org_change c on true when matched then do nothing', 'MERGE'],
  ])('%s', (_, sql, fault) => {
    expect(faults(sql).join()).toContain(fault)
  })
})

describe('the tenant guard passes', () => {
  it.each([
    ['a bound read', 'select * from org_unit where tenant_id = $1 and id = $2'],
    ['a cast parameter', 'select * from org_unit u where $1::uuid = u.tenant_id'],
    ['a literal', "select * from org_unit where tenant_id = '0198c5b0-0000-7000-8000-000000000000'"],
    [
      'joined equality',
      'select * from org_unit u join org_change c on c.tenant_id = u.tenant_id and c.unit_id = u.id where u.tenant_id = $1',
    ],
    [
      'a row comparison',
      'select * from org_unit u left join org_change c on (c.tenant_id, c.unit_id) = (u.tenant_id, u.id) where u.tenant_id = $1',
    ],
    ['USING', 'select * from org_unit u join org_change c using (tenant_id) where u.tenant_id = $1'],
    [
      'a correlated subquery',
      'select * from org_unit u where u.tenant_id = $1 and exists (select from org_change c where c.tenant_id = u.tenant_id)',
    ],
    [
      'a lateral subquery',
      'select * from org_unit u cross join lateral (select max(at) from org_change c where c.tenant_id = $1) x where u.tenant_id = $1',
    ],
    [
      'a bound common table expression',
      'with u as (select * from org_unit where tenant_id = $1) select * from org_change c join u on u.tenant_id = c.tenant_id',
    ],
    ['an update', 'update org_unit u set name = v.name from (select $2::text as name) v where u.tenant_id = $1'],
    [
      'an upsert',
      'insert into org_unit (tenant_id, id, name) values ($1, $2, $3) on conflict (tenant_id, id) do update set name = excluded.name',
    ],
    ['local tables', 'select * from access_account where person_id = $1'],
    ['a setting', "select set_config('app.tenant', $1, true)"],
    ['a named exception', '-- tenant-free: the sealer walks all tenants\nselect * from org_unit'],
  ])('%s', (_, sql) => {
    expect(faults(sql)).toEqual([])
  })
})

describe('the relations of the project', () => {
  it('are read from the migrations', () => {
    const { tables, views } = tenantRelations()
    expect(tables).toContain('org_unit')
    expect(tables).not.toContain('platform_tenant')
    expect(views).toContain('org_path')
  })

  it('guard the statements of the tests', () => {
    expect(() => assertTenantBound('select * from org_unit')).toThrow('not bound to a tenant')
    expect(() => assertTenantBound('select * from org_unit where tenant_id = $1')).not.toThrow()
  })
})
