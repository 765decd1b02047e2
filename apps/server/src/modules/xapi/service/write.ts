import { randomUUID } from 'node:crypto'
import { xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { Statement } from '../../../platform/batch.ts'
import { cacheOf } from '../../../platform/cache.ts'
import { todayOf } from '../../../platform/clock.ts'
import { newId } from '../../../platform/events.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inBatchedTransaction } from '../../../platform/transaction.ts'
import * as q from '../queries/writing.queries.ts'
import type { Prepared } from '../statement/prepared.ts'
import type { Members } from '../statement/shape.ts'
import { HERE, homeless } from '../xapi.keys.ts'
import type { Caller } from './caller.ts'

/** What one request wants to have kept: all of it or nothing. */
export type Ask = {
  readonly caller: Caller
  readonly statements: readonly Prepared[]
  readonly attachments: readonly q.AttachmentRow[]
}
/** The ids, in order. */
export type Kept = { readonly ids: readonly string[]; readonly stored: Date }

/** One insert for at most so many requests; see docs/decisions/0011-groups-of-check-ins.md for the figures. */
const GROUP = { most: 256, atOnce: 3, worth: 48 }

/**
 * Keeps statements: what arrives while others are being written is written together, and answered after the commit. The
 * key of each request is proved in the same transaction.
 */
export const keeping = (platform: Platform) =>
  grouped<Ask, Kept>(async (asks) => {
    const answers = new Map<Ask, Kept | Error>()
    for (const [tenantId, group] of Map.groupBy(asks, ({ caller }) => caller.tenantId))
      for (const [ask, answer] of await keepInTenant(platform, tenantId, group)) answers.set(ask, answer)
    return asks.map((ask) => answers.get(ask) ?? requestRefusals.signed_out())
  }, GROUP)

async function keepInTenant(
  platform: Platform,
  tenantId: string,
  asks: readonly Ask[],
): Promise<Map<Ask, Kept | Error>> {
  const now = platform.clock()
  const scope = asks[0]?.caller.scope ?? ''
  const all = asks.flatMap(({ statements }) => statements)
  const ids = all.flatMap(({ id }) => id ?? [])
  const reads = [
    q.findingCredentials(
      tenantId,
      asks.map(({ caller }) => caller.id),
      now,
      todayOf(now),
    ),
    q.findingStatements(tenantId, [...ids, ...all.flatMap(({ refersTo }) => refersTo ?? [])]),
    q.findingVoiding(tenantId, ids),
  ]
  const kept = await inBatchedTransaction(platform, { tenantId, scope }, reads, ([credentials, known, voiding]) => {
    // The clock is read inside the transaction: nothing that is still being written is older than its transaction.
    const group = new Group(platform, tenantId, {
      valid: new Set((credentials?.rows as q.CredentialRow[]).map(({ id }) => id)),
      known: new Map((known?.rows as q.KnownStatement[]).map((row) => [row.id, row])),
      voiding: (voiding?.rows ?? []) as q.Voiding[],
    })
    const answers = new Map(asks.map((ask) => [ask, group.settle(ask)]))
    return { statements: group.writes(), result: { group, answers } }
  })
  kept.group.remember()
  return kept.answers
}

export type Read = {
  readonly valid: ReadonlySet<string>
  readonly known: Map<string, q.KnownStatement>
  readonly voiding: q.Voiding[]
}

/** One group of requests of one tenant, decided one after the other. */
export class Group {
  readonly #platform: Platform
  readonly #tenantId: string
  readonly #read: Read
  readonly #stored: Date
  readonly #rows: q.NewStatement[] = []
  readonly #attachments = new Map<string, q.AttachmentRow>()
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

  settle(ask: Ask): Kept | Error {
    const { caller } = ask
    if (!this.#read.valid.has(caller.id)) return requestRefusals.signed_out()
    const refusal = this.#refusalOf(ask)
    if (refusal) return refusal
    for (const { sha2, ...more } of ask.attachments) this.#attachments.set(sha2.toString('hex'), { sha2, ...more })
    return { ids: ask.statements.map((statement) => this.#keep(caller, statement)), stored: this.#stored }
  }

  /** A statement is never changed: the same again is well, another under the same id is not (4.1.6.1). */
  #refusalOf({ caller, statements }: Ask): Error | null {
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
    this.#rows.push({
      ...keys,
      id,
      seq,
      orgPath: caller.orgPath,
      credentialId: caller.id,
      memberId: caller.launch?.memberId ?? null,
      refers,
      voided: isVoided,
      raw: this.#rawOf(caller, id, body),
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
    return [
      ...(attachments.length > 0 ? [q.keepingAttachments(tenantId, this.#stored, attachments)] : []),
      ...(activities.length > 0 ? [q.knowingActivities(tenantId, activities)] : []),
      ...(this.#rows.length > 0 ? [q.insertingStatements(tenantId, this.#stored, this.#rows)] : []),
      ...(this.#mentions.length > 0 ? [q.mentioning(tenantId, this.#mentions)] : []),
      ...(this.#references.length + this.#named.length > 0
        ? [q.mentioningVia(tenantId, { seqs: this.#references, ids: this.#named })]
        : []),
      ...(this.#voided.size > 0 ? [q.markingVoided(tenantId, [...this.#voided])] : []),
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
