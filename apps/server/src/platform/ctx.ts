import type { Permission, RoleName } from '@tongxin/contract'
import type { Db, Tx } from './db.ts'
import type { Log } from './log.ts'
import type { Vault } from './vault.ts'

/**
 * Who asks, under exactly one grant. `scope` is the path of the organisation the grant is given at; with reach
 * `self` it is the person's own branch and only the person's own data may be touched.
 */
export type Actor = {
  readonly personId: string
  readonly personName: string
  readonly tenantId: string
  readonly grantId: string
  readonly role: RoleName
  readonly orgId: string
  readonly scope: string
  readonly reach: 'self' | 'node' | 'subtree'
  readonly memberId: string | null
  readonly permissions: ReadonlySet<Permission>
  readonly secondFactorAt: Date | null
  readonly secondFactorNeeded: boolean
  readonly sessionHash: Buffer
}

/** What every use case is given. `Ctx<Tx>` stands inside the request's transaction, `Ctx` may only read. */
export type Ctx<D extends Db = Db> = {
  readonly db: D
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
  readonly vault: Vault
  readonly log: Log
  /** The version the caller has seen (`If-Match`), where the endpoint demands it. */
  readonly expectedVersion: number | null
  /** Runs after the commit, never when it fails: for what must not happen inside a transaction. */
  readonly onCommit: (work: () => void) => void
}

/** A request without a session: `public` endpoints and those that make a session. */
export type PublicCtx = Omit<Ctx, 'actor' | 'db'> & {
  /** No row-security variables are set: tenant tables are empty through it. */
  readonly db: Db
  readonly address: string
  readonly device: string
  readonly cookies: Readonly<Record<string, string | undefined>>
  readonly setCookie: (name: string, value: string | null, maxAgeSeconds?: number) => void
}

export type { Db, Tx }
