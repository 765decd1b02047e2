// node-postgres exports these files ("./lib/*" in its package.json) without types.
declare module 'pg/lib/result.js' {
  export default class Result {
    constructor(rowMode: string, types: unknown)
    rows: Record<string, unknown>[]
    rowCount: number | null
    command: string | null
    addFields(fields: unknown[]): void
    parseRow(fields: unknown[]): Record<string, unknown>
    addRow(row: Record<string, unknown>): void
    addCommandComplete(message: object): void
  }
}
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): unknown
}
