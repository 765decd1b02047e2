import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import type { ImportBatch } from '@tongxin/contract/imports.batches'
import {
  downloadImportErrors,
  downloadRosterTemplate,
  listImportRows,
  listImports,
  readImport,
  uploadRoster,
} from '@tongxin/contract/imports.batches'
import { listQuery } from '../../shared/list/list-search.ts'

export const ALL_IMPORTS = [['imports']] as const
export const IMPORT_EVENTS = [
  'imports.submitted',
  'imports.returned',
  'imports.withdrawn',
  'imports.approved',
  'imports.applied',
  'imports.failed',
  'imports.reversed',
] as const

type Language = 'zh-CN' | 'en'
export const languageOf = (tag: string): Language => (tag === 'en' ? 'en' : 'zh-CN')

export const importsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['imports', 'list', search],
    queryFn: ({ signal }) => call(listImports, { query: listQuery(search), signal }),
    placeholderData: keepPreviousData,
  })

/** Batches of the scope that another person handed over: who may confirm them is in `can`. */
export const waitingImportsQuery = queryOptions({
  queryKey: ['imports', 'waiting'],
  queryFn: async ({ signal }) => {
    const { rows } = await call(listImports, { query: { state: 'submitted', limit: 100 }, signal })
    return rows.filter((batch) => batch.can.approve)
  },
})

export const readBatch = (id: string, signal?: AbortSignal) =>
  call(readImport, { params: { id }, ...(signal ? { signal } : {}) })

export const importQuery = (id: string) =>
  queryOptions({ queryKey: ['imports', 'one', id], queryFn: ({ signal }) => readBatch(id, signal) })

/** Rows with something to say, from behind `after`; one outcome or all. */
export const importRowsQuery = (id: string, outcome: string, after: string) =>
  queryOptions({
    queryKey: ['imports', 'rows', id, outcome, after],
    queryFn: ({ signal }) => {
      const query = { limit: 50, ...(after ? { after: Number(after) } : {}), ...(outcome ? { outcome } : {}) }
      return call(listImportRows, { params: { id }, query: query as never, signal })
    },
    placeholderData: keepPreviousData,
  })

export type Columns = Readonly<Record<string, number>>
/** A file with the place of its table and the meaning of its columns, when a person corrected them. */
export type Correction = {
  readonly sheet: string | null
  readonly headingRow: number | null
  readonly columns: Columns
}

/** Sends a roster to be read and judged; nothing is registered. */
export function sendRoster(file: File, correction?: Correction): Promise<ImportBatch> {
  const { sheet, headingRow, columns } = correction ?? {}
  return call(uploadRoster, {
    query: {
      fileName: file.name,
      ...(sheet ? { sheet } : {}),
      ...(headingRow ? { headingRow } : {}),
      ...(columns ? { columns: JSON.stringify(columns) } : {}),
    },
    file,
  })
}

export const saveTemplate = (language: string) =>
  download(downloadRosterTemplate, { query: { language: languageOf(language) } })

export const saveErrors = (id: string, language: string) =>
  download(downloadImportErrors, { params: { id }, body: { language: languageOf(language) } })
