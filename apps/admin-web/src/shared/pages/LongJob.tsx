import { type QueryKey, useQuery } from '@tanstack/react-query'
import { ErrorState, Lamp, Progress, Skeleton } from '@tongxin/ui'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

export type JobState = {
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly done: number
  readonly total: number | null
}
const ASK_AGAIN_MS = 1000

/**
 * The progress of a job that runs on the server. Keep the job's id in the URL (`search.job`): then a reload, or
 * another desk, shows the same progress. `onDone` runs once when this page sees it end.
 */
export function LongJob<Job extends JobState>(props: {
  label: string
  queryKey: QueryKey
  read: (signal: AbortSignal) => Promise<Job>
  onDone?: (job: Job) => void
  /** What the ended job left: counts, a file, what failed. */
  children?: (job: Job) => ReactNode
}) {
  const { t } = useTranslation()
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: props.queryKey,
    queryFn: ({ signal }) => props.read(signal),
    refetchInterval: ({ state }) => (state.data && isOver(state.data) ? false : ASK_AGAIN_MS),
  })
  const told = useRef(false)
  const { onDone } = props
  // Tells the page once that the server has ended the job.
  useEffect(() => {
    if (!job || !isOver(job) || told.current) return
    told.current = true
    onDone?.(job)
  }, [job, onDone])
  if (error && !job) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!job) return <Skeleton lines={2} />
  return (
    <section className="panel job" aria-label={props.label} aria-busy={!isOver(job)}>
      {job.state === 'failed' ? (
        <Lamp state="late">{t('shared.jobFailed', { label: props.label })}</Lamp>
      ) : job.state === 'done' ? (
        <Lamp state="ok">{t('shared.jobDone', { label: props.label })}</Lamp>
      ) : (
        <>
          <Progress label={props.label} done={job.done} total={job.total} />
          <p className="hint">{t('shared.jobSurvives')}</p>
        </>
      )}
      {isOver(job) ? props.children?.(job) : null}
    </section>
  )
}

const isOver = (job: JobState) => job.state === 'done' || job.state === 'failed'
