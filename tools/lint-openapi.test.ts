import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'tongxin-openapi-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function statusOf(program: string, args: string[], document: object): number | null {
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(document))
  return spawnSync(join(ROOT, 'node_modules/.bin', program), [...args, file], { cwd: ROOT, encoding: 'utf8' }).status
}
const JUDGES: [string, string[]][] = [
  ['redocly', ['lint']],
  ['spectral', ['lint', '--fail-severity=warn', '--quiet']],
]

describe.each(JUDGES)('the judge %s', (program, args) => {
  const ours = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as {
    paths: Record<string, Record<string, object>>
  }

  it('refuses a description in which an operation says nothing of its answers', () => {
    const planted = {
      ...ours,
      paths: { '/api/v1/planted/{id}': { get: { operationId: 'planted', summary: 'Planted' } } },
    }
    expect(statusOf(program, args, planted)).not.toBe(0)
  })

  it('accepts the description of this server', () => {
    expect(statusOf(program, args, ours)).toBe(0)
  })
})
