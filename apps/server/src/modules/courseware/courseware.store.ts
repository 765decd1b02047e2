import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { wholeFolders } from '../../platform/whole-folders.ts'
import type { PackedFile } from './courseware.unpack.ts'

/** Unpacked packages: one folder for each version below the data folder. */
export const foldersOf = (dataDir: string, tenantId: string) => wholeFolders(join(dataDir, 'packages', tenantId))

const MOST_REMEMBERED = 50
const remembered = new Map<string, Promise<ReadonlyMap<string, PackedFile>>>()

/** The files of a whole folder by their path, and by their path in lower case: Windows does not tell them apart. */
export function indexOf(folder: string): Promise<ReadonlyMap<string, PackedFile>> {
  const known = remembered.get(folder)
  if (known) return known
  const read = readFile(join(folder, 'index.json'), 'utf8').then((text) => {
    const entries = JSON.parse(text) as [string, PackedFile][]
    return new Map([...entries.map(([name, file]) => [name.toLowerCase(), file] as const), ...entries])
  })
  remembered.set(folder, read)
  read.catch(() => remembered.delete(folder))
  const [oldest] = remembered.keys()
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  return read
}
