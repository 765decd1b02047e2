import { startEmbedded } from '../platform/embedded-postgres.ts'
import { silentLog } from '../platform/runtime-log.ts'

// A process of its own that holds an embedded database until it is killed: `node serve-database.ts FOLDER`.
const embedded = await startEmbedded({ dataDir: process.argv[2] ?? '', log: silentLog })
process.stdout.write(`${JSON.stringify({ pid: embedded.pid, adminUrl: embedded.adminUrl })}\n`)
