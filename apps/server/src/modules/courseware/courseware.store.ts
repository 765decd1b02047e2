import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { PackedFile } from './courseware.unpack.ts'

/**
 * Unpacked packages: one folder for each version below the data folder, named by an id of ours. It is written beside and
 * renamed when whole, so what stands under its name is complete.
 */
export const foldersOf = (dataDir: string, tenantId: string) => {
  const root = join(dataDir, 'packages', tenantId)
  const whole = (folderId: string): string => join(root, folderId)
  const underWay = (folderId: string): string => join(root, `${folderId}.making`)
  return {
    whole,
    begin: async (folderId: string): Promise<string> => {
      await mkdir(underWay(folderId), { recursive: true, mode: 0o700 })
      return underWay(folderId)
    },
    finish: (folderId: string): Promise<void> => rename(underWay(folderId), whole(folderId)),
    forget: async (folderId: string): Promise<void> => {
      await rm(underWay(folderId), { recursive: true, force: true })
      await rm(whole(folderId), { recursive: true, force: true })
    },
    /** Ids of folders that nobody wrote to since `before`. */
    idleSince: async (before: Date): Promise<string[]> => {
      const names = await readdir(root).catch(() => [])
      const idle: string[] = []
      for (const name of names) {
        const facts = await stat(join(root, name)).catch(() => undefined)
        if (facts && facts.mtime < before) idle.push(name.replace(/\.making$/, ''))
      }
      return [...new Set(idle)]
    },
  }
}

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
