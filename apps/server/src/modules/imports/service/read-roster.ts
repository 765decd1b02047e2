import { createHash, type Hash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Input, importRefusals, MOST_ROSTER_BYTES, requestRefusals, type uploadRoster } from '@tongxin/contract'
import type { ColumnMapping, JudgedRow, Roster, RosterChoice } from '@tongxin/domain/roster/index'
import type { FastifyRequest } from 'fastify'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { findRegistered } from '../../members/index.ts'
import { findUnit, mayStandBelow, type OrgUnit, type PlannedUnit, unitNames, unitsByNames } from '../../org/index.ts'
import { type BatchRow, ROWS_PER_CHUNK, sealRows, speaks } from '../imports.chunks.ts'
import { columnsOfText, fingerprintOf } from '../imports.columns.ts'
import { factsOfRow, plannedFromRows, planUnits } from '../imports.plan.ts'
import { findMapping, type NewChunk } from '../imports.rows.queries.ts'
import { openRosterFile, type RosterFile } from '../roster-file.ts'

/** A file read and judged: everything that the batch will hold. */
export type ReadRoster = {
  own: OrgUnit
  fileSize: number
  fileHash: Buffer
  roster: Roster
  fingerprint: Buffer
  columns: ColumnMapping
  isCorrected: boolean
  chunks: NewChunk[]
  units: readonly PlannedUnit[]
  totals: { accept: number; warn: number; reject: number }
  plan: { register: number; existing: number; elsewhere: number }
  rowsHash: Buffer
}

