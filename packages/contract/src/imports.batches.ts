import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

export const BATCH_STATES = [
  'read',
  'submitted',
  'applying',
  'applied',
  'returned',
  'withdrawn',
  'failed',
  'reversed',
] as const
export const ROW_OUTCOMES = ['accept', 'warn', 'reject', 'update', 'skip'] as const
/** Bytes of a roster file that are taken. */
export const MOST_ROSTER_BYTES = 30 * 1024 * 1024
const Language = oneOf(['zh-CN', 'en'] as const)
const Reason = Type.String({ minLength: 2, maxLength: 500 })

const Counts = Type.Object({ accept: Type.Integer(), warn: Type.Integer(), reject: Type.Integer() })
/** Rows of a file: to be registered, of people already registered here (updated or skipped), or elsewhere (skipped). */
const Plan = Type.Object({ register: Type.Integer(), existing: Type.Integer(), elsewhere: Type.Integer() })
const PlannedUnit = Type.Object({
  name: Type.String(),
  kind: Type.String(),
  parentName: Type.String(),
  foundedOn: nullable(DateOn),
})

export const ImportBatch = Type.Object({
  id: Id,
  fileName: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(BATCH_STATES),
  sheet: nullable(Type.String()),
  headingRow: nullable(Type.Integer()),
  headings: Type.Array(Type.String()),
  /** Field to column, from 0. */
  columns: Type.Record(Type.String(), Type.Integer()),
  absentColumns: Type.Array(Type.String()),
  totals: Counts,
  plan: Plan,
  existing: oneOf(['skip', 'update'] as const),
  /** Organisations of the workbook's own sheet that will be founded. */
  units: Type.Array(PlannedUnit),
  people: Type.Integer(),
  /** Rows written so far while applying. */
  done: Type.Integer(),
  rowsHash: Type.String(),
  madeBy: nullable(Type.String()),
  madeAt: InstantAt,
  checkedBy: nullable(Type.String()),
  checkedAt: nullable(InstantAt),
  opinion: nullable(Type.String()),
  appliedAt: nullable(InstantAt),
  reversibleUntil: nullable(InstantAt),
  refusal: nullable(Type.Object({ code: Type.String(), detail: Type.Record(Type.String(), Type.Unknown()) })),
  can: Type.Object({
    submit: Type.Boolean(),
    withdraw: Type.Boolean(),
    approve: Type.Boolean(),
    reverse: Type.Boolean(),
    whyNot: nullable(Type.String()),
  }),
  version: Type.Integer(),
})
export type ImportBatch = Static<typeof ImportBatch>

/** The body is the file itself (`application/octet-stream`), read and judged at once; nothing is registered. */
export const uploadRoster = {
  method: 'POST',
  path: '/imports',
  permission: 'imports.make',
  summary: 'Read a roster file and judge its rows (dry run)',
  query: strict({
    fileName: Type.String({ minLength: 1, maxLength: 200 }),
    sheet: Type.Optional(Type.String({ maxLength: 100 })),
    headingRow: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
    /** A person's correction of the columns: JSON of field to column, from 0. Remembered for the same headings. */
    columns: Type.Optional(Type.String({ maxLength: 4000 })),
  }),
  reply: ImportBatch,
} as const satisfies Endpoint

export const listImports = {
  method: 'GET',
  path: '/imports',
  permission: 'imports.make',
  summary: 'Batches of the scope, newest first',
  query: strict({ ...pageQuery(['made'] as const), state: Type.Optional(oneOf(BATCH_STATES)) }),
  reply: pageOf(ImportBatch),
} as const satisfies Endpoint

export const readImport = {
  method: 'GET',
  path: '/imports/:id',
  permission: 'imports.make',
  summary: 'A batch: counts, columns, organisations, progress',
  params: strict({ id: Id }),
  reply: ImportBatch,
} as const satisfies Endpoint

export const ImportRow = Type.Object({
  row: Type.Integer(),
  outcome: oneOf(ROW_OUTCOMES),
  name: Type.String(),
  branch: Type.String(),
  problems: Type.Array(Type.String()),
  remarks: Type.Array(
    Type.Object({
      code: Type.String(),
      field: nullable(Type.String()),
      read: nullable(Type.String()),
      names: Type.Array(Type.String()),
      ofRow: nullable(Type.Integer()),
    }),
  ),
})
export type ImportRow = Static<typeof ImportRow>

export const listImportRows = {
  method: 'GET',
  path: '/imports/:id/rows',
  permission: 'imports.make',
  summary: 'Rows with something to say, in the order of the file',
  params: strict({ id: Id }),
  query: strict({
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    outcome: Type.Optional(oneOf(ROW_OUTCOMES)),
  }),
  reply: Type.Object({ rows: Type.Array(ImportRow), next: nullable(Type.Integer()) }),
} as const satisfies Endpoint

export const downloadImportErrors = {
  method: 'POST',
  path: '/imports/:id/errors',
  permission: 'imports.make',
  summary: 'The rows that were not accepted, with the reason, as a workbook to correct',
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  params: strict({ id: Id }),
  body: strict({ language: Language }),
  reply: FileReply,
} as const satisfies Endpoint

export const downloadRosterTemplate = {
  method: 'GET',
  path: '/imports/template',
  permission: 'imports.make',
  summary: 'An empty roster workbook with its guide and dictionaries',
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  query: strict({ language: Type.Optional(Language) }),
  reply: FileReply,
} as const satisfies Endpoint

export const submitImport = {
  method: 'POST',
  path: '/imports/:id/submit',
  permission: 'imports.make',
  summary: 'Hand a batch to a second person',
  params: strict({ id: Id }),
  body: strict({ existing: oneOf(['skip', 'update'] as const) }),
  reply: ImportBatch,
} as const satisfies Endpoint

export const withdrawImport = {
  method: 'POST',
  path: '/imports/:id/withdraw',
  permission: 'imports.make',
  summary: 'Withdraw the own batch before it is confirmed',
  params: strict({ id: Id }),
  body: strict({}),
  reply: ImportBatch,
} as const satisfies Endpoint

/** The confirmation binds to `rowsHash`: what was checked is what is written. Repeating it changes nothing. */
export const approveImport = {
  method: 'POST',
  path: '/imports/:id/approve',
  permission: 'imports.approve',
  summary: 'Confirm a batch made by someone else; it is written all or nothing',
  stepUp: true,
  params: strict({ id: Id }),
  body: strict({
    rowsHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    opinion: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  reply: ImportBatch,
} as const satisfies Endpoint

export const returnImport = {
  method: 'POST',
  path: '/imports/:id/return',
  permission: 'imports.approve',
  summary: 'Return a batch to its maker with the reason',
  params: strict({ id: Id }),
  body: strict({ opinion: Reason }),
  reply: ImportBatch,
} as const satisfies Endpoint

export const reverseImport = {
  method: 'POST',
  path: '/imports/:id/reverse',
  permission: 'imports.approve',
  summary: 'Take a batch back as a whole within 24 hours, while nobody changed its records',
  stepUp: true,
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: ImportBatch,
} as const satisfies Endpoint
