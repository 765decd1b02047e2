import type { Connection } from 'pg'
import Result from 'pg/lib/result.js'
import { prepareValue } from 'pg/lib/utils.js'
import type { Submittable } from 'pg'

/** One statement of a batch. The same text must always come with the same name. */
export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] }
export type BatchRows = { rows: Record<string, unknown>[]; rowCount: number | null; command: string | null }

type Wire = Connection & {
  parse(query: { name: string; text: string }): void
  bind(config: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void
  describe(message: { type: 'P'; name: string }): void
  execute(config: { portal: string; rows: number }): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
  stream: { cork(): void; uncork(): void }
}

/** Per connection: statements known to be prepared, and those of a failed batch, which may or may not be. */
const prepared = new WeakMap<object, { known: Set<string>; doubtful: Set<string> }>()

/**
 * Several statements sent before one Sync: PostgreSQL runs them as one implicit transaction and answers in one round
 * trip (PostgreSQL documentation, "Pipelining" in the extended query protocol). So the statements that establish who
 * is asking and set the row-security variables travel with the read they protect, at the price of no extra round trip.
 */
export class Batch implements Submittable {
  readonly statements: readonly Statement[]
  readonly #results: InstanceType<typeof Result>[]
  readonly #sent: string[] = []
  readonly #done: (error: Error | null, results: BatchRows[]) => void
  #at = 0
  #wire: object | null = null
  #failed: Error | null = null

  constructor(statements: readonly Statement[], done: (error: Error | null, results: BatchRows[]) => void) {
    this.statements = statements
    this.#results = statements.map(() => new Result('', undefined))
    this.#done = done
  }

  submit(connection: Connection): void {
    const wire = connection as Wire
    this.#wire = connection
    let names = prepared.get(connection)
    if (!names) prepared.set(connection, (names = { known: new Set(), doubtful: new Set() }))
    wire.stream.cork()
    try {
      for (const { name, text, values } of this.statements) {
        if (names.doubtful.delete(name)) wire.close({ type: 'S', name })
        if (!names.known.has(name)) {
          wire.parse({ name, text })
          names.known.add(name)
          this.#sent.push(name)
        }
        wire.bind({ statement: name, values, valueMapper: prepareValue })
        wire.describe({ type: 'P', name: '' })
        wire.execute({ portal: '', rows: 0 })
      }
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
  }

  #current(): InstanceType<typeof Result> {
    return this.#results[this.#at] as InstanceType<typeof Result>
  }
  handleRowDescription(message: { fields: unknown[] }): void {
    this.#current().addFields(message.fields)
  }
  handleDataRow(message: { fields: unknown[] }): void {
    const result = this.#current()
    result.addRow(result.parseRow(message.fields))
  }
  handleCommandComplete(message: object): void {
    this.#current().addCommandComplete(message)
    this.#at += 1
  }
  handleEmptyQuery(): void {
    this.#at += 1
  }
  handlePortalSuspended(): void {}
  handleParseComplete(): void {}

  handleError(error: Error): void {
    if (this.#failed) return
    this.#failed = error
    const names = this.#wire && prepared.get(this.#wire)
    for (const name of this.#sent) {
      names?.known.delete(name)
      names?.doubtful.add(name)
    }
    this.#done(error, [])
  }
  handleReadyForQuery(): void {
    if (!this.#failed) this.#done(null, this.#results as unknown as BatchRows[])
  }
}
