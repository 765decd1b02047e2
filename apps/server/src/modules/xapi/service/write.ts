import { randomUUID } from 'node:crypto'
import { xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { Statement } from '../../../platform/batch.ts'
import { cacheOf } from '../../../platform/cache.ts'
import { todayOf } from '../../../platform/clock.ts'
import { newId } from '../../../platform/events.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inBatchedTransaction } from '../../../platform/transaction.ts'
import { countingUsage, findingUsage, ROW_BYTES, type Usage } from '../queries/usage.queries.ts'
import * as q from '../queries/writing.queries.ts'
import { attachmentsOf } from '../statement/attachments.ts'
import type { Prepared } from '../statement/prepared.ts'
import type { Members } from '../statement/shape.ts'
import { HERE, homeless } from '../xapi.keys.ts'
import type { Caller } from './caller.ts'
import { mostBytesOf, quotaFull } from './quota.ts'

/** What one request wants to have kept: all of it or nothing. */
export type Ask = {
  readonly caller: Caller
  readonly statements: readonly Prepared[]
  readonly attachments: readonly q.AttachmentRow[]
  /** Bytes of the request. */
  readonly sent: number
}
/** With what its key may bring in all. */
export type BoundedAsk = Ask & { readonly most: number }
/** The ids, in order. */
export type Kept = { readonly ids: readonly string[]; readonly stored: Date }

/** One insert for at most so many requests; see docs/decisions/0011-groups-of-check-ins.md for the figures. */
const GROUP = { most: 256, atOnce: 3, worth: 48 }

/**
 * Keeps statements: what arrives while others are being written is written together, and answered after the commit. The
 * key of each request is proved in the same transaction.
 */
export const keeping = (platform: Platform): ((ask: Ask) => Promise<Kept>) => {
  const keep = grouped<BoundedAsk, Kept>(async (asks) => {
    const answers = new Map<BoundedAsk, Kept | Error>()
    for (const [tenantId, group] of Map.groupBy(asks, ({ caller }) => caller.tenantId))
      for (const [ask, answer] of await keepInTenant(platform, tenantId, group)) answers.set(ask, answer)
    return asks.map((ask) => answers.get(ask) ?? requestRefusals.signed_out())
  }, GROUP)
  return async (ask) => keep({ ...ask, most: await mostBytesOf(platform, ask.caller) })
}

async function keepInTenant(
  platform: Platform,
  tenantId: string,
  asks: readonly BoundedAsk[],
): Promise<Map<BoundedAsk, Kept | Error>> {
  const now = platform.clock()
  const scope = asks[0]?.caller.scope ?? ''
  const all = asks.flatMap(({ statements }) => statements)
  const ids = all.flatMap(({ id }) => id ?? [])
  const callers = asks.map(({ caller }) => caller.id)
  const reads = [
    q.findingCredentials(tenantId, callers, now, todayOf(now)),
    q.findingStatements(tenantId, [...ids, ...all.flatMap(({ refersTo }) => refersTo ?? [])]),
    q.findingVoiding(tenantId, ids),
    findingUsage(tenantId, callers),
  ]
  const kept = await inBatchedTransaction(platform, { tenantId, scope }, reads, (rows) => {
    const [credentials, known, voiding, usage] = rows
    // The clock is read inside the transaction: nothing that is still being written is older than its transaction.
    const group = new Group(platform, tenantId, {
      valid: new Set((credentials?.rows as q.CredentialRow[]).map(({ id }) => id)),
      known: new Map((known?.rows as q.KnownStatement[]).map((row) => [row.id, row])),
      voiding: (voiding?.rows ?? []) as q.Voiding[],
      used: usedIn(usage?.rows as Usage[]),
    })
    const answers = new Map(asks.map((ask) => [ask, group.settle(ask)]))
    return { statements: group.writes(), result: { group, answers } }
  })
  kept.group.remember()
  return kept.answers
}

export const usedIn = (rows: readonly Usage[]): Map<string, number> =>
  new Map(rows.map(({ credentialId, bytes }) => [credentialId, bytes]))

export type Read = {
  readonly valid: ReadonlySet<string>
  readonly known: Map<string, q.KnownStatement>
  readonly voiding: q.Voiding[]
  /** Bytes that each key had brought before. */
  readonly used: ReadonlyMap<string, number>
}

/** One group of requests of one tenant, decided one after the other. */
export class Group {
  readonly #platform: Platform
  readonly #tenantId: string
  readonly #read: Read
  readonly #stored: Date
  readonly #rows: q.NewStatement[] = []
  readonly #attachments = new Map<string, q.AttachmentRow>()
  readonly #attached: q.AttachedRow[] = []
  readonly #brought = new Map<string, number>()
  readonly #activities = new Map<string, q.ActivityRow>()
  readonly #voided = new Set<string>()
  readonly #said = new Map<string, string>()
  readonly #mentions: q.Mention[] = []
  /** Statements about others, by their place; and those whose ids others may have referred to before. */
  readonly #references: string[] = []
  readonly #named: string[] = []

  constructor(platform: Platform, tenantId: string, read: Read) {
    this.#platform = platform
    this.#tenantId = tenantId
    this.#read = read
    this.#stored = platform.clock()
  }

  settle(ask: BoundedAsk): Kept | Error {
    const { caller } = ask
    if (!this.#read.valid.has(caller.id)) return requestRefusals.signed_out()
    const refusal = this.#refusalOf(ask)
    if (refusal) return refusal
    const before = ask.attachments.length > 0 ? new Set(this.#read.known.keys()) : null
    const ids = ask.statements.map((statement) => this.#keep(caller, statement))
    if (before) this.#attach(ask, (at) => (before.has(ids[at] ?? '') ? undefined : ids[at]))
    return { ids, stored: this.#stored }
  }

  /** Bytes belong to the statements that brought them: one that was told before brings nothing more. */
  #attach({ caller, statements, attachments }: Ask, newIdAt: (place: number) => string | undefined): void {
    const brought = new Set<q.AttachmentRow>()
    const parts = new Map(attachments.map((part) => [part.sha2.toString('hex'), part]))
    for (const [at, { body }] of statements.entries()) {
      const statementId = newIdAt(at)
      if (statementId === undefined) continue
      for (const named of attachmentsOf(body)) {
        const sum = named.sha2.toLowerCase()
        const part = parts.get(sum)
        if (!part) continue
        this.#attached.push({ statementId, sha2: part.sha2, contentType: part.contentType })
        this.#attachments.set(sum, part)
        brought.add(part)
      }
    }
    for (const { bytes } of brought) this.#count(caller, bytes.length)
  }

  #count({ id }: Caller, bytes: number): void {
    this.#brought.set(id, (this.#brought.get(id) ?? 0) + bytes + ROW_BYTES)
  }

  /** A statement is never changed: the same again is well, another under the same id is not (4.1.6.1). */
  #refusalOf({ caller, statements, sent, most }: BoundedAsk): Error | null {
    const used = (this.#read.used.get(caller.id) ?? 0) + (this.#brought.get(caller.id) ?? 0)
    const isNew = statements.some(({ id }) => id === null || !this.#read.known.has(id))
    if (isNew && used + sent > most) return quotaFull(most)
    for (const { id, digest, voids } of statements) {
      const known = id === null ? undefined : this.#read.known.get(id)
      if (known && known.digest !== digest) return refusals.other_statement({ id: known.id })
      const target = voids === null ? undefined : this.#read.known.get(voids)
      if (target && target.credentialId !== caller.id) return refusals.not_own({ id: target.id })
    }
    return null
  }

  #keep(caller: Caller, statement: Prepared): string {
    const { body, definitions, refersTo, agents, relatedAgents, relatedActivities, ...keys } = statement
    if (keys.id !== null && this.#read.known.has(keys.id)) return keys.id
    const id = keys.id ?? randomUUID()
    const target = refersTo === null ? undefined : this.#read.known.get(refersTo)
    const refers = refersTo === null ? [] : [refersTo, ...(target?.refers ?? [])].slice(0, MOST_REFERENCES)
    const isVoided =
      keys.voids === null && this.#read.voiding.some((v) => v.voids === id && v.credentialId === caller.id)
    if (keys.voids !== null) {
      this.#read.voiding.push({ voids: keys.voids, credentialId: caller.id })
      if (target) this.#voided.add(keys.voids)
    }
    this.#read.known.set(id, { id, digest: keys.digest, credentialId: caller.id, voids: keys.voids, refers })
    const seq = newId({ now: this.#stored })
    const { agent, relatedAgent, relatedActivity, refers: referring } = q.WAYS
    this.#mention(seq, { [agent]: agents, [relatedAgent]: relatedAgents, [relatedActivity]: relatedActivities })
    this.#mention(seq, { [referring]: refers })
    if (refers.length > 0) this.#references.push(seq)
    if (keys.id !== null) this.#named.push(id)
    const raw = this.#rawOf(caller, id, body)
    this.#count(caller, Buffer.byteLength(raw))
    this.#rows.push({
      ...keys,
      id,
      seq,
      orgPath: caller.orgPath,
      credentialId: caller.id,
      memberId: caller.launch?.memberId ?? null,
      refers,
      voided: isVoided,
      raw,
    })
    for (const { key, iri, definition } of definitions) this.#know(key, iri, JSON.stringify(definition))
    return id
  }

  #mention(seq: string, byWay: Readonly<Record<number, readonly string[]>>): void {
    for (const [way, keys] of Object.entries(byWay))
      for (const key of keys) this.#mentions.push({ way: Number(way), key, seq })
  }

  #rawOf(caller: Caller, id: string, body: Prepared['body']): string {
    const stored = this.#stored.toISOString()
    const authority = { objectType: 'Agent', account: { homePage: this.#platform.publicOrigin, name: caller.name } }
    return JSON.stringify({ id, ...body, timestamp: body.timestamp ?? stored, stored, authority })
  }

  /** Definitions of our own activities come from us: a program outside may not rename a course. */
  #know(key: string, iri: string, definition: string): void {
    if (homeless(iri, this.#platform.publicOrigin).startsWith(HERE)) return
    const place = `${this.#tenantId}/${key}`
    if ((this.#said.get(place) ?? said.get(place)) === definition) return
    this.#said.set(place, definition)
    const other = this.#activities.get(key)?.definition
    this.#activities.set(key, { key, iri, definition: other === undefined ? definition : together(other, definition) })
  }

  /** After the commit: what was rolled back has not been said. */
  remember(): void {
    for (const [place, definition] of this.#said) said.set(place, definition)
  }

  writes(): Statement[] {
    const tenantId = this.#tenantId
    const activities = [...this.#activities.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
    const attachments = [...this.#attachments.values()]
    const brought = [...this.#brought].map(([credentialId, bytes]) => ({ credentialId, bytes }))
    return [
      ...(attachments.length > 0
        ? [q.keepingAttachments(tenantId, this.#stored, attachments), q.linkingAttachments(tenantId, this.#attached)]
        : []),
      ...(activities.length > 0 ? [q.knowingActivities(tenantId, activities)] : []),
      ...(this.#rows.length > 0 ? [q.insertingStatements(tenantId, this.#stored, this.#rows)] : []),
      ...(this.#mentions.length > 0 ? [q.mentioning(tenantId, this.#mentions)] : []),
      ...(this.#references.length + this.#named.length > 0
        ? [q.mentioningVia(tenantId, { seqs: this.#references, ids: this.#named })]
        : []),
      ...(this.#voided.size > 0 ? [q.markingVoided(tenantId, [...this.#voided])] : []),
      // The last one: the row of a key is held for the commit only.
      ...(brought.length > 0 ? [countingUsage(tenantId, brought)] : []),
    ]
  }
}

/** Two definitions of one activity as one, as the database puts them together. */
function together(one: string, other: string): string {
  const [first, second] = [JSON.parse(one), JSON.parse(other)] as [Members, Members]
  const merged: Members = { ...first, ...second }
  for (const name of ['name', 'description', 'extensions'])
    if (first[name] && second[name]) merged[name] = { ...(first[name] as Members), ...(second[name] as Members) }
  return JSON.stringify(merged)
}

/** How far a chain of references is followed. */
const MOST_REFERENCES = 16

/** The last definition said of an activity: what is said again with every statement is written once. */
const said = cacheOf<string>(20_000, { ttl: 10 * 60_000 })
