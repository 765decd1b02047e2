import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Streams made from uploads: one folder for each making below the data folder, named by an id of ours. It is written
 * beside and renamed when whole, so what stands under its name is complete.
 */
export const foldersOf = (dataDir: string, tenantId: string) => {
  const root = join(dataDir, 'media', tenantId)
  const whole = (renditionId: string): string => join(root, renditionId)
  const underWay = (renditionId: string): string => join(root, `${renditionId}.making`)
  return {
    whole,
    begin: async (renditionId: string): Promise<string> => {
      await rm(underWay(renditionId), { recursive: true, force: true })
      await mkdir(underWay(renditionId), { recursive: true, mode: 0o700 })
      return underWay(renditionId)
    },
    finish: (renditionId: string): Promise<void> => rename(underWay(renditionId), whole(renditionId)),
    forget: async (renditionId: string): Promise<void> => {
      await rm(underWay(renditionId), { recursive: true, force: true })
      await rm(whole(renditionId), { recursive: true, force: true })
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
