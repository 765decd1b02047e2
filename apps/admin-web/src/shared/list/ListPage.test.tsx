import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { RefusedError } from '@tongxin/client/refused-error'
import type { Search } from '@tongxin/client/screen'
import { useState } from 'react'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { speakChinese } from '../test-texts.ts'
import { ListPage, type ListPageProps } from './ListPage.tsx'
import type { Column } from './types.ts'

type Person = { id: string; name: string; branch: string }
const people: Person[] = [
  { id: 'a', name: '王建国', branch: '第一党支部' },
  { id: 'b', name: '陈思远', branch: '第二党支部' },
  { id: 'c', name: '赵雨桐', branch: '第一党支部' },
]
const columns: Column<Person>[] = [
  { key: 'name', textKey: '姓名', render: (row) => row.name, isSortable: true },
  { key: 'branch', textKey: '支部', render: (row) => row.branch },
]

beforeAll(speakChinese)
afterEach(cleanup)

type Extra = Partial<ListPageProps<Person>> & { rows?: Person[]; error?: Error; at?: Search; next?: string | null }
const changes: Record<string, string>[] = []

function List({ rows = people, error, at = {}, next = null, ...extra }: Extra) {
  const [search, setSearch] = useState<Search>(at)
  const query = useQuery({
    queryKey: ['people', search],
    retry: false,
    queryFn: () => {
      if (error) throw error
      return { rows, next, total: rows.length }
    },
  })
  return (
    <ListPage
      title="党员名册"
      columns={columns}
      rowKey={(row) => row.id}
      query={query}
      search={search}
      setSearch={(change) => {
        changes.push({ ...change })
        setSearch({ ...search, ...change })
      }}
      drawer={(row) => ({ title: row.name, body: <p>{row.branch}的档案</p> })}
      {...extra}
    />
  )
}

function open(extra: Extra = {}) {
  changes.length = 0
  render(
    <QueryClientProvider client={new QueryClient()}>
      <List {...extra} />
    </QueryClientProvider>,
  )
}
const rowOf = async (name: string) => (await screen.findByText(name)).closest('tr') as HTMLElement

it('says why it could not be opened and offers to try again', async () => {
  open({ error: new RefusedError({ status: 403, code: 'request.not_permitted' }) })
  expect((await screen.findByRole('alert')).textContent).toContain('您当前的岗位无权做这件事')
  expect(screen.getByRole('button', { name: '再试一次' })).toBeTruthy()
})

it('tells an empty list from one that the filters empty', async () => {
  const filters = [{ key: 'text', label: '关键字', kind: 'text' as const }]
  open({ rows: [], filters, at: { text: '无' } })
  expect(await screen.findByText('没有符合条件的记录')).toBeTruthy()
  cleanup()
  open({ rows: [], filters, empty: <p>先导入花名册</p> })
  expect(await screen.findByText('先导入花名册')).toBeTruthy()
})

it('moves through the rows with the arrows and opens one with Enter', async () => {
  open()
  const first = await rowOf('王建国')
  first.focus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}')
  expect(document.activeElement).toBe(await rowOf('赵雨桐'))
  await userEvent.keyboard('{ArrowUp}')
  expect(document.activeElement).toBe(await rowOf('陈思远'))
  await userEvent.keyboard('{Enter}')
  expect(changes.at(-1)).toEqual({ open: 'b' })
  expect(await screen.findByText('第二党支部的档案')).toBeTruthy()
})

it('selects with Space and shows the rows before an act touches them', async () => {
  const touched: string[] = []
  open({
    bulk: [
      {
        key: 'slip',
        verb: '发放激活卡',
        question: (count) => `为 ${count} 人发放？`,
        run: async (rows) => void touched.push(...rows.map((row) => row.id)),
      },
    ],
  })
  const first = await rowOf('王建国')
  first.focus()
  await userEvent.keyboard(' {ArrowDown} ')
  await userEvent.click(screen.getByRole('button', { name: '发放激活卡' }))
  const dialog = await screen.findByRole('dialog', { name: '为 2 人发放？' })
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['王建国', '陈思远'])
  expect(touched).toEqual([])
  await userEvent.click(within(dialog).getByRole('button', { name: '发放激活卡' }))
  expect(touched).toEqual(['a', 'b'])
})

it('keeps filters, order and page in the address and starts a new order at the first page', async () => {
  open({ at: { cursor: 'x' }, next: 'y', filters: [{ key: 'text', label: '关键字', kind: 'text' }] })
  await userEvent.click(await screen.findByText('姓名'))
  expect(changes.at(-1)).toEqual({ sort: 'name', cursor: '' })
  await userEvent.click(await screen.findByRole('button', { name: '下一页' }))
  expect(changes.at(-1)).toEqual({ cursor: 'y' })
  await userEvent.type(screen.getByLabelText('关键字'), ' wjg{Enter}')
  expect(changes.at(-1)).toEqual({ text: 'wjg', cursor: '' })
})

it('narrows by numbers from and until when a field is left, and names them in one chip', async () => {
  open({ filters: [{ key: 'members', label: '党员数', kind: 'numbers' }], at: { cursor: 'x' } })
  const user = userEvent.setup()
  await user.type(await screen.findByLabelText('党员数从'), '1a20')
  expect(changes).toEqual([])
  await user.tab()
  expect(changes).toEqual([{ membersFrom: '120', cursor: '' }])
  await user.type(screen.getByLabelText('党员数到'), '300{Enter}')
  await user.click(await screen.findByRole('button', { name: /120 – 300/ }))
  expect(changes.at(-1)).toMatchObject({ membersFrom: '', membersTo: '' })
})

it('asks for the purpose before an export leaves the platform', async () => {
  const asked: object[] = []
  open({ onExport: async (request) => void asked.push(request) })
  await userEvent.click(await screen.findByRole('button', { name: '导出' }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByRole('button', { name: '导出' }))
  expect(asked).toEqual([])
  await userEvent.type(within(dialog).getByLabelText(/用途/), '年度统计')
  await userEvent.click(within(dialog).getByRole('button', { name: '导出' }))
  expect(asked).toEqual([{ format: 'xlsx', purpose: '年度统计', columns: ['name', 'branch'] }])
})
