import { join } from 'node:path'
import { wholeFolders } from '../../platform/whole-folders.ts'

/** Pages drawn from slides: one folder for each file below the data folder. */
export const slideFoldersOf = (dataDir: string, tenantId: string) => wholeFolders(join(dataDir, 'slides', tenantId))
