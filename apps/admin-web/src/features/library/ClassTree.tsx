import { useQuery } from '@tanstack/react-query'
import { useCan } from '@tongxin/client/can'
import type { LibraryClass } from '@tongxin/contract/library.words'
import { Button, ErrorState, Skeleton } from '@tongxin/ui'
import { Settings2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ClassDialog } from './ClassDialog.tsx'
import { classesQuery } from './library.api.ts'
import './library.css'

/** The classes as a tree beside the list: one click narrows the list, a second one widens it again. */
export function ClassTree({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('library.write')
  const { data, error, refetch } = useQuery(classesQuery())
  const [changed, setChanged] = useState<LibraryClass | 'new' | null>(null)
  const chosen = data?.find(({ id }) => id === value)
  return (
    <nav className="panel library-tree no-print" aria-label={t('library.classes')}>
      <h2>{t('library.classes')}</h2>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? null : <Skeleton lines={6} />}
      <button type="button" aria-pressed={value === ''} onClick={() => onChange('')}>
        {t('library.allClasses')}
      </button>
      {data ? <Branch of={null} all={data} value={value} onChange={onChange} /> : null}
      {data?.length === 0 ? <p className="hint">{t('library.noClasses')}</p> : null}
      <div className="library-acts">
        <Button whyNot={whyNot} onClick={() => setChanged('new')}>
          {t('library.addClass')}
        </Button>
        {chosen?.mayKeep ? (
          <Button kind="quiet" onClick={() => setChanged(chosen)}>
            <Settings2 aria-hidden="true" />
            {t('library.changeClass')}
          </Button>
        ) : null}
      </div>
      {changed ? (
        <ClassDialog
          key={changed === 'new' ? changed : changed.id}
          one={changed === 'new' ? null : changed}
          parent={changed === 'new' ? (chosen ?? null) : null}
          onClosed={() => onChange('')}
          onClose={() => setChanged(null)}
        />
      ) : null}
    </nav>
  )
}

function Branch(props: {
  of: string | null
  all: readonly LibraryClass[]
  value: string
  onChange: (id: string) => void
}) {
  const { of, all, value, onChange } = props
  const known = new Set(all.map(({ id }) => id))
  // A class whose parent is out of sight stands at the top.
  const rows = all.filter(({ parentId }) => (of === null ? parentId === null || !known.has(parentId) : parentId === of))
  if (rows.length === 0) return null
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            aria-pressed={row.id === value}
            title={row.orgName}
            onClick={() => onChange(row.id === value ? '' : row.id)}
          >
            {row.name}
          </button>
          <Branch of={row.id} all={all} value={value} onChange={onChange} />
        </li>
      ))}
    </ul>
  )
}
