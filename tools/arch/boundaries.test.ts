import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { trespassesOf } from './boundaries.ts'
import { BOUNDARY_RULES } from './boundary-rules.ts'

const ROOT = resolve(import.meta.dirname, '../..')

describe('import boundaries', () => {
  let planted: Awaited<ReturnType<typeof trespassesOf>>
  beforeAll(async () => {
    planted = await trespassesOf(resolve(import.meta.dirname, 'trespass'))
  }, 60_000)

  it('fire every configured rule, and no other, on the planted trespassers', () => {
    const fired = new Set(planted.trespasses.map(({ rule }) => rule))
    expect([...fired].sort()).toEqual(BOUNDARY_RULES.map(({ name }) => name as string).sort())
  })

  it('are crossed nowhere in the project', async () => {
    const { modules, trespasses } = await trespassesOf(ROOT)
    expect(modules).toBeGreaterThan(10)
    expect(trespasses).toEqual([])
  }, 60_000)
})
