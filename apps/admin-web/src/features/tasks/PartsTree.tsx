import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TaskPartRow } from '@tongxin/contract/tasks.words'
import { Button, ErrorState, Skeleton } from '@tongxin/ui'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { branchQuery } from './tasks.api.ts'
import { PartLamp } from './words.tsx'

type Of = { taskId: string } | { parentPartId: string }

/** Parts of a task as a tree: what a unit passed on opens below it, page after page. */
export function PartsTree({ of }: { of: Of }) {
  const [cursors, setCursors] = useState<readonly string[]>([''])
  return (
    <ul className="tasks-tree">
      {cursors.map((cursor, at) => (
        <Page
          key={cursor}
          of={of}
          cursor={cursor}
          onMore={at === cursors.length - 1 ? (next) => setCursors([...cursors, next]) : null}
        />
      ))}
    </ul>
  )
}

function Page({ of, cursor, onMore }: { of: Of; cursor: string; onMore: ((next: string) => void) | null }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(branchQuery(of, cursor))
  if (error)
    return (
      <li>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </li>
    )
  if (!data)
    return (
      <li>
        <Skeleton lines={4} />
      </li>
    )
  const { rows, next } = data
  return (
    <>
      {rows.map((part) => (
        <Branch key={part.id} part={part} />
      ))}
      {next && onMore ? (
        <li>
          <Button onClick={() => onMore(next)}>{t('tasks.more')}</Button>
        </li>
      ) : null}
    </>
  )
}

function Branch({ part }: { part: TaskPartRow }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const name = part.personName ? `${part.personName}（${part.orgName}）` : part.orgName
  return (
    <li>
      <div className="tasks-branch">
        {part.passedOn > 0 ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={t('tasks.showBelow', { name })}
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight aria-hidden="true" />
          </button>
        ) : (
          <span />
        )}
        <Link to={paths.tasks.part(part.id)}>{name}</Link>
        <span className="hint">
          {part.passedOn > 0 ? t('tasks.passedOnCount', { count: part.passedOn }) : t(`words.tasks.role.${part.role}`)}
        </span>
        <span>{part.dueOn}</span>
        <PartLamp part={part} />
      </div>
      {isOpen ? <PartsTree of={{ parentPartId: part.id }} /> : null}
    </li>
  )
}
