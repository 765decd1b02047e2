import type { Connection, Submittable } from 'pg'
import Result from 'pg/lib/result.js'
import { prepareValue } from 'pg/lib/utils.js'
import { serialize } from 'pg-protocol'

/** One statement of a batch. The same text must always come with the same name; an empty name is planned each time. */
export type Statement = { readonly name: string; readonly text: string; readonly values: readonly unknown[] }
export type BatchRows = { rows: Record<string, unknown>[]; rowCount: number | null; command: string | null }

type Reader = InstanceType<typeof Result>
/**
 * Per connection: what reads the rows of the statements it has prepared, and names of a failed batch, which may or may
 * not be. A reader knows the parsers of its columns: to look them up for every request costs more than to read a row.
 */
type Prepared = { readonly columns: Map<string, Reader | null>; readonly doubtful: Set<string> }
const prepared = new WeakMap<object, Prepared>()

const SYNC = serialize.sync()
const EXECUTE = serialize.execute({ portal: '', rows: 0 })
const DESCRIBE = serialize.describe({ type: 'P', name: '' })

/**
 * Several statements sent before one Sync: PostgreSQL runs them as one implicit transaction and answers in one round
 * trip (PostgreSQL documentation, "Pipelining" in the extended query protocol). So the statements that establish who
 * is asking and set the row-security variables travel with the read they protect, at the price of no extra round trip.
 */
export class Batch implements Submittable {
  readonly statements: readonly Statement[]
  readonly #results: Reader[]
  /** Reads the rows of the statement of the same index. */
  readonly #readers: (Reader | null)[] = []
  readonly #sent: string[] = []
  readonly #done: (error: Error | null, results: BatchRows[]) => void
  #at = 0
  #prepared: Prepared | null = null
  #failed: Error | null = null

  constructor(statements: readonly Statement[], done: (error: Error | null, results: BatchRows[]) => void) {
    this.statements = statements
    this.#results = statements.map(() => new Result('', undefined))
    this.#done = done
  }

  /** One write for the whole batch; columns are asked for only where this connection does not know them yet. */
  submit(connection: Connection): void {
    let known = prepared.get(connection)
    if (!known) prepared.set(connection, (known = { columns: new Map(), doubtful: new Set() }))
    this.#prepared = known
    const { stream } = connection as Connection & { stream: { write(bytes: Buffer): void } }
    try {
      stream.write(
        Buffer.concat([...this.statements.flatMap((statement, index) => this.#messagesOf(statement, index)), SYNC]),
      )
    } catch (error) {
      // A value that cannot be sent: nothing has left yet, and the Sync alone brings the connection back to rest.
      this.handleError(error as Error)
      stream.write(SYNC)
    }
  }

  #messagesOf({ name, text, values }: Statement, index: number): Buffer[] {
    const known = this.#prepared as Prepared
    const messages: Buffer[] = []
    if (known.doubtful.delete(name)) messages.push(serialize.close({ type: 'S', name }))
    const reader = known.columns.get(name)
    // The unnamed statement lasts until the next one: it is parsed each time.
    if (name === '') messages.push(serialize.parse({ name, text }))
    else if (reader === undefined) {
      messages.push(serialize.parse({ name, text }))
      known.columns.set(name, null)
      this.#sent.push(name)
    }
    messages.push(serialize.bind({ statement: name, values: values as unknown[], valueMapper: prepareValue }))
    this.#readers[index] = reader ?? null
    if (!reader) messages.push(DESCRIBE)
    messages.push(EXECUTE)
    return messages
  }

  handleRowDescription(message: { fields: unknown[] }): void {
    const reader = new Result('', undefined)
    reader.addFields(message.fields)
    this.#readers[this.#at] = reader
    const name = this.statements[this.#at]?.name
    if (name) this.#prepared?.columns.set(name, reader)
  }
  handleDataRow(message: { fields: unknown[] }): void {
    if (this.#failed) return
    try {
      const row = (this.#readers[this.#at] as Reader).parseRow(message.fields)
      this.#results[this.#at]?.addRow(row)
    } catch (error) {
      // Thrown from here it would end the process: nobody stands above the socket.
      this.handleError(error as Error)
    }
  }
  handleCommandComplete(message: object): void {
    this.#results[this.#at]?.addCommandComplete(message)
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
    // After a failure it is unknown which of them PostgreSQL has prepared: closed and prepared again next time.
    for (const name of this.#sent) {
      this.#prepared?.columns.delete(name)
      this.#prepared?.doubtful.add(name)
    }
    this.#done(error, [])
  }
  handleReadyForQuery(): void {
    if (!this.#failed) this.#done(null, this.#results as unknown as BatchRows[])
  }
}
