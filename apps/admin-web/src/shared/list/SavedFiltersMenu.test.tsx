import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeAll, expect, it } from 'vitest'
import { speakChinese } from '../test-texts.ts'
import { SavedFiltersMenu } from './SavedFiltersMenu.tsx'
import { SavedViewsDialog } from './SavedViewsDialog.tsx'
import type { Filter, SavedFilters, SavedView } from './types.ts'

beforeAll(speakChinese)

const view = (more: Partial<SavedView>): SavedView => ({
  id: 'a',
  name: '超期的',
  search: { lamp: 'red' },
  seenBy: 'me',
  sharedBy: null,
  orgName: null,
  isDefault: false,
  ...more,
})
const done: string[] = []
const savedWith = (list: readonly SavedView[] | null): SavedFilters => ({
  list,
  save: async (name) => void done.push(`save ${name}`),
  choose: async (id) => void done.push(`choose ${id}`),
  remove: async (id) => void done.push(`remove ${id}`),
  restore: async (id) => void done.push(`restore ${id}`),
})
const filters: readonly Filter[] = [{ key: 'lamp', label: '期限', kind: 'text' }]

it('opens a bare list with the view that the person chose, and a list with filters as the link says', async () => {
  const standard = savedWith([view({ isDefault: true })])
  const asked: object[] = []
  const setSearch = (change: object) => void asked.push(change)
  const { rerender, unmount } = render(
    <SavedFiltersMenu saved={savedWith(null)} filters={filters} search={{}} setSearch={setSearch} />,
  )
  expect(asked).toEqual([])
  rerender(<SavedFiltersMenu saved={standard} filters={filters} search={{}} setSearch={setSearch} />)
  await waitFor(() => expect(asked).toEqual([{ cursor: '', lamp: 'red' }]))
  unmount()
  render(<SavedFiltersMenu saved={standard} filters={filters} search={{ lamp: 'green' }} setSearch={setSearch} />)
  expect(asked).toHaveLength(1)
})

it('lets nobody remove what another shares, and puts an own one back', async () => {
  const shared = view({ id: 'b', name: '给下级的', seenBy: 'below', sharedBy: '马书记', orgName: '机械学院党总支' })
  const { rerender } = render(<SavedViewsDialog saved={savedWith([view({}), shared])} onClose={() => {}} />)
  expect(screen.getByText('马书记共用，机械学院党总支及下级组织的各岗位')).toBeDefined()
  expect(screen.getAllByRole('button', { name: /删除/ })).toHaveLength(1)
  await userEvent.click(screen.getByRole('button', { name: '删除“超期的”' }))
  rerender(<SavedViewsDialog saved={savedWith([shared])} onClose={() => {}} />)
  await userEvent.click(screen.getByRole('button', { name: '撤销删除' }))
  expect(done).toEqual(['remove a', 'restore a'])
})
