import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runningDatabase } from '../../cli/with-database.ts'
import { homeOf, identityOf } from './cluster-home.ts'
import { markOf } from './processes.ts'

let parent: string
let original: string
let cluster: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cluster-home-'))
  // The database's own user must be able to come here when the test runs as root.
  chmodSync(parent, 0o777)
  original = join(parent, 'original')
  cluster = join(parent, 'elsewhere')
  mkdirSync(join(original, 'run'), { recursive: true })
  mkdirSync(cluster)
  chmodSync(cluster, 0o777)
  writeFileSync(join(original, 'cluster.json'), JSON.stringify({ base: cluster }))
  writeFileSync(join(cluster, 'data-folder'), `${original}\n`)
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const ownerOf = () => readFileSync(join(cluster, 'data-folder'), 'utf8').trim()
const copied = () => {
  const copy = join(parent, 'copy')
  cpSync(original, copy, { recursive: true })
  return copy
}

describe('a data folder whose cluster lies outside of it', () => {
  it('is refused as a copy while the original names the same cluster, which then still belongs to the original', () => {
    const copy = copied()
    expect(() => homeOf(copy)).toThrow(
      expect.objectContaining({ code: 'runtime.data_copied', detail: { folder: copy, original, cluster } }),
    )
    expect(ownerOf()).toBe(original)
    expect(homeOf(original).base).toBe(cluster)
  })

  it('is refused where the cluster is not, instead of beginning an empty one', () => {
    rmSync(cluster, { recursive: true })
    expect(() => homeOf(original)).toThrow(
      expect.objectContaining({ code: 'runtime.cluster_missing', detail: { folder: original, cluster } }),
    )
    expect(existsSync(cluster)).toBe(false)
  })

  it('works after it was moved as a whole, and a copy of it is refused with the new place', () => {
    const moved = join(parent, 'moved')
    renameSync(original, moved)
    expect(homeOf(moved).base).toBe(cluster)
    expect(ownerOf()).toBe(moved)
    cpSync(moved, original, { recursive: true })
    expect(() => homeOf(original)).toThrow(
      expect.objectContaining({ code: 'runtime.data_copied', detail: { folder: original, original: moved, cluster } }),
    )
  })

  it('works when another installation lies where it was before', () => {
    const moved = join(parent, 'moved')
    renameSync(original, moved)
    mkdirSync(original)
    writeFileSync(join(original, 'cluster.json'), JSON.stringify({ base: 'postgres' }))
    expect(homeOf(moved).base).toBe(cluster)
  })

  it('is the same folder through a link', () => {
    const link = join(parent, 'link')
    symlinkSync(original, link)
    expect(homeOf(link).base).toBe(cluster)
    expect(ownerOf()).toBe(original)
  })
})

describe('a copy of the data folder of a running server', () => {
  it('does not lead commands to the database of the original', () => {
    const runDir = join(original, 'run')
    const urls = { ownerUrl: 'postgresql://owner', appUrl: 'postgresql://app', adminUrl: 'postgresql://admin' }
    writeFileSync(join(runDir, 'lock.json'), JSON.stringify(markOf(process.pid)))
    writeFileSync(
      join(runDir, 'database.json'),
      JSON.stringify({ pid: process.pid, folder: identityOf(runDir), ...urls }),
    )
    expect(runningDatabase(copied())).toBeUndefined()
    expect(runningDatabase(original)).toMatchObject(urls)
  })
})
