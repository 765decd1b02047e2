import type { Search } from '@tongxin/client/screen'
import { Button } from '@tongxin/ui'
import { Dropdown } from 'antd'
import { Bookmark } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cleared, namesOf } from './list-search.ts'
import { SavedViewsDialog } from './SavedViewsDialog.tsx'
import { SaveViewDialog } from './SaveViewDialog.tsx'
import type { Filter, SavedFilters } from './types.ts'

type Props = {
  saved: SavedFilters
  filters: readonly Filter[]
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}

/** Named sets of filters, one's own and shared ones: choose one, save the present ones, look after them. */
export function SavedFiltersMenu({ saved, filters, search, setSearch }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'save' | 'manage' | null>(null)
  const present = Object.fromEntries(filters.flatMap(namesOf).map((name) => [name, search[name] ?? '']))
  const views = saved.list ?? []
  const choose = (key: string) => {
    if (key === 'save' || key === 'manage') return setOpen(key)
    const chosen = views.find((one) => one.id === key)
    if (chosen) setSearch({ ...cleared(filters), ...chosen.search })
  }
  useDefaultView({ saved, search, choose })
  const items = [
    ...views.map((one) => ({
      key: one.id,
      label: one.sharedBy === null ? one.name : t('shared.views.of', { name: one.name, by: one.sharedBy }),
    })),
    ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
    { key: 'save', label: t('shared.saveFilters') },
    ...(views.length > 0 ? [{ key: 'manage', label: t('shared.views.manage') }] : []),
  ]
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button icon={<Bookmark size="1.1em" aria-hidden="true" />}>{t('shared.savedFilters')}</Button>
      </Dropdown>
      {open === 'save' ? (
        <SaveViewDialog
          onClose={() => setOpen(null)}
          onSave={(name, seenBy) => saved.save(name, present, seenBy)}
          taken={views.filter(({ sharedBy }) => sharedBy === null).map(({ name }) => name)}
        />
      ) : null}
      {open === 'manage' ? <SavedViewsDialog saved={saved} onClose={() => setOpen(null)} /> : null}
    </>
  )
}

/** Synchronises a list that was opened without any filter with the view that this person chose for it, once. */
function useDefaultView(list: { saved: SavedFilters; search: Search; choose: (id: string) => void }): void {
  const isOpened = useRef(false)
  const standard = list.saved.list?.find(({ isDefault }) => isDefault)
  const isKnown = list.saved.list !== null
  const isBare = Object.keys(list.search).length === 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first answer opens the list.
  useEffect(() => {
    if (!isKnown || isOpened.current) return
    isOpened.current = true
    if (standard && isBare) list.choose(standard.id)
  }, [isKnown])
}
