import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { SIGNED_OUT, sessionQuery } from '@tongxin/client/session'
import type { ImportBatch } from '@tongxin/contract/imports.batches'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { speakChinese } from '../../shared/test-texts.ts'
import { countsOf, writtenBy } from './batch-state.ts'
import { isSame, mappedColumns, withMeaning } from './columns.ts'
import { Page } from './ImportPage.tsx'

const ID = '01a20152-5657-7000-8000-0738b115027e'
const HASH = 'ab'.repeat(32)
const batch: ImportBatch = {
  id: ID,
  fileName: '党员名册.xlsx',
  orgId: ID,
  orgName: '江湾大学委员会',
  state: 'submitted',
  sheet: '党员名册',
  headingRow: 3,
  headings: ['姓名', '身份证号', '备注'],
  columns: { name: 0, idNumber: 1 },
  absentColumns: ['phone'],
  totals: { accept: 269, warn: 12, reject: 22 },
  plan: { register: 271, existing: 8, elsewhere: 2 },
  existing: 'skip',
  units: [{ name: '第一党支部', kind: 'branch', parentName: '江湾大学委员会', foundedOn: '2016-06-18' }],
  people: 271,
  done: 0,
  rowsHash: HASH,
  madeBy: '周明远',
  madeAt: '2026-11-22T01:00:00Z',
  checkedBy: null,
  checkedAt: null,
  opinion: null,
  appliedAt: null,
  reversibleUntil: null,
  refusal: null,
  can: { submit: false, withdraw: false, approve: true, reverse: false, whyNot: null },
  version: 1,
}
const row = {
  row: 43,
  outcome: 'reject',
  name: '陈宇华',
  branch: '',
  problems: ['id.duplicate_in_file'],
  remarks: [{ code: 'duplicate.of_row', field: null, read: null, names: [], ofRow: 34 }],
}

beforeAll(speakChinese)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

type Sent = { readonly method: string; readonly path: string; readonly body: unknown }
/** Opens the page of the batch against a server that answers from `now`; returns what was sent to it. */
async function open(now: ImportBatch, permissions: string[] = ['imports.make', 'imports.approve']): Promise<Sent[]> {
  const sent: Sent[] = []
  vi.stubGlobal(
    'EventSource',
    class extends EventTarget {
      close() {}
    },
  )
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const path = String(url).replace(/^.*\/api\/v1/, '')
    if (init.method !== 'GET') sent.push({ method: String(init.method), path, body: JSON.parse(String(init.body)) })
    const reply = path.includes('/rows') ? { rows: [row], next: null } : now
    return new Response(JSON.stringify(reply), { headers: { 'content-type': 'application/json' } })
  })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  client.setQueryData(sessionQuery.queryKey, { ...SIGNED_OUT, permissions } as never)
  const root = createRootRoute({ component: Outlet })
  const route = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <Page params={{ id: ID }} search={{}} setSearch={() => undefined} />,
  })
  const router = createRouter({ routeTree: root.addChildren([route]), history: createMemoryHistory() })
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  await screen.findByRole('heading', { level: 1, name: /党员名册/ })
  return sent
}

it('does not let the maker confirm the own batch, and says why', async () => {
  await open({ ...batch, can: { ...batch.can, approve: false, withdraw: true, whyNot: 'maker_checks' } })
  const approve = screen.getByRole('button', { name: '同意并写入' })
  expect(approve.getAttribute('aria-disabled')).toBe('true')
  expect(screen.getAllByText('这批是您提交的，须由另一位同志确认').length).toBeGreaterThan(0)
})

it('confirms exactly the rows that were shown', async () => {
  const sent = await open(batch)
  await userEvent.click(screen.getByRole('button', { name: '同意并写入' }))
  const dialog = await screen.findByRole('dialog', { name: '写入 271 人' })
  expect(sent).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: '同意并写入' }))
  expect(sent).toEqual([{ method: 'POST', path: `/imports/${ID}/approve`, body: { rowsHash: HASH } }])
})

it('returns a batch only with a reason', async () => {
  const sent = await open(batch)
  await userEvent.click(screen.getByRole('button', { name: '退回修改' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: '退回修改' }))
  expect(sent).toEqual([])
  await userEvent.type(within(dialog).getByLabelText(/退回原因/), '第 43 行请核对')
  await userEvent.click(within(dialog).getByRole('button', { name: '退回修改' }))
  expect(sent).toEqual([{ method: 'POST', path: `/imports/${ID}/return`, body: { opinion: '第 43 行请核对' } }])
})

it('says of each row what is wrong, where, and what to do', async () => {
  await open(batch)
  const line = (await screen.findByText('陈宇华')).closest('tr') as HTMLElement
  expect(line.textContent).toContain('身份证号码与前面的一行重复。')
  expect(line.textContent).toContain('见第 34 行。')
  expect(line.textContent).toContain('请删去重复的一行')
})

it('hands over with the choice about people on record, and counts them in', async () => {
  const sent = await open({ ...batch, state: 'read', can: { ...batch.can, submit: true, approve: false } })
  expect(screen.getByRole('button', { name: '提交确认（271 人）' })).toBeTruthy()
  await userEvent.click(screen.getByLabelText('按文件更新现有档案'))
  await userEvent.click(screen.getByRole('button', { name: '提交确认（279 人）' }))
  expect(sent).toEqual([{ method: 'POST', path: `/imports/${ID}/submit`, body: { existing: 'update' } }])
})

it('counts skipped and updated people by the choice about them', () => {
  expect(writtenBy(batch)).toBe(271)
  expect(writtenBy(batch, 'update')).toBe(279)
  expect(countsOf(batch).map(({ key, count }) => [key, count])).toEqual([
    ['accept', 269],
    ['warn', 12],
    ['reject', 22],
    ['skip', 10],
  ])
  expect(countsOf(batch, 'update').slice(3)).toMatchObject([
    { key: 'update', count: 8 },
    { key: 'skip', count: 2 },
  ])
})

it('gives a meaning to one column only', () => {
  expect(withMeaning(batch.columns, 2, 'idNumber')).toEqual({ name: 0, idNumber: 2 })
  expect(withMeaning(batch.columns, 1, null)).toEqual({ name: 0 })
  expect(isSame(batch.columns, { idNumber: 1, name: 0 })).toBe(true)
  expect(isSame(batch.columns, { idNumber: 2, name: 0 })).toBe(false)
  expect(mappedColumns(batch.headings, batch.columns).map(({ field }) => field)).toEqual(['name', 'idNumber', null])
})
