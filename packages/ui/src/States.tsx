import { CloudOff, Inbox } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { RefusalText } from './RefusalText.tsx'

/** Nothing here, said kindly, with what one can do about it. */
export function EmptyState(props: { title: ReactNode; children?: ReactNode; act?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="tx-state">
      {props.icon ?? <Inbox aria-hidden="true" />}
      <h2>{props.title}</h2>
      {props.children ? <p>{props.children}</p> : null}
      {props.act}
    </div>
  )
}

/** The page could not be shown: why, and a way to try again. */
export function ErrorState({
  error,
  labels = {},
  onRetry,
  isPage = false,
}: {
  error: unknown
  /** JSON pointer to label, as for RefusalText. */
  labels?: Readonly<Record<string, string>>
  onRetry?: () => void
  /** The whole page could not be shown: its heading is this one. */
  isPage?: boolean
}) {
  const { t } = useTranslation()
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className="tx-state">
      <CloudOff aria-hidden="true" />
      <Heading>{t('ui.couldNotLoad')}</Heading>
      <RefusalText error={error} labels={labels} />
      {onRetry ? <Button onClick={onRetry}>{t('ui.tryAgain')}</Button> : null}
    </div>
  )
}

/** The shape of what is coming; never a blank page. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation()
  return (
    <div className="tx-skeleton" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} />
      ))}
    </div>
  )
}

/** How far a long job is: `done` of `total`, or without a total that it goes on. */
export function Progress(props: { label: ReactNode; done?: number; total?: number | null }) {
  const { t } = useTranslation()
  const isCounted = props.total !== undefined && props.total !== null && props.done !== undefined
  return (
    <label className="tx-progress">
      <span>
        {props.label}
        {isCounted ? ` ${t('ui.doneOf', { done: props.done, total: props.total })}` : null}
      </span>
      {isCounted ? <progress value={props.done} max={props.total ?? undefined} /> : <progress />}
    </label>
  )
}
