import { useQuery } from '@tanstack/react-query'
import { STANDING_LAMPS, standingOf } from '@tongxin/client/unit-standing'
import { useWrite } from '@tongxin/client/use-write'
import {
  abandonPackageSession,
  type UnitAttempt,
  type UnitSession,
  waivePackageUnit,
} from '@tongxin/contract/courseware.units'
import type { UnitStanding } from '@tongxin/contract/courseware.words'
import { Button, ConfirmDialog, dateOf, ErrorState, Lamp, RefusalText, Skeleton, say, timeOf } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_PACKAGES, registrationQuery } from './courseware.api.ts'

/** How somebody stands in the units of a cmi5 package, and when they were open. */
export function Registration({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(registrationQuery(id))
  if (data) return <Shown one={data} />
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />
}

function Shown({ one }: { one: UnitAttempt }) {
  const { t } = useTranslation()
  const titles = new Map(one.contents.map(({ id, title }) => [id, title]))
  const [waiving, setWaiving] = useState<UnitStanding | null>(null)
  const told = (key: string) => ({ refreshes: [...ALL_PACKAGES], onDone: () => say(t(`courseware.${key}`)) })
  const waive = useWrite(waivePackageUnit, {
    refreshes: [...ALL_PACKAGES],
    onDone: () => {
      setWaiving(null)
      say(t('courseware.waived'))
    },
  })
  const abandon = useWrite(abandonPackageSession, told('abandoned'))
  const whyNot = one.canChange ? undefined : t('courseware.mayNotLearners')
  return (
    <div className="courseware-registration">
      <h3>{t('courseware.units')}</h3>
      <ul className="courseware-rows">
        {one.units.map((unit) => (
          <li key={unit.item}>
            <Standing title={titles.get(unit.item) ?? ''} unit={unit} />
            {unit.isSatisfied ? null : (
              <Button whyNot={whyNot} onClick={() => setWaiving(unit)}>
                {t('courseware.waive')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <h3>{t('courseware.sessions')}</h3>
      <RefusalText error={abandon.error} />
      <ul className="courseware-rows">
        {one.sessions.map((session) => (
          <li key={session.id}>
            <Opening title={titles.get(session.item) ?? ''} session={session} />
            {session.state === 'open' ? (
              <Button
                whyNot={whyNot}
                isBusy={abandon.isPending}
                onClick={() => abandon.mutate({ params: { id: session.id }, body: {} })}
              >
                {t('courseware.abandon')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={waiving !== null}
        onClose={() => setWaiving(null)}
        title={t('courseware.waiveTitle', { unit: titles.get(waiving?.item ?? '') ?? '' })}
        verb={t('courseware.waive')}
        reasonLabel={t('courseware.reason')}
        isBusy={waive.isPending}
        error={waive.error}
        onConfirm={(reason) => waive.mutate({ params: { id: one.id }, body: { item: waiving?.item ?? '', reason } })}
      >
        <p>{t('courseware.waiveHint')}</p>
      </ConfirmDialog>
    </div>
  )
}

function Standing({ title, unit }: { title: string; unit: UnitStanding }) {
  const { t } = useTranslation()
  const key = standingOf(unit)
  const facts = [
    t(`words.courseware.moveOn.${unit.moveOn}`),
    ...(unit.scaled === null ? [] : [t('courseware.score', { n: Math.round(unit.scaled * 100) })]),
    ...(unit.waivedFor === null ? [] : [unit.waivedFor]),
  ]
  return (
    <div>
      <span>{title}</span> <Lamp state={STANDING_LAMPS[key]}>{t(`courseware.unitState.${key}`)}</Lamp>
      <p className="hint">{facts.join(' · ')}</p>
    </div>
  )
}

const SESSION_LAMPS = { open: 'info', terminated: 'ok', abandoned: 'warn' } as const

function Opening({ title, session }: { title: string; session: UnitSession }) {
  const { t } = useTranslation()
  return (
    <div>
      <span>{title}</span>{' '}
      <Lamp state={SESSION_LAMPS[session.state]}>{t(`words.courseware.session.${session.state}`)}</Lamp>
      <p className="hint">
        {dateOf(session.launchedAt)} {timeOf(session.launchedAt)} · {t(`words.courseware.mode.${session.mode}`)}
      </p>
    </div>
  )
}
