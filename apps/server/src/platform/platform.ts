import { EventEmitter } from 'node:events'
import type { Db } from './ctx.ts'
import { openDb, openPool, type Pool } from './db.ts'
import type { Log } from './log.ts'
import { type Outgoing, openOutgoing } from './outgoing.ts'
import { type SessionPort, Sessions } from './session.ts'
import { clamdScanner, noScanner, type Scanner } from './upload/virus-scan.ts'
import type { Vault } from './vault.ts'

/** What every route, job and reaction stands on. Made once in `app.ts`; knows no capability. */
export type Platform = {
  readonly pool: Pool
  readonly db: Db
  readonly log: Log
  readonly vault: Vault
  readonly sessions: Sessions
  readonly clock: () => Date
  readonly publicOrigin: string
  readonly secure: boolean
  readonly cookieName: string
  readonly dataDir: string
  /** Where uploaded documents are served from; null: from the application's own origin, as attachments. */
  readonly contentOrigin: string | null
  /** Further origins at which units of packages may lie. */
  readonly packageOrigins: readonly string[]
  /** Where ballots are cast; null: secret votes by phone cannot be held. */
  readonly castOrigin: string | null
  readonly scan: Scanner
  /** The one door through which requests leave this server. */
  readonly outgoing: Outgoing
  /** Whether a file may be opened that no virus scanner has seen. */
  readonly opensUnscanned: boolean
  /** Says that something was committed: deliveries and event streams look at once instead of at their next turn. */
  readonly wake: () => void
  readonly woken: EventEmitter<{ wake: [] }>
}

export type PlatformOptions = {
  readonly appUrl: string
  readonly log: Log
  readonly vault: Vault
  readonly sessions: SessionPort
  readonly publicOrigin: string
  readonly dataDir: string
  readonly contentOrigin?: string | null
  readonly packageOrigins?: readonly string[]
  readonly castOrigin?: string | null
  /** Socket or `tcp://` address of clamd; absent: files are marked as not scanned. */
  readonly clamd?: string | undefined
  readonly opensUnscanned?: boolean
  readonly houseHosts?: readonly string[]
  readonly clock?: () => Date
  readonly poolSize?: number
  /** Tests wrap the pool to refuse statements without their tenant. */
  readonly wrapPool?: (pool: Pool) => Pool
}

/** Opens the pool and what hangs on it. Pool size at most twice the cores: more only queues inside PostgreSQL. */
export function openPlatform(options: PlatformOptions): Platform {
  const { log, vault } = options
  const opened = openPool({
    url: options.appUrl,
    max: options.poolSize ?? 8,
    onError: (err) => log.warn({ err }, 'database connection lost'),
  })
  const pool = options.wrapPool ? options.wrapPool(opened) : opened
  const woken = new EventEmitter<{ wake: [] }>()
  woken.setMaxListeners(0)
  const secure = options.publicOrigin.startsWith('https:')
  return {
    pool,
    db: openDb(pool),
    log,
    vault,
    sessions: new Sessions(pool, options.sessions),
    clock: options.clock ?? (() => new Date()),
    publicOrigin: options.publicOrigin,
    secure,
    // `__Host-` demands Secure, which browsers other than Chromium refuse on http://127.0.0.1.
    cookieName: secure ? '__Host-sid' : 'sid',
    dataDir: options.dataDir,
    contentOrigin: options.contentOrigin ?? null,
    packageOrigins: options.packageOrigins ?? [],
    castOrigin: options.castOrigin ?? null,
    scan: options.clamd ? clamdScanner(options.clamd) : noScanner,
    outgoing: openOutgoing({ house: options.houseHosts }),
    opensUnscanned: options.opensUnscanned ?? true,
    wake: () => woken.emit('wake'),
    woken,
  }
}
