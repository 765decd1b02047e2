import { createHash } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { cacheOf } from '../../../platform/cache.ts'
import type { Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { type Tenant, tenantAt } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { stampOf } from '../queries/columns.queries.ts'

/** One answer in the forms in which it is sent, made once and sent to many. */
export type Kept = {
  readonly status: number
  readonly type: string
  readonly plain: Buffer
  readonly packed: Buffer
  readonly etag: string
  /** Whose readers are counted. */
  readonly articleId: string | null
}
export type Made = Pick<Kept, 'status' | 'type'> & { readonly text: string; readonly articleId?: string | null }

const MOST_PAGES = 1000
/** So long a page may be older than what was released or taken off. */
const FRESH_MS = 1000

function kept({ text, status, type, articleId = null }: Made): Kept {
  const plain = Buffer.from(text)
  const etag = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { status, type, plain, packed: brotliCompressSync(plain), etag, articleId }
}

/**
 * The pages of one tenant, kept in memory until something changes of what the public reads: that is asked for at most
 * once a second, so what is taken off is gone a second later on every server, and readers ask the database for nothing.
 */
export class KeptSite {
  readonly tenant: Tenant
  readonly #platform: Platform
  #pages = cacheOf<Kept>(MOST_PAGES)
  #making = new Map<string, Promise<Kept>>()
  #seen = ''
  #askedAt = Number.NEGATIVE_INFINITY
  #asking: Promise<void> | null = null

  constructor(platform: Platform, tenant: Tenant) {
    this.#platform = platform
    this.tenant = tenant
  }

  /** A page that is there and fresh, without waiting. */
  fresh(key: string): Kept | undefined {
    return performance.now() - this.#askedAt < FRESH_MS ? this.#pages.get(key) : undefined
  }

  /** `today` changes what is open. */
  async page(key: string, today: string, make: (tx: Tx) => Promise<Made>): Promise<Kept> {
    await this.#freshen(today)
    const there = this.#pages.get(key)
    if (there) return there
    const stamp = this.#seen
    const name = `${stamp} ${key}`
    const making = this.#making.get(name) ?? this.#make(make).finally(() => this.#making.delete(name))
    this.#making.set(name, making)
    const page = await making
    // Something changed while it was made: the next reader has it made again.
    if (stamp === this.#seen) this.#pages.set(key, page)
    return page
  }

  async #make(make: (tx: Tx) => Promise<Made>): Promise<Kept> {
    return kept(await this.inside(make))
  }

  inside<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { id: tenantId, path: scope } = this.tenant
    return inSystemTransaction(this.#platform, { tenantId, scope }, work)
  }

  async #freshen(today: string): Promise<void> {
    if (performance.now() - this.#askedAt < FRESH_MS) return
    this.#asking ??= this.#ask(today).finally(() => {
      this.#asking = null
    })
    await this.#asking
  }

  async #ask(today: string): Promise<void> {
    const began = performance.now()
    const stamp = `${await this.inside((tx) => stampOf(tx, this.tenant.id))} ${today}`
    if (stamp !== this.#seen) {
      this.#pages = cacheOf<Kept>(MOST_PAGES)
      this.#seen = stamp
    }
    this.#askedAt = began
  }
}

export type Sites = {
  readonly siteAt: (path: string) => Promise<KeptSite | undefined>
  readonly known: (path: string) => KeptSite | undefined
}
/** The sites of a server by the path of their tenant. */
export function openSites(platform: Platform): Sites {
  const sites = new Map<string, KeptSite>()
  return {
    known: (path) => sites.get(path),
    siteAt: async (path) => {
      const known = sites.get(path)
      if (known) return known
      const tenant = await tenantAt(platform.db, path)
      if (!tenant) return undefined
      const site = new KeptSite(platform, tenant)
      sites.set(path, site)
      return site
    },
  }
}
