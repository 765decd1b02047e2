import { createApp } from '../../apps/server/src/app.ts'
import { loadConfig } from '../../apps/server/src/platform/config.ts'
import { openLog } from '../../apps/server/src/platform/log.ts'
import type { Source } from './generators.ts'

/** The OpenAPI document of all mounted routes, as the server itself would give it. */
export async function openApiText({ appUrl, ownerUrl, dataDir }: Source): Promise<string> {
  const config = loadConfig({ TONGXIN_DATA: dataDir })
  const app = await createApp({ config, database: { appUrl, ownerUrl }, log: openLog() })
  try {
    await app.http.ready()
    return `${JSON.stringify(app.http.swagger(), null, 2)}\n`
  } finally {
    await app.close()
  }
}
