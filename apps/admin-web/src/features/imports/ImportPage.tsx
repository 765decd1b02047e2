import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { BatchPage } from './BatchPage.tsx'
import { ALL_IMPORTS, IMPORT_EVENTS, importQuery } from './imports.api.ts'
import { PrepareBatch } from './PrepareBatch.tsx'
import './imports.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(importQuery(params.id ?? ''))

/** One batch: its maker prepares it step by step, everyone else reads, confirms, follows or reverses it. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { data: batch } = useSuspenseQuery(importQuery(params.id ?? ''))
  useLive(IMPORT_EVENTS, ALL_IMPORTS)
  const Part = batch.can.submit ? PrepareBatch : BatchPage
  return <Part batch={batch} search={search} setSearch={setSearch} />
}
