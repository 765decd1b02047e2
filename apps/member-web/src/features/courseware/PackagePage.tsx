import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { PackagePlayer } from '@tongxin/client/package-player'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { UnitPlayer } from '@tongxin/client/unit-player'
import { useWrite } from '@tongxin/client/use-write'
import { launchMyPackage, readMyPackage } from '@tongxin/contract/courseware'
import { launchMyUnit } from '@tongxin/contract/courseware.units'
import type { AttemptCard, Launch, UnitLaunch, UnitStanding } from '@tongxin/contract/courseware.words'
import type { Reply } from '@tongxin/contract/endpoint'
import { Button, Lamp, RefusalText } from '@tongxin/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Units } from './Units.tsx'
import './courseware.css'

const myPackage = (id: string) =>
  queryOptions({
    queryKey: ['courseware', 'mine', id],
    queryFn: ({ signal }) => call(readMyPackage, { params: { id }, signal }),
  })

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(myPackage(params.id ?? ''))

type Mine = Reply<typeof readMyPackage>

/** A package before it is opened: what is in it, how far one is, and a way in. */
export function Page({ params }: ScreenProps) {
  const { data: one } = useSuspenseQuery(myPackage(params.id ?? ''))
  return one.kind === 'cmi5' ? <InUnits one={one} /> : <Whole one={one} />
}

/** What changes when somebody comes back from a package. */
function useComingBack() {
  const client = useQueryClient()
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: ['courseware'] })
    void client.invalidateQueries({ queryKey: ['learning'] })
  }, [client])
}

function Whole({ one }: { one: Mine }) {
  const { t } = useTranslation()
  const comeBack = useComingBack()
  const [launch, setLaunch] = useState<Launch | null>(null)
  const open = useWrite(launchMyPackage, { refreshes: [], onDone: setLaunch })
  const leave = () => {
    setLaunch(null)
    comeBack()
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

/** A package of cmi5: opened unit by unit, each in a frame or, where it asks for that, in the whole window. */
function InUnits({ one }: { one: Mine }) {
  const { t } = useTranslation()
  const comeBack = useComingBack()
  const [launch, setLaunch] = useState<UnitLaunch | null>(null)
  const leave = useCallback(() => {
    setLaunch(null)
    comeBack()
  }, [comeBack])
  const open = useWrite(launchMyUnit, {
    refreshes: [],
    onDone: (opened) => (opened.window === 'OwnWindow' ? window.location.assign(opened.url) : setLaunch(opened)),
  })
  if (launch) return <UnitPlayer launch={launch} onLeave={leave} />
  const enter = (unit: UnitStanding | undefined, more: { again?: true } = {}) => {
    if (!unit) return
    const isReview = unit.isSatisfied && unit.moveOn !== 'NotApplicable' && !more.again
    const body = { item: unit.item, ...more, ...(isReview ? { mode: 'Review' as const } : {}) }
    open.mutate({ params: { id: one.id }, body })
  }
  const next = one.units.find(({ isSatisfied }) => !isSatisfied)
  const verb = one.attempts.length === 0 ? 'begin' : next ? 'goOn' : 'look'
  return (
    <PageFrame
      title={one.title}
      primary={
        <Button wide kind="primary" isBusy={open.isPending} onClick={() => enter(next ?? one.units[0])}>
          {t(`courseware.${verb}`)}
        </Button>
      }
    >
      <RefusalText error={open.error} />
      <p className="hint">{t('courseware.keptByUnits')}</p>
      {one.attempts.map((attempt) => (
        <Attempt key={attempt.id} attempt={attempt} />
      ))}
      {one.canBeginAgain ? (
        <Button isBusy={open.isPending} onClick={() => enter(one.units[0], { again: true })}>
          {t('courseware.again')}
        </Button>
      ) : null}
      <Units
        contents={one.contents}
        units={one.units}
        opening={open.isPending ? (open.variables?.body?.item ?? null) : null}
        onOpen={(unit) => enter(unit)}
      />
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
