import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Folders of many files below one root, each named by an id of ours: written beside and renamed when whole, so what
 * stands under its name is complete.
 */
export const wholeFolders = (root: string) => {
  const whole = (id: string): string => join(root, id)
  const underWay = (id: string): string => join(root, `${id}.making`)
  return {
    whole,
    /** An empty folder to write into; what an interrupted making left is gone. */
    begin: async (id: string): Promise<string> => {
      await rm(underWay(id), { recursive: true, force: true })
      await mkdir(underWay(id), { recursive: true, mode: 0o700 })
      return underWay(id)
    },
    finish: (id: string): Promise<void> => rename(underWay(id), whole(id)),
    /** The same where an earlier one may stand under the name. */
    replace: async (id: string): Promise<void> => {
      await rm(whole(id), { recursive: true, force: true })
      await rename(underWay(id), whole(id))
    },
    forget: async (id: string): Promise<void> => {
      await rm(underWay(id), { recursive: true, force: true })
      await rm(whole(id), { recursive: true, force: true })
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
