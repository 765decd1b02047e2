import type { ViewSeenBy } from '@tongxin/contract/settings'
import type { LampState } from '@tongxin/ui'
import type { ReactNode } from 'react'

/** One column of a list. `key` is also the sort key that the endpoint knows. */
export type Column<Row> = {
  readonly key: string
  readonly textKey: string
  readonly render: (row: Row) => ReactNode
  readonly isSortable?: boolean
  readonly width?: number
  readonly isNumber?: boolean
  readonly isHiddenAtFirst?: boolean
  /** The totals row under this column, of the rows shown. */
  readonly total?: (rows: readonly Row[]) => ReactNode
}

/**
 * One filter of the bar. Values live in the URL under `key` (dates and numbers: `<key>From`, `<key>To`; organisation: also `below`;
 * choices: separated by commas, see `choicesOf`). `isMore`: shown only when asked for, or while it is on.
 */
export type Filter = { readonly key: string; readonly label: string; readonly isMore?: boolean } & (
  | { readonly kind: 'text' | 'day' }
  | {
      readonly kind: 'choice' | 'choices'
      readonly options: readonly { readonly value: string; readonly label: string }[]
    }
  | { readonly kind: 'dates' | 'numbers' }
  | { readonly kind: 'organisation' }
)

/**
 * An act on the selected rows. The rows are shown before it happens; `reasonLabel` asks for a reason that is kept. What
 * needs more than a reason brings a `form`, which closes itself and says by `onDone` that the selection is settled.
 */
export type BulkAct<Row> = {
  readonly key: string
  readonly verb: string
  readonly isDanger?: boolean
  readonly whyNot?: string | undefined
} & (BulkQuestion<Row> | { readonly form: (part: BulkForm<Row>) => ReactNode })
export type BulkQuestion<Row> = {
  readonly question: (count: number) => string
  readonly reasonLabel?: string
  readonly run: (rows: readonly Row[], reason: string) => Promise<void>
}
type BulkForm<Row> = { readonly rows: readonly Row[]; readonly onClose: () => void; readonly onDone: () => void }

/** A set of filters under a name; kept by the server, so that it follows people to the next desk. */
export type SavedView = {
  readonly id: string
  readonly name: string
  readonly search: Readonly<Record<string, string>>
  readonly seenBy: ViewSeenBy
  /** Null: one's own. */
  readonly sharedBy: string | null
  readonly orgName: string | null
  readonly isDefault: boolean
}
export type SavedFilters = {
  /** Null until the server has answered. */
  readonly list: readonly SavedView[] | null
  readonly save: (name: string, search: Readonly<Record<string, string>>, seenBy: ViewSeenBy) => Promise<void>
  readonly choose: (id: string | null) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  readonly restore: (id: string) => Promise<void>
}

/** What the export asks: the same filters and columns, a format, and the purpose, which is logged. */
export type ExportRequest = {
  readonly format: 'xlsx' | 'csv'
  readonly purpose: string
  readonly columns: readonly string[]
}

/** The state of a row at its left edge. */
export type RowLamp = { readonly state: LampState; readonly word: string }

/** A row looked at beside the list: its title, its facts, and the page where it is whole. */
export type RowView = { readonly title: ReactNode; readonly path?: string; readonly body: ReactNode }
