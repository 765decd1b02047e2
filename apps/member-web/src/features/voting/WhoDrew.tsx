import { useQuery } from '@tanstack/react-query'
import { ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { drawnQuery } from './voting.api.ts'

/** Who drew a ballot paper, open to all voters: a paper drawn in the name of somebody absent is noticed. */
export function WhoDrew({ id }: { id: string }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('voting.whoDrew')}</summary>
      {isOpen ? <Drawn id={id} /> : null}
    </details>
  )
}

function Drawn({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(drawnQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={3} />
  return (
    <>
      <p className="hint">{t('voting.whoDrewHint')}</p>
      <ul className="my-choice">
        {data.rows.map((row, at) => (
          <li key={`${at} ${row.name}`}>
            {row.name} {row.byPasskey ? <Lamp state="ok">{t('voting.byPasskey')}</Lamp> : null}
          </li>
        ))}
      </ul>
    </>
  )
}