/** Takes the file, reads and judges it, outside of any transaction. The file is gone afterwards, whatever happens. */
export async function readUpload(
  ctx: Ctx,
  { query }: Input<typeof uploadRoster>,
  request: FastifyRequest,
  platform: Platform,
): Promise<ReadRoster> {
  if (!(request.body instanceof Readable)) throw requestRefusals.unsupported_type()
  const own = await findUnit(ctx.db, ctx.actor, ctx.actor.orgId)
  if (!own) throw importRefusals.not_found()
  const folder = join(platform.dataDir, 'tmp', `roster-${randomUUID()}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const path = join(folder, 'roster')
    const file = await receive(request.body, path)
    const choice = choiceOf(query)
    return await readRoster(ctx, own, path, file, choice)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function choiceOf(query: Input<typeof uploadRoster>['query']): RosterChoice {
  const columns = query.columns === undefined ? undefined : columnsOfText(query.columns)
  return {
    ...(query.sheet === undefined ? {} : { sheet: query.sheet }),
    ...(query.headingRow === undefined ? {} : { headingRow: query.headingRow }),
    ...(columns === undefined ? {} : { columns }),
  }
}

async function receive(body: Readable, path: string): Promise<{ size: number; hash: Buffer }> {
  const hash = createHash('sha256')
  let size = 0
  const measured = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > MOST_ROSTER_BYTES) throw importRefusals.file_too_large({ limit: MOST_ROSTER_BYTES / 1024 / 1024 })
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(body, measured, createWriteStream(path, { mode: 0o600 }))
  if (size === 0) throw importRefusals.file_empty()
  return { size, hash: hash.digest() }
}

/** Reads and judges a file that lies on this machine. */
export async function readRoster(
  ctx: Ctx,
  own: OrgUnit,
  path: string,
  file: { size: number; hash: Buffer },
  choice: RosterChoice,
): Promise<ReadRoster> {
  const names = await unitNames(ctx.db, ctx.actor.tenantId, own.path)
  // On a new installation branches are taken as the file writes them.
  const isNew = names.length <= 1 && mayStandBelow('branch', own.kind)
  const knownBranches = isNew ? [] : names
  const options = { today: todayOf(ctx.now), knownBranches }
  let opened = await openRosterFile(path, { ...options, choice })
  try {
    const fingerprint = fingerprintOf(opened.roster.header.headings)
    const remembered = choice.columns
      ? undefined
      : ((await findMapping(ctx.db, ctx.actor.tenantId, own.id, fingerprint)) as ColumnMapping | undefined)
    if (remembered) {
      await opened.close()
      opened = await openRosterFile(path, {
        ...options,
        choice: { ...choice, columns: remembered, headingRow: opened.roster.header.lastRow },
      })
    }
    const judged = await judgeAll(ctx, own, opened, new Set(names))
    const { roster } = opened
    return {
      own,
      fileSize: file.size,
      fileHash: file.hash,
      roster,
      fingerprint,
      columns: roster.header.columns,
      isCorrected: choice.columns !== undefined,
      ...judged,
    }
  } finally {
    await opened.close()
  }
}

type Judged = Pick<ReadRoster, 'chunks' | 'units' | 'totals' | 'plan' | 'rowsHash'>

async function judgeAll(ctx: Ctx, own: OrgUnit, file: RosterFile, existing: ReadonlySet<string>): Promise<Judged> {
  const { planned, aliases } = planUnits(file.organisations, own, existing)
  const collected = new Collected(ctx, own, aliases)
  for await (const rows of file.judged()) for (const row of rows) await collected.add(row)
  const { chunks, totals, plan, hash, branches } = await collected.end()
  const known = new Set([...existing, ...planned.map((unit) => unit.name)])
  const units = [...planned, ...plannedFromRows(branches, own, known)]
  await demandKinds(ctx, own, units)
  return { chunks, totals, plan, units, rowsHash: hash.update(JSON.stringify(units)).digest() }
}

/** Collects judged rows into sealed chunks, finding out who is registered already a thousand rows at a time. */
class Collected {
  readonly #ctx: Ctx
  readonly #own: OrgUnit
  readonly #aliases: Readonly<Record<string, string>>
  readonly #chunks: NewChunk[] = []
  readonly #hash: Hash = createHash('sha256')
  readonly #totals = { accept: 0, warn: 0, reject: 0 }
  readonly #plan = { register: 0, existing: 0, elsewhere: 0 }
  readonly #branches = new Set<string>()
  #rows: BatchRow[] = []

  constructor(ctx: Ctx, own: OrgUnit, aliases: Readonly<Record<string, string>>) {
    this.#ctx = ctx
    this.#own = own
    this.#aliases = aliases
  }

  async add({ judgement, filled }: JudgedRow): Promise<void> {
    const { row, outcome, problems, remarks, record } = judgement
    this.#totals[outcome] += 1
    const branch =
      record === null ? '' : (this.#aliases[record.branch] ?? (record.branch === '' ? this.#own.name : record.branch))
    if (record !== null) this.#branches.add(branch)
    const written = outcome === 'accept' ? {} : { written: filled.cells.map((cell) => cell.text) }
    const name =
      record?.name ??
      filled.cells.map((cell) => cell.text).find((text) => /^\p{Script=Han}{2,6}$/u.test(text.replace(/\s/g, ''))) ??
      ''
    this.#rows.push({
      row,
      outcome,
      problems,
      remarks,
      name,
      branch,
      facts: record === null ? null : factsOfRow(record),
      ...written,
    })
    if (this.#rows.length === ROWS_PER_CHUNK) await this.#flush()
  }

  async #flush(): Promise<void> {
    if (this.#rows.length === 0) return
    const { vault, db, actor, now } = this.#ctx
    const numbers = this.#rows.flatMap((row) => (row.facts?.idNumber ? [row.facts.idNumber] : []))
    const registered = await findRegistered(db, vault, actor, numbers)
    const rows = this.#rows.map((row) => {
      const existing = row.facts?.idNumber ? registered.get(row.facts.idNumber) : undefined
      if (row.facts === null) return row
      this.#plan[existing === undefined ? 'register' : existing === '' ? 'elsewhere' : 'existing'] += 1
      return existing === undefined ? row : { ...row, existing, problems: [...row.problems, 'id.already_registered'] }
    })
    for (const { row, branch, facts, existing } of rows)
      if (facts !== null) this.#hash.update(JSON.stringify([row, branch, facts, existing ?? null]))
    const id = newId({ now })
    const last = rows.at(-1) as BatchRow
    this.#chunks.push({
      id,
      ordinal: this.#chunks.length,
      lastRow: last.row,
      people: rows.filter((row) => row.facts !== null).length,
      problems: rows.filter(speaks).length,
      sealed: sealRows(vault, id, rows, now),
    })
    this.#rows = []
  }

  async end(): Promise<{
    chunks: NewChunk[]
    totals: Judged['totals']
    plan: Judged['plan']
    hash: Hash
    branches: Set<string>
  }> {
    await this.#flush()
    return { chunks: this.#chunks, totals: this.#totals, plan: this.#plan, hash: this.#hash, branches: this.#branches }
  }
}

/** Every planned organisation may stand where the workbook puts it. */
async function demandKinds(ctx: Ctx, own: OrgUnit, units: readonly PlannedUnit[]): Promise<void> {
  const known = await unitsByNames(ctx.db, ctx.actor.tenantId, own.path, [
    ...new Set(units.map((unit) => unit.parentName)),
  ])
  const kinds = new Map([
    [own.name, own.kind],
    ...known.map((unit) => [unit.name, unit.kind] as const),
    ...units.map((unit) => [unit.name, unit.kind] as const),
  ])
  for (const unit of units) {
    const parent = kinds.get(unit.parentName)
    if (!parent || !mayStandBelow(unit.kind, parent))
      throw importRefusals.unit_kind_unknown({ name: unit.name, parent: unit.parentName })
  }
}
