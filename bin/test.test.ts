import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const empty = mkdtempSync(join(tmpdir(), 'path-'))
afterAll(() => rmSync(empty, { recursive: true }))

describe('npm test', () => {
  it('exits 3 before the first test, with the line to install, when there is no browser and no right to install one', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'test.mjs')], {
      env: { PATH: empty },
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toMatch(/^ {2}sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium/m)
  })
})
