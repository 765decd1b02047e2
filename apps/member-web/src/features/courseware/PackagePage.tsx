import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { PackagePlayer } from '@tongxin/client/package-player'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { launchMyPackage, readMyPackage } from '@tongxin/contract/courseware'
import type { AttemptCard, Launch } from '@tongxin/contract/courseware.words'
import { Button, Lamp, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'

const myPackage = (id: string) =>
  queryOptions({
    queryKey: ['courseware', 'mine', id],
    queryFn: ({ signal }) => call(readMyPackage, { params: { id }, signal }),
  })

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(myPackage(params.id ?? ''))

/** A package before it is opened: what is in it, how far one is, and a way in. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data: one } = useSuspenseQuery(myPackage(params.id ?? ''))
  const [launch, setLaunch] = useState<Launch | null>(null)
  const open = useWrite(launchMyPackage, { refreshes: [], onDone: setLaunch })
  const leave = () => {
    setLaunch(null)
    void client.invalidateQueries({ queryKey: ['courseware'] })
    void client.invalidateQueries({ queryKey: ['learning'] })
  }
  if (launch) return <PackagePlayer launch={launch} onLeave={leave} />
  const [last] = one.attempts
  const verb = last === undefined ? 'begin' : last.state === 'begun' ? 'goOn' : 'look'
  const at = { params: { id: one.id } }
  return (
    <PageFrame
      title={one.title}
      primary={
        <Button wide kind="primary" isBusy={open.isPending} onClick={() => open.mutate({ ...at, body: {} })}>
          {t(`courseware.${verb}`)}
        </Button>
      }
    >
      <RefusalText error={open.error} />
      <p className="hint">{t('courseware.kept')}</p>
      {one.attempts.map((attempt) => (
        <Attempt key={attempt.id} attempt={attempt} />
      ))}
      {one.canBeginAgain ? (
        <Button isBusy={open.isPending} onClick={() => open.mutate({ ...at, body: { again: true } })}>
          {t('courseware.again')}
        </Button>
      ) : null}
      <section className="card">
        <h3>{t('courseware.contents')}</h3>
        <ul>
          {one.contents.map((line) => (
            <li key={line.id}>{line.opens ? line.title : <strong>{line.title}</strong>}</li>
          ))}
        </ul>
      </section>
    </PageFrame>
  )
}

const LAMPS = { begun: 'idle', completed: 'ok', passed: 'ok', failed: 'late' } as const

function Attempt({ attempt }: { attempt: AttemptCard }) {
  const { t } = useTranslation()
  const facts = [
    t('courseware.done', { done: attempt.itemsDone, all: attempt.items }),
    ...(attempt.scaled === null ? [] : [t('courseware.score', { n: Math.round(attempt.scaled * 100) })]),
    t('courseware.minutes', { n: Math.ceil(attempt.seconds / 60) }),
  ]
  return (
    <section className="card">
      <strong>{t('courseware.attempt', { n: attempt.number })}</strong>{' '}
      <Lamp state={LAMPS[attempt.state]}>{t(`words.courseware.state.${attempt.state}`)}</Lamp>
      <p className="hint">{facts.join(' · ')}</p>
    </section>
  )
}
