import type { Search } from '@tongxin/client/screen'
import { Button, Dialog, RefusalText, TextInput } from '@tongxin/ui'
import { Dropdown } from 'antd'
import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cleared, namesOf } from './list-search.ts'
import type { Filter, SavedFilters } from './types.ts'

type Props = {
  saved: SavedFilters
  filters: readonly Filter[]
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}

/** Named sets of filters: choose one, save the present ones, remove one. */
export function SavedFiltersMenu({ saved, filters, search, setSearch }: Props) {
  const { t } = useTranslation()
  const [isNaming, setNaming] = useState(false)
  const present = Object.fromEntries(filters.flatMap(namesOf).map((name) => [name, search[name] ?? '']))
  const items = [
    ...saved.list.map((one) => ({ key: one.id, label: one.name })),
    ...(saved.list.length > 0 ? [{ type: 'divider' as const }] : []),
    { key: '+', label: t('shared.saveFilters') },
    ...saved.list.map((one) => ({
      key: `-${one.id}`,
      label: t('shared.removeSaved', { name: one.name }),
      danger: true,
    })),
  ]
  const choose = (key: string) => {
    if (key === '+') return setNaming(true)
    if (key.startsWith('-')) return void saved.remove(key.slice(1))
    const chosen = saved.list.find((one) => one.id === key)
    if (chosen) setSearch({ ...cleared(filters), ...chosen.search })
  }
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button icon={<Bookmark size="1.1em" aria-hidden="true" />}>{t('shared.savedFilters')}</Button>
      </Dropdown>
      {isNaming ? <NameDialog onClose={() => setNaming(false)} onSave={(name) => saved.save(name, present)} /> : null}
    </>
  )
}

function NameDialog({ onClose, onSave }: { onClose: () => void; onSave: (name: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [error, setError] = useState<unknown>(null)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('shared.saveFilters')}
      acts={
        <Button
          kind="primary"
          whyNot={name.trim() === '' ? t('shared.nameFirst') : undefined}
          onClick={() => void onSave(name.trim()).then(onClose, setError)}
        >
          {t('shared.save')}
        </Button>
      }
    >
      <TextInput label={t('shared.name')} value={name} maxLength={40} onChange={setName} required />
      <RefusalText error={error} />
    </Dialog>
  )
}
