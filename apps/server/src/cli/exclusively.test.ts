import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { markOf } from '../platform/embedded/processes.ts'
import { exclusively } from './exclusively.ts'

const folder = mkdtempSync(join(tmpdir(), 'exclusively-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('runs one piece of work at a time, also after one that failed', async () => {
  const file = join(folder, 'a.lock')
  let running = 0
  const work = async () => {
    expect(++running).toBe(1)
    await turn()
    running--
  }
  const failing = exclusively(file, async () => {
    throw new Error('lost')
  })
  await expect(failing).rejects.toThrow('lost')
  await Promise.all([exclusively(file, work), exclusively(file, work), exclusively(file, work)])
})

it('takes over from a process that was killed', async () => {
  const file = join(folder, 'b.lock')
  writeFileSync(file, JSON.stringify({ ...markOf(process.pid), started: 'before the last boot' }))
  await expect(exclusively(file, async () => 'done')).resolves.toBe('done')
})
