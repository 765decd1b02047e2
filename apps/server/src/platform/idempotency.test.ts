import { foundOrg } from '@tongxin/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../test/fixture.ts'
import type { Ctx, Tx } from './ctx.ts'
import { idempotent } from './idempotency.ts'
import { inSystemTransaction } from './transaction.ts'
import { forgetOldKeys } from './upkeep.ts'

let f: Fixture
let admin: Client
let other: Client

beforeAll(async () => {
  f = await openFixture()
  admin = await f.signIn('committee_admin', 'committee')
  other = await f.signIn('committee_admin', 'committee')
})

let number = 0
const founding = (name = `幂等第${++number}党支部`) => ({
  parentId: f.orgs.faculty.id,
  kind: 'branch',
  name,
  effectiveOn: '2026-10-01',
})
const found = (client: Client, body: object, key: string) =>
  client.send<{ id: string }>('POST', '/orgs', body, { 'idempotency-key': key })
const units = (name: string) => f.admin.selectFrom('org_unit').select('id').where('name', '=', name).execute()

/** A request to an endpoint that demands a key, on the part of the platform that keeps the promise. */
const asked = (headers: Record<string, string>) =>
  inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (db) =>
    idempotent(
      { db, now: NOW, actor: { personId: admin.personId } } as Ctx<Tx>,
      { ...foundOrg, idempotent: 'required' },
      { headers, url: '/api/v1/orgs', body: {} } as unknown as FastifyRequest,
      { header: () => undefined } as unknown as FastifyReply,
      async () => ({ done: true }),
    ),
  )

describe('Idempotency-Key', () => {
  it('refuses another payload, and another address, under a used key', async () => {
    const body = founding()
    const { body: made } = await found(admin, body, 'other-payload')
    expect(await found(admin, founding(), 'other-payload')).toMatchObject({
      status: 422,
      body: { code: 'request.idempotency_key_reused' },
    })
    const rename = { name: '改名党支部', effectiveOn: '2026-10-02' }
    expect(
      await admin.send('POST', `/orgs/${made.id}/rename`, rename, {
        'idempotency-key': 'other-payload',
        'if-match': '"1"',
      }),
    ).toMatchObject({ status: 422 })
    expect(await units(body.name)).toHaveLength(1)
  })
  it('refuses a write without a key where the endpoint demands one', async () => {
    await expect(asked({})).rejects.toMatchObject({ code: 'request.idempotency_key_missing' })
    expect(await asked({ 'idempotency-key': 'demanded' })).toEqual({ done: true })
  })
  it('refuses a key whose first request has no answer yet', async () => {
    const row = { person_id: admin.personId, key: 'no-answer', request_hash: Buffer.alloc(32), at: NOW }
    await f.admin.insertInto('platform_idempotency').values(row).execute()
    await expect(asked({ 'idempotency-key': 'no-answer' })).rejects.toMatchObject({
      code: 'request.idempotency_in_flight',
    })
  })
  it('refuses a key that is too long to be one', async () => {
    const body = founding()
    expect(await found(admin, body, 'k'.repeat(201))).toMatchObject({
      status: 400,
      body: { fields: [{ field: '/headers/idempotency-key', code: 'field.too_long' }] },
    })
    expect(await units(body.name)).toEqual([])
  })
  it('keeps no key of what was refused: corrected, it may be sent again', async () => {
    const body = founding()
    expect((await found(admin, { ...body, effectiveOn: '2027-01-01' }, 'refused-first')).status).toBe(422)
    expect((await found(admin, body, 'refused-first')).status).toBe(200)
  })
  it('has one effect for requests sent at once, and gives all the same bytes', async () => {
    const body = founding()
    const answers = await Promise.all(Array.from({ length: 6 }, () => found(admin, body, 'parallel')))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 6 }, () => 200))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    expect(answers.filter((answer) => answer.headers['idempotency-replayed'] === 'true')).toHaveLength(5)
    expect(await units(body.name)).toHaveLength(1)
  })
  it('of another person is another key', async () => {
    const [mine, theirs] = [founding(), founding()]
    const first = await found(admin, mine, 'shared')
    const second = await found(other, theirs, 'shared')
    expect([first.status, second.status]).toEqual([200, 200])
    expect(first.body.id).not.toBe(second.body.id)
    expect(second.headers['idempotency-replayed']).toBeUndefined()
  })
  it('does not open what the rights no longer allow', async () => {
    const leaver = await f.signIn('committee_admin', 'faculty')
    const body = founding()
    expect((await found(leaver, body, 'leaver')).status).toBe(200)
    await f.admin.updateTable('access_grant').set({ until_on: NOW }).where('person_id', '=', leaver.personId).execute()
    expect((await found(leaver, body, 'leaver')).status).toBe(401)
  })
})

describe('forgetOldKeys', () => {
  it('keeps keys for thirty days and removes older ones', async () => {
    await f.admin.deleteFrom('platform_idempotency').execute()
    const days = (count: number) => new Date(NOW.getTime() - count * 86_400_000)
    const rows = [0, 29.9, 30.1, 400].map((count, at) => ({
      person_id: admin.personId,
      key: `old-${at}`,
      request_hash: Buffer.alloc(32),
      at: days(count),
    }))
    await f.admin.insertInto('platform_idempotency').values(rows).execute()
    expect(await forgetOldKeys(f.platform.db, NOW)).toBe(2)
    const left = await f.admin.selectFrom('platform_idempotency').select('key').orderBy('key').execute()
    expect(left).toEqual([{ key: 'old-0' }, { key: 'old-1' }])
  })
})
