import { join } from 'node:path'
import { wholeFolders } from '../../platform/whole-folders.ts'

/** Streams made from uploads: one folder for each making below the data folder. */
export const foldersOf = (dataDir: string, tenantId: string) => wholeFolders(join(dataDir, 'media', tenantId))
