import type pg from 'pg'

type CopyConnection = {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
}

/**
 * `COPY ... FROM STDIN` as node-postgres drives any query of its own making: the whole chunk is handed over when the
 * server asks for it (PostgreSQL protocol, "COPY Operations").
 */
class CopyIn {
  readonly #text: string
  readonly #rows: Buffer
  readonly #done: (error: Error | null) => void
  #failed: Error | null = null

  constructor(text: string, rows: Buffer, done: (error: Error | null) => void) {
    this.#text = text
    this.#rows = rows
    this.#done = done
  }

  submit(connection: CopyConnection): void {
    connection.query(this.#text)
  }
  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.#rows)
    connection.endCopyFrom()
  }
  handleError(error: Error): void {
    this.#failed ??= error
  }
  handleReadyForQuery(): void {
    this.#done(this.#failed)
  }
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

/** A value of a row: text, a number, bytes, an instant, or nothing. */
export type Cell = string | number | Buffer | Date | null

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function written(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'number') return String(cell)
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`
  if (cell instanceof Date) return cell.toISOString()
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (one) => ESCAPES[one] as string) : cell
}

/** Writes rows into a table; the columns are the keys of the first row, and every row has the same in the same order. */
export async function copyRows(
  client: pg.Client,
  table: string,
  rows: readonly Readonly<Record<string, Cell>>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] as object)
  const text = rows.map((row) => Object.values(row).map(written).join('\t')).join('\n')
  const bytes = Buffer.from(`${text}\n`)
  const statement = `copy ${table} (${columns.join(', ')}) from stdin`
  await new Promise<void>((resolve, reject) => {
    client.query(new CopyIn(statement, bytes, (error) => (error ? reject(error) : resolve())) as never)
  })
}
